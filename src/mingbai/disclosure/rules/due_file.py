"""due.yaml: what must be public, by when, owed by whom, by which article, and which publications fulfil it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mingbai.kernel import BadFile, Citation, Confidence, line_of, load_located, validate

DUE = "due.yaml"
DECLARED = "disclosure.matter_published"
"""The act by which an office publishes in words what no record of the system says by itself."""
NEVER_DUE = frozenset({"disclosure.gap_found", "disclosure.gap_mended"})
Id = r"^[a-z0-9][a-z0-9-]*$"


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(_Text):
    """Something that holds from a day on, by an article of a law."""

    since: date
    law: str = Field(min_length=1)
    article: str = ""
    confidence: Confidence

    @property
    def citation(self) -> Citation:
        """The article, with how sure it is."""
        return Citation(self.law, self.article, self.confidence)


class Limit(Cited):
    """How long after the trigger something must be public: 0 is the day itself."""

    days: int = Field(ge=0, le=366)
    unit: Literal["working_day", "calendar_day", "month"]


class Busy(Cited):
    """From how many lines in the quarter before a village counts as one whose accounts are published monthly."""

    lines: int = Field(ge=1, le=100_000)


class Designated(Cited):
    """Villages that the town or district has named as publishing monthly, until another entry follows."""

    villages: tuple[str, ...]


class Trigger(_Text):
    """What makes the duty arise.

    period: each month, quarter or year that is over (`from: start`: that has begun), for all villages, for those that
    publish monthly (`busy`) or for the others. acts: each publication of these acts, singly or together (`by`).
    notice: each notice that must be posted, kept up or hung again. list: each payment list. edition: each edition.
    """

    kind: Literal["period", "acts", "notice", "list", "edition"]
    every: Literal["month", "quarter", "year"] | None = None
    of: Literal["all", "busy", "others"] = "all"
    counted: Literal["start", "end"] = Field(default="end", alias="from")
    acts: tuple[str, ...] = ()
    by: Literal["act", "month", "case_month"] = "act"
    when: Literal["posted", "kept", "rehung"] | None = None
    sort: Literal["before", "after"] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = {"period": self.every, "acts": self.acts, "notice": self.when}
        if self.kind in needed and not needed[self.kind]:
            raise ValueError(f"trigger 是 {self.kind} 的，要写清楚 every、acts 或者 when")
        if (self.when == "posted") != (self.sort is not None):
            raise ValueError("when: posted 的要写 sort，别的不写")
        return self


class DoneBy(_Text):
    """Which publications fulfil it. `each: month`: one for every month of the period; `or_before`: this one
    stands for months before the records began."""

    acts: tuple[str, ...] = Field(min_length=1)
    each: Literal["month", "period"] = "period"
    or_before: str = ""


class Duty(_Text):
    """One duty to publish. `hands` may publish it in words; `at` says where in the desk it is done."""

    id: str = Field(pattern=Id, max_length=40)
    title: str = Field(min_length=2, max_length=40)
    about: str = Field(min_length=4, max_length=120)
    trigger: Trigger
    done_by: DoneBy | None = None
    limits: tuple[Limit, ...] = Field(min_length=1)
    owner: str
    hands: tuple[str, ...] = ()
    law: str = Field(min_length=1)
    article: str = Field(min_length=1)
    confidence: Confidence
    since: date
    at: Literal["ledger", "case", "relief", "contracts", "registers", "land", "labour", "declare", "none"]

    @model_validator(mode="after")
    def _fulfilled(self) -> Self:
        if (self.trigger.kind in ("period", "list", "edition")) != (self.done_by is not None):
            raise ValueError(f"{self.id}：period、list、edition 的要写 done_by，别的由触发它的那件事本身公布")
        if self.declared != bool(self.hands):
            raise ValueError(f"{self.id}：由人写明公布的要写 hands，别的不写")
        if list(self.limits) != sorted(self.limits, key=lambda one: one.since):
            raise ValueError(f"{self.id} 的 limits 要按 since 先后写")
        return self

    @property
    def declared(self) -> bool:
        """Whether it is fulfilled by words that an office publishes."""
        return self.done_by is not None and DECLARED in self.done_by.acts

    @property
    def citation(self) -> Citation:
        """The article that makes it due."""
        return Citation(self.law, self.article, self.confidence)

    def limit(self, on: date) -> Limit | None:
        """The limit in force that day; None before the first."""
        known = [one for one in self.limits if one.since <= on]
        return known[-1] if known else None


class DueTable(_Text):
    """The whole file."""

    busy: tuple[Busy, ...] = ()
    designated: tuple[Designated, ...] = ()
    duties: tuple[Duty, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [one.id for one in self.duties]
        for one in ids:
            if ids.count(one) > 1:
                raise ValueError(f"{one} 写了两遍")
        return self

    def duty(self, id: str) -> Duty | None:
        """The duty of that id, or None."""
        return next((one for one in self.duties if one.id == id), None)

    def monthly(self, village: str, lines: int, on: date) -> Cited | None:
        """By which figure or decision a village publishes monthly that day, having had so many lines; None if not."""
        named = [one for one in self.designated if one.since <= on]
        if named and village in named[-1].villages:
            return named[-1]
        figures = [one for one in self.busy if one.since <= on]
        return figures[-1] if figures and lines >= figures[-1].lines else None


def load_due(text: str, filename: str = DUE) -> DueTable:
    """Read and check the file.

    Raises:
        BadFile: malformed, an unknown key, a duty twice, or one that nothing can fulfil.
    """
    return validate(DueTable, text, filename)


def check_due(
    text: str, *, offices: Collection[str], villages: Collection[str], acts: Mapping[str, object]
) -> int:
    """Check what the file names against offices, villages and the acts that are published; returns how many duties.

    Raises:
        BadFile: an office or village that does not exist, or an act without a profile: it would never be published.
    """
    table = load_due(text)
    for index, duty in enumerate(table.duties):
        for key, problem in _problems(duty, offices, acts):
            raise BadFile(DUE, line_of(load_located(text, DUE)[1], ("duties", index, key)), problem)
    for index, one in enumerate(table.designated):
        for village in one.villages:
            if village not in villages:
                lines = load_located(text, DUE)[1]
                raise BadFile(
                    DUE,
                    line_of(lines, ("designated", index, "villages")),
                    f"divisions.csv 里没有“{village}”这个村",
                )
    return len(table.duties)


def _problems(duty: Duty, offices: Collection[str], acts: Mapping[str, object]) -> list[tuple[str, str]]:
    """What is wrong with a duty, as key and sentence."""
    named = (("owner", (duty.owner,)), ("hands", duty.hands))
    found = [(key, f"offices.yaml 里没有“{one}”") for key, all in named for one in all if one not in offices]
    done = duty.done_by.acts if duty.done_by else ()
    for key, some in (("trigger", duty.trigger.acts), ("done_by", done)):
        found += [(key, f"disclosure.yaml 里没有“{one}”，不会公布") for one in some if one not in acts]
        found += [(key, f"{one} 说的就是没有公开，不能当作公开") for one in some if one in NEVER_DUE]
    return found
