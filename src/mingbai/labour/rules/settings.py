"""The file `labour.yaml` of a district: which chart, whose hands, outside states, allowances. Dated, cited."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import Citation, Confidence, Refused, validate

LABOUR_FILE = "labour.yaml"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,59}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(_Text):
    """An article of a law, and how sure it is."""

    law: Id
    article: str = Field(max_length=100)
    confidence: Confidence

    def spoken(self) -> Citation:
        """The same as the value everybody speaks."""
        return Citation(self.law, self.article, self.confidence)


class Figure(_Text):
    """A whole number in force from a day on."""

    since: date
    value: int = Field(ge=1, le=200)
    citation: Cited


class Steps(_Text):
    """The chart's steps whose offices record, witness and make the list."""

    record: Id
    witness: Id
    list: Id


class StateKind(_Text):
    """What a person may be known to be in from outside; `refuses` false is only listed (R55)."""

    id: Id
    title: Words
    refuses: bool
    citation: Cited


class Result(_Text):
    """One outcome of an appraisal."""

    id: Id
    title: Words


class AllowanceRules(_Text):
    """Fixed allowances: no wages besides, an appraisal each year; so many of the last result on end end it."""

    no_wages: Cited
    appraisal: Cited
    results: tuple[Result, ...] = Field(min_length=2)
    ends_after: int = Field(ge=1, le=5)

    @property
    def worst(self) -> str:
        """The last result listed."""
        return self.results[-1].id


class Settings(_Text):
    """The whole file."""

    power: Id
    steps: Steps
    hours_a_day: Figure
    least_age: Figure
    states: tuple[StateKind, ...]
    states_by: tuple[Id, ...] = Field(min_length=1)
    allowance: AllowanceRules

    def state(self, id: str) -> StateKind:
        """A kind of outside state. Raises `Refused` when there is none."""
        found = next((one for one in self.states if one.id == id), None)
        if found is None:
            raise Refused("没有这种外部资料", remedy="从列出的里面选一种")
        return found


def read_labour(text: str, filename: str = LABOUR_FILE) -> Settings:
    """Read and check the file.

    Raises:
        BadFile: malformed.
    """
    return validate(Settings, text, filename)
