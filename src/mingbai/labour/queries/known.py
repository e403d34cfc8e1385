"""What is known of persons on days, read at once for a whole sheet: other work, outside states, allowances."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.db.models import Count

from mingbai.labour.models import Allowance, Attendance, ExternalState, Worker
from mingbai.organisations import queries as organisations
from mingbai.organisations.events import Departed


class HalfDay(Protocol):
    """A half day of a worker that is about to be recorded."""

    @property
    def on(self) -> date: ...
    @property
    def half(self) -> int: ...


@dataclass(frozen=True)
class Known:
    """By keyed digest; `turns` how often a half day was taken back; `gone` and `names` by person."""

    names: Mapping[str, str]
    villages: Mapping[str, str]
    gone: Mapping[str, Departed]
    days: Mapping[tuple[str, date], Sequence[Attendance]]
    turns: Mapping[tuple[str, date, int], int]
    _states: Sequence[ExternalState] = field(default=())
    _allowances: Sequence[Allowance] = field(default=())

    def states(self, digest: str, on: date) -> tuple[str, ...]:
        """The kinds of outside state that a person is in on a day."""
        return tuple(
            one.kind for one in self._states if one.digest == digest and one.since <= on <= one.until
        )

    def allowance(self, digest: str, on: date) -> bool:
        """Whether a person receives a fixed allowance on a day."""
        return any(one.worker.digest == digest and one.since <= on <= one.until for one in self._allowances)

    def hours_of(self, digest: str, other: HalfDay) -> int:
        """The hours recorded for the other half of the day."""
        return sum(one.hours for one in self.days.get((digest, other.on), ()) if one.half != other.half)


def known_of(workers: Collection[Worker], days: Collection[date]) -> Known:
    """What is known of these workers, wherever in the district, on these days. At most seven queries."""
    digests, people = {one.digest for one in workers}, {one.who for one in workers}
    first, last = min(days), max(days)
    there: dict[tuple[str, date], list[Attendance]] = {}
    rows = Attendance.objects.filter(digest__in=digests, on__in=days)
    for one in rows.filter(withdrawal__isnull=True).select_related("order"):
        there.setdefault((one.digest, one.on), []).append(one)
    back = rows.filter(withdrawal__isnull=False).values_list("digest", "on", "half")
    span = {"since__lte": last, "until__gte": first}
    return Known(
        names={one.id: one.name for one in organisations.people(people)},
        villages={one.code: one.short for one in organisations.villages()},
        gone=organisations.departed(people, last),
        days=there,
        turns={(who, on, half): n for who, on, half, n in back.annotate(n=Count("id"))},
        _states=list(ExternalState.objects.filter(digest__in=digests, **span)),
        _allowances=list(
            Allowance.objects.filter(worker__digest__in=digests, **span).select_related("worker")
        ),
    )
