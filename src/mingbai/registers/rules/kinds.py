"""The file `objects.yaml` of a district: kinds of assets and resources, their accounts, who registers, who counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Confidence, Refused, line_of, load_located, validate

OBJECTS_FILE = "objects.yaml"
ASSET, RESOURCE = "asset", "resource"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Office = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(_Text):
    """An article of a law, and how sure we are of it."""

    law: Id
    article: str = Field(max_length=200)
    confidence: Confidence

    def citation(self) -> Citation:
        """The same as the value everybody speaks."""
        return Citation(self.law, self.article, self.confidence)


class Kind(_Text):
    """One kind of object; `account` is the account of the chart in which an asset of it stands."""

    id: Id
    title: Words
    account: str = Field(default="", pattern=r"^(\d{3})?$")


class Hands(_Text):
    """Offices that register and change, those that only count with them, and those that keep the things."""

    keepers: tuple[Office, ...] = Field(min_length=1)
    counters: tuple[Office, ...] = Field(min_length=1)
    custodians: tuple[Office, ...] = Field(min_length=1)
    citation: Cited


class Rhythm(_Text):
    """Everything is counted once in so many years."""

    years: int = Field(ge=1, le=10)
    citation: Cited


class ObjectKinds(_Text):
    """The whole file."""

    since: date
    citation: Cited
    hands: Hands
    stock_take: Rhythm
    assets: tuple[Kind, ...] = Field(min_length=1)
    resources: tuple[Kind, ...] = Field(min_length=1)

    def of(self, family: str) -> tuple[Kind, ...]:
        """The kinds of assets or of resources."""
        return self.assets if family == ASSET else self.resources

    def kind(self, family: str, id: str) -> Kind:
        """A kind by id. Raises `Refused` when the family has none such."""
        found = next((one for one in self.of(family) if one.id == id), None)
        if found is None:
            raise Refused(
                f"没有“{id[:40]}”这个种类", basis=self.citation.citation(), remedy="从列出的种类里选"
            )
        return found

    def title(self, family: str, id: str) -> str:
        """The title of a kind; the id itself for one that a later file no longer lists."""
        return next((one.title for one in self.of(family) if one.id == id), id)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts in which registered assets stand, each once, by code."""
        return tuple(sorted({one.account for one in self.assets}))


def read_kinds(text: str, filename: str = OBJECTS_FILE) -> ObjectKinds:
    """Read and check the file.

    Raises:
        BadFile: malformed, an id twice, an asset without an account, a resource with one.
    """
    kinds = validate(ObjectKinds, text, filename)
    for place, fault in _faults(kinds):
        raise BadFile(filename, line_of(load_located(text, filename)[1], place), fault)
    return kinds


def _faults(kinds: ObjectKinds) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for part, listed in (("assets", kinds.assets), ("resources", kinds.resources)):
        known: set[str] = set()
        for index, one in enumerate(listed):
            if one.id in known:
                yield (part, index), f"{one.id} 写了两遍"
            if bool(one.account) != (part == "assets"):
                yield (part, index), f"{one.id}：资产要写科目，资源不写"
            known.add(one.id)
