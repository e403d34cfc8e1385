"""Fixed allowances, the yearly appraisals, and what is known from outside, as a village's page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money
from mingbai.labour.models import Allowance, Appraisal, ExternalState, Worker

A_PAGE = 200


@dataclass(frozen=True)
class AllowanceView:
    """Who receives how much a month, by which case, from when to when; `running` on the day asked."""

    name: str
    case: str
    monthly: Money
    since: date
    until: date
    running: bool


@dataclass(frozen=True)
class AppraisalView:
    """How the villagers appraised somebody for a year."""

    name: str
    year: int
    result: str
    held_on: date


@dataclass(frozen=True)
class StateView:
    """Where a worker of the village is known to be, and by whose information. For the town only (R55)."""

    name: str
    kind: str
    since: date
    until: date
    source: str


Names = Mapping[int, str]
"""The village's workers by id, as `attendance.workers` names them."""


def allowances(village: str, on: date, names: Names) -> tuple[AllowanceView, ...]:
    """The allowances of a village, the newest first. One query."""
    rows = Allowance.objects.filter(worker__village=village).order_by("-since", "-id")[:A_PAGE]
    return tuple(
        AllowanceView(
            names[one.worker_id], one.case, Money(one.fen), one.since, one.until, one.since <= on <= one.until
        )
        for one in rows
    )  # fmt: skip


def appraisals(village: str, names: Names) -> tuple[AppraisalView, ...]:
    """The appraisals of a village's workers, the newest first. One query."""
    rows = Appraisal.objects.filter(worker__village=village).order_by("-year", "-pk")[:A_PAGE]
    return tuple(AppraisalView(names[one.worker_id], one.year, one.result, one.held_on) for one in rows)


def states(village: str, on: date, names: Names) -> tuple[StateView, ...]:
    """What holds that day or later of a village's workers, the earliest end first. Two queries."""
    workers = dict(Worker.objects.filter(village=village).values_list("digest", "pk"))
    rows = ExternalState.objects.filter(digest__in=list(workers), until__gte=on).order_by("until", "id")
    return tuple(
        StateView(names[workers[one.digest]], one.kind, one.since, one.until, one.source)
        for one in rows[:A_PAGE]
    )
