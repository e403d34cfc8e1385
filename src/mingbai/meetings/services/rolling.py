"""The act of setting a roll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.numbering import hold
from mingbai.kernel import Refused
from mingbai.meetings.events import ROLL_SET, RollSet
from mingbai.meetings.models import ResolutionRow, RollName, RollVersion
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

LEGAL_TIME = ZoneInfo("Asia/Shanghai")


@transaction.atomic
def set_roll(
    *,
    village: str,
    body: str,
    persons: Sequence[str],
    since: date,
    by: Actor,
    at: datetime,
    households: Mapping[str, str] | None = None,
    term_from: date | None = None,
) -> RollSet:
    """Set who makes up a body from `since` on; the whole roll, not a change to it.

    `households` gives persons' household ids, for bodies that may convene by household. `term_from` is the day of
    the election when a new term begins; without it the term of the roll before goes on, or begins with the first.
    Raises `Refused` for an empty roll, a name twice, or a roll that would reach back behind a vote.
    """
    hold(f"roll/{village}/{body}")
    check_names(persons, "名册")
    if not persons or len(organisations.people(persons)) != len(persons):
        raise Refused("名册不能为空，也不能有没登记的人", remedy="请先登记人员，再列出全部组成人员")
    if ResolutionRow.objects.filter(village=village, body=body, held_on__gte=since).exists():
        raise Refused("该日期之后已有决议按原名册计票，名册不能倒改", remedy="生效日期请在最近一次会议之后")
    version = RollVersion.objects.create(
        village=village, body=body, since=since, person=by.person, recorded_at=at,
        term_from=term_from or _term_from(village, body, since),
    )  # fmt: skip
    known = households or {}
    RollName.objects.bulk_create(
        RollName(roll=version, person=one.id, name=one.name, household=known.get(one.id, ""))
        for one in organisations.people(persons)
    )
    today = at.astimezone(LEGAL_TIME).date()
    journal.record(
        act=ROLL_SET,
        village=village,
        subject=f"village:{village}",
        actor=by.person,
        office=next(iter(by.offices_in(village, today)), ""),
        occurred_on=today,
        at=at,
        data={"body": body, "since": since.isoformat(), "count": len(persons)},
    )
    return RollSet(village, body, since, len(persons))


def _term_from(village: str, body: str, since: date) -> date:
    """The day on which the term began that goes on with this roll; the roll's own day when it is the first."""
    earlier = RollVersion.objects.filter(village=village, body=body, since__lte=since)
    return earlier.order_by("-since", "-id").values_list("term_from", flat=True).first() or since


def check_names(persons: Sequence[str], label: str) -> None:
    """Refuse a list of people in which one stands twice."""
    if len(set(persons)) != len(persons):
        raise Refused(f"{label}中有人被重复填写", remedy="每人只填一次")
