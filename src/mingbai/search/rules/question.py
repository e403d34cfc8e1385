"""What a reader typed, as phrases that must all be found."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.search.rules.tokens import index_tokens, is_han, number_or_word, pairs, pieces, plain

LONGEST, MOST_TERMS = 60, 8


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand side by side; `open_end`: the last is the beginning of one."""

    tokens: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True)
class Question:
    """All phrases must be found; without any, nothing is."""

    phrases: tuple[Phrase, ...]


def ask(typed: str) -> Question:
    """The question in what was typed: terms between blanks, at most 8 of them in the first 60 characters."""
    terms = plain(typed[:LONGEST]).split()[:MOST_TERMS]
    found = (_phrase(term) for term in terms)
    return Question(tuple(dict.fromkeys(one for one in found if one.tokens)))


def _phrase(term: str) -> Phrase:
    *before, last = pieces(term) or [""]
    tokens = index_tokens(" ".join(before))
    if not last:
        return Phrase(())
    if not is_han(last):
        return Phrase((*tokens, *number_or_word(last)))
    # The text may go on after the last character, so that its standing alone is not asked for.
    return Phrase((*tokens, *(pairs(last) or (last,))), open_end=len(last) == 1)
