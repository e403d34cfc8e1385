"""words.yaml: what a word on the pages means, in words that everybody uses."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from mingbai.catalogue.rules.law import CitationText, Id, Text
from mingbai.kernel import BadFile, line_of, load_located, validate

WORDS = "words.yaml"


class Word(Text):
    """A term, other spellings of it, and what it means; `citation`: the article that says so, where there is one."""

    id: str = Field(pattern=Id)
    term: str = Field(min_length=1, max_length=20)
    also: tuple[str, ...] = ()
    plain: str = Field(min_length=4, max_length=120)
    citation: CitationText | None = None


class WordsFile(Text):
    """words.yaml."""

    words: tuple[Word, ...] = Field(min_length=1)


def read_words(files: Mapping[str, str]) -> tuple[Word, ...]:
    """The words in the order of the file; none in a district that has not written them.

    Raises:
        BadFile: a key unknown, or an id or a term written twice.
    """
    if WORDS not in files:
        return ()
    found = validate(WordsFile, files[WORDS], WORDS).words
    said: set[str] = set()
    for at, one in enumerate(found):
        for name in (one.id, one.term, *one.also):
            if name in said:
                line = line_of(load_located(files[WORDS], WORDS)[1], ("words", at))
                raise BadFile(WORDS, line, f"“{name}”写了两遍")
            said.add(name)
    return found
