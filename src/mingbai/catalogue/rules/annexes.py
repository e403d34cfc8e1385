"""annexes.yaml: the two annexes of the notice as they were issued, and the words by which they are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from mingbai.catalogue.rules.law import CitationText, Text
from mingbai.kernel import Citation, Confidence

ANNEXES = "annexes.yaml"


class RowText(Text):
    """One row of annex 1: its number within the category, its words, who compiles."""

    number: int = Field(ge=1)
    name: str = Field(min_length=1)
    departments: tuple[str, ...] = ()


class ItemText(Text):
    """One item of annex 2."""

    number: int = Field(ge=1)
    name: str = Field(min_length=1)


class RowCategory(Text):
    """A category of annex 1."""

    name: str
    rows: tuple[RowText, ...] = Field(min_length=1)


class ItemCategory(Text):
    """A category of annex 2."""

    name: str
    items: tuple[ItemText, ...] = Field(min_length=1)


class Annex1(Text):
    """Who compiles what."""

    title: str
    categories: tuple[RowCategory, ...] = Field(min_length=1)


class Annex2(Text):
    """The list of powers."""

    title: str
    categories: tuple[ItemCategory, ...] = Field(min_length=1)


class Word(Text):
    """A word and what it means: the same, something near it of another scope, or an old name.

    act: the word says what is done; matters whose acts differ are not the same matter.
    """

    say: str = Field(min_length=2)
    means: str
    relation: Literal["same", "near", "old"]
    act: bool = False
    citation: CitationText | None = None
    source: str = Field(min_length=1)
    confidence: Confidence

    @model_validator(mode="after")
    def _old_names_cite(self) -> Word:
        if self.relation == "old" and self.citation is None:
            raise ValueError(f"旧称“{self.say}”要写明依据哪条法律（citation）")
        if self.relation != "old" and not self.means:
            raise ValueError(f"“{self.say}”要写明是什么意思（means）")
        return self

    def basis(self) -> Citation:
        """Where the law says the present word; only of an old name."""
        assert self.citation is not None
        return Citation(self.citation.law, self.citation.article, self.confidence)


@dataclass(frozen=True)
class Row:
    """One row of annex 1 with its place."""

    id: str
    category: str
    number: int
    name: str
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One item of annex 2 with its place."""

    number: int
    category: str
    name: str


class Annexes(Text):
    """The whole file."""

    notice: str
    annex1: Annex1
    annex2: Annex2
    fillers: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Annex 1 in its order; a row is called category-row, as people do: 5-9."""
        for place, category in enumerate(self.annex1.categories, 1):
            for row in category.rows:
                yield Row(f"{place}-{row.number}", category.name, row.number, row.name, row.departments)

    def items(self) -> Iterator[Item]:
        """Annex 2 in its order."""
        for category in self.annex2.categories:
            for item in category.items:
                yield Item(item.number, category.name, item.name)
