"""A household changes though nobody died: somebody leaves it, somebody else becomes its head."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, Refused
from mingbai.organisations import services as people
from mingbai.organisations.rules import Actor
from mingbai.relief.events import HEAD_NAMED, LEFT
from mingbai.relief.models import Headship, Household, Leaving, Member
from mingbai.relief.queries.access import office_for
from mingbai.relief.queries.people import HouseholdView, household
from mingbai.relief.services.moment import legal_day

GONE = {"died": "去世", "moved_away": "户口迁出"}
REASONS = ("婚嫁", "分户", "其他")
# 社会救助暂行办法 第13条: who is on relief tells when the household changes, and it is looked at again.
TOLD = Citation("social-assistance-interim", "第13条")


@transaction.atomic
def leave_household(*, member: int, on: date, reason: str, by: Actor, at: datetime) -> None:
    """From `on` a member no longer belongs to the household and is covered by nothing that covers it.

    Raises:
        Refused: not an office of a relief chart there, nobody there, the head, a day to come or before the entry,
            no known reason, gone already, or the one to whom the household's relief is paid.
    """
    row = Member.objects.select_related("household").filter(pk=member).first()
    if row is None:
        raise Refused("这一户没有这个人", remedy="从这一户的名单里选")
    view, office = _opened(row.household, by, at)
    if reason not in REASONS or not row.since <= on <= legal_day(at):
        raise Refused(
            "没有选原因，或者日期不对", basis=TOLD, remedy="选一个原因；日期不早于登记那天，不晚于今天"
        )
    if view.of(member).gone:
        raise Refused("已经不在这一户", basis=TOLD, remedy="不用再登记")
    if view.members[0].id == member:
        raise Refused("户主不能直接离户", basis=TOLD, remedy="先换一位户主")
    if any(one.member == member and one.covers == "household" and not one.stopped for one in view.enrolments):
        raise Refused("这一户的救助发给他", basis=TOLD, remedy="先停发，再以现在的户主重新登记")
    Leaving.objects.create(member=row, on=on, reason=reason, person=by.person, office=office, recorded_at=at)
    _record(LEFT, row.household, by, office, at, on)


@transaction.atomic
def name_head(*, member: int, since: date, by: Actor, at: datetime) -> None:
    """Make another member the head from `since` on.

    Raises:
        Refused: not an office of a relief chart there, nobody there, gone from the household, head already, or a
            day to come.
    """
    row = Member.objects.select_related("household").filter(pk=member).first()
    if row is None:
        raise Refused("这一户没有这个人", remedy="从这一户的名单里选")
    view, office = _opened(row.household, by, at)
    if view.of(member).gone or view.members[0].id == member:
        raise Refused("他已经是户主，或者不在这一户了", basis=TOLD, remedy="选这一户现在的另一位成员")
    if since > legal_day(at):
        raise Refused("日期在今天之后", basis=TOLD, remedy="等换了户主再登记")
    Headship.objects.create(
        household=row.household, member=row, since=since, person=by.person, office=office, recorded_at=at
    )
    _record(HEAD_NAMED, row.household, by, office, at, since)


@transaction.atomic
def report_gone(*, member: int, kind: str, on: date, by: Actor, at: datetime) -> None:
    """A person on relief died (`died`) or moved away (`moved_away`): known everywhere at once, and what should stop is listed.

    Nothing stops by itself: whoever confirms the relief stops it, and what was paid since is asked back.

    Raises:
        Refused: not an office of a relief chart there, nobody there, another kind, a day to come, or known already.
    """
    row = Member.objects.select_related("household").filter(pk=member).first()
    if row is None or kind not in GONE:
        raise Refused("这一户没有这个人，或者没有选情形", basis=TOLD, remedy="从这一户的名单里选，选一种情形")
    _view, _office = _opened(row.household, by, at)
    people.record_departure(person=row.who, kind=kind, on=on, by=by, at=at)


def _opened(row: Household, by: Actor, at: datetime) -> tuple[HouseholdView, str]:
    """The household as it stands today, locked, and the office in which the actor may change it."""
    office = office_for(by, row.village, legal_day(at))
    if not office:
        raise Refused("您的职务不办这里的救助", basis=TOLD, remedy="请办理救助的人员登记")
    hold(f"relief/household/{row.id}")
    return household(row.id, legal_day(at)), office


def _record(act: str, row: Household, by: Actor, office: str, at: datetime, on: date) -> None:
    """No name and no reason: the journal knows the household by an id that says nothing."""
    journal.record(
        act=act, village=row.village, subject=f"household:{row.id}", actor=by.person, office=office,
        occurred_on=on, at=at, data={"household": row.id}, citation=TOLD,
    )  # fmt: skip
