"""The file `categories.yaml` of a district: by which words of a title a purchase is known to be of which category."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import Confidence, validate

CATEGORIES_FILE = "categories.yaml"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
Words = Annotated[str, StringConstraints(min_length=2, max_length=40)]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Category(_Text):
    """One category of works, goods or services (品目)."""

    id: Id
    kind: Literal["works", "goods", "services"]
    title: Words
    words: tuple[Words, ...] = Field(min_length=1)


class Categories(_Text):
    """All of them, with where the division comes from."""

    law: Id
    article: Words
    confidence: Confidence
    categories: tuple[Category, ...]

    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The words by category."""
        return {one.id: one.words for one in self.categories}


@lru_cache(maxsize=64)
def read_categories(text: str, filename: str = CATEGORIES_FILE) -> Categories:
    """Read the file.

    Raises:
        BadFile: it is no YAML or not of this shape, with the line.
    """
    return validate(Categories, text, filename)
