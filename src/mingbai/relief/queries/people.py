"""Households, members and what they are on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.relief.models import Change, Enrolment, Household, Member

HEAD = "户主"
_BESIDE = ("members__leaving", "headships")


@dataclass(frozen=True)
class MemberView:
    """A person of a household; `gone` is how and since when the person is no longer there."""

    id: int
    person: str
    name: str
    relation: str
    birth: date
    gone: str
    gone_on: date | None


@dataclass(frozen=True)
class EnrolmentView:
    """Somebody on a scheme; `fen` is the amount now, 0 when stopped since `stopped`."""

    number: str
    village: str
    household: str
    member: int
    person: str
    name: str
    covers: str
    scheme: str
    case: str
    since: date
    amount: Money
    stopped: date | None

    def holds_on(self, on: date) -> bool:
        """Whether the person is on the scheme that day: a stop counts from the first of its month."""
        return self.since <= on and (self.stopped is None or on < self.stopped)


@dataclass(frozen=True)
class HouseholdView:
    """A household with its people, the head first."""

    id: str
    village: str
    group: str
    members: tuple[MemberView, ...]
    enrolments: tuple[EnrolmentView, ...]

    def of(self, member: int) -> MemberView:
        """One of its people. Raises `Refused` when nobody of that number was ever entered."""
        found = next((one for one in self.members if one.id == member), None)
        if found is None:
            raise Refused("这一户没有这个人", remedy="从这一户的名单里选")
        return found

    @property
    def head(self) -> str:
        """The name of the head."""
        return self.members[0].name if self.members else ""


def households(village: str, on: date) -> tuple[HouseholdView, ...]:
    """The households of a village that are known to relief, by group and head."""
    rows = list(Household.objects.filter(village=village).prefetch_related(*_BESIDE))
    found = enrolments(village, on)
    people = [one for row in rows for one in row.members.all()]
    names, gone = _named(people, on)
    views = [_household(row, found, names, gone, on) for row in rows]
    return tuple(sorted(views, key=lambda one: (one.group, one.head, one.id)))


def household(id: str, on: date) -> HouseholdView:
    """One household. Raises `Refused` when there is none of that id."""
    row = Household.objects.filter(pk=id).prefetch_related(*_BESIDE).first()
    if row is None:
        raise Refused("没有这一户", remedy="从本村的名单里选")
    names, gone = _named(list(row.members.all()), on)
    return _household(row, enrolments(row.village, on), names, gone, on)


def _named(people: Collection[Member], on: date):  # type: ignore[no-untyped-def]
    ids = [one.who for one in people]
    return {one.id: one.name for one in organisations.people(ids)}, organisations.departed(ids, on)


def _household(row: Household, found, names, gone, on: date) -> HouseholdView:  # type: ignore[no-untyped-def]
    head = _head(row, on)
    members = sorted(row.members.all(), key=lambda one: (one.id != head, one.birth, one.id))
    views = tuple(_member(one, head, names, gone, on) for one in members)
    own = tuple(one for one in found if one.household == row.id)
    return HouseholdView(row.id, row.village, row.group, views, own)


def _head(row: Household, on: date) -> int:
    """The member who is the head on a day: who was named last, else who was entered as such."""
    named = [one for one in row.headships.all() if one.since <= on]
    if named:
        return max(named, key=lambda one: (one.since, one.id)).member_id
    return next((one.id for one in row.members.all() if one.relation == HEAD), 0)


def _member(one: Member, head: int, names, gone, on: date) -> MemberView:  # type: ignore[no-untyped-def]
    relation = HEAD if one.id == head else "原户主" if one.relation == HEAD else one.relation
    how, since = "", None
    left = getattr(one, "leaving", None)
    if left is not None and left.on <= on:
        how, since = "left", left.on
    if one.who in gone:
        how, since = gone[one.who].kind, gone[one.who].on
    return MemberView(one.id, one.who, names.get(one.who, ""), relation, one.birth, how, since)


def living_in(household: str, on: date) -> list[Member]:
    """The members of a household on a day: who has left it is not among them; the dead are, until it is known."""
    return list(_there(Member.objects.filter(household=household), on).order_by("id"))


def _there(rows, on: date):  # type: ignore[no-untyped-def]
    return rows.exclude(leaving__on__lte=on)


def enrolments(village: str, on: date, scheme: str = "") -> tuple[EnrolmentView, ...]:
    """Every enrolment of a village as it stands on a day, stopped ones too, by number."""
    rows = Enrolment.objects.filter(village=village)
    return _views(rows.filter(scheme=scheme) if scheme else rows, on)


def enrolment(number: str, on: date) -> EnrolmentView:
    """One enrolment. Raises `Refused` when there is none of that number."""
    found = _views(Enrolment.objects.filter(number=number), on)
    if not found:
        raise Refused("没有这个编号的在领登记", remedy="核对编号")
    return found[0]


def covering(digest: str, on: date) -> tuple[EnrolmentView, ...]:
    """What a person is on anywhere in the district on a day: the person's own, and those of the household."""
    mine = Member.objects.filter(digest=digest)
    whole = Q(covers="household", member__household__in=_there(mine, on).values("household"))
    rows = Enrolment.objects.filter(Q(member__in=mine) | whole).distinct()
    return tuple(one for one in _views(rows, on) if one.stopped is None or on < one.stopped)


def _views(rows, on: date) -> tuple[EnrolmentView, ...]:  # type: ignore[no-untyped-def]
    found = list(rows.select_related("member").order_by("number"))
    changes: dict[str, list[Change]] = {}
    for one in Change.objects.filter(enrolment__in=found).order_by("month", "id"):
        changes.setdefault(one.enrolment_id, []).append(one)
    names = {one.id: one.name for one in organisations.people([row.member.who for row in found])}
    return tuple(_view(row, changes.get(row.number, ()), names, on) for row in found)


def _view(row: Enrolment, changes: Iterable[Change], names: dict[str, str], on: date) -> EnrolmentView:
    fen, stopped = row.fen, None
    for one in changes:
        if one.kind == "stop":
            stopped = one.month
        elif one.month <= on:
            fen = one.fen
    return EnrolmentView(
        row.number, row.village, row.member.household_id, row.member_id, row.member.who,
        names.get(row.member.who, ""), row.covers, row.scheme, row.case, row.since, Money(fen), stopped,
    )  # fmt: skip
