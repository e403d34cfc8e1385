"""What the words on the pages mean, in words that everybody uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules.words import Word


@dataclass(frozen=True)
class Meaning:
    """A word, its meaning, and the article that says so, if one does."""

    word: Word
    basis: str


@dataclass(frozen=True)
class WordsPage:
    """Every word, in the order of the district's file."""

    meanings: tuple[Meaning, ...]
    edition: Edition


def words_page(today: date) -> WordsPage:
    """The words of the edition in force; none in a district that has not written them."""
    edition = catalogue.current(today)
    held = catalogue.catalogue(edition)
    short = {id: law.short for id, law in held.laws.items()}
    cited = ((one, one.citation) for one in held.words)
    return WordsPage(
        tuple(Meaning(one, f"{short[said.law]}{said.article}" if said else "") for one, said in cited),
        edition,
    )
