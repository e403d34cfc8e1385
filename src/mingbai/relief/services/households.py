"""Households and their members are entered; every look at a household's page is kept with its purpose."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import Actor
from mingbai.relief.events import HOUSEHOLD, MEMBER
from mingbai.relief.models import Household, Member, Reading
from mingbai.relief.queries.access import office_for
from mingbai.relief.services.identity import read_number
from mingbai.relief.services.moment import legal_day

HEAD = "户主"
RELATIONS = (HEAD, "配偶", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "其他")
PURPOSES = {
    "review": "审核、核查", "payment": "发放", "complaint": "办理异议、举报", "inspection": "监督检查",
}  # fmt: skip
READS = Citation("pipl", "第51条")
KEPT = Citation("social-assistance-law", "第37条")


@dataclass(frozen=True)
class NewMember:
    """Somebody to be entered; `person` when registered already, else the name makes a new person."""

    name: str
    id_number: str
    relation: str
    person: str = ""


@transaction.atomic
def register_household(
    *, village: str, group: str, members: Sequence[NewMember], by: Actor, at: datetime
) -> str:
    """Enter a household with its head and members; returns its id.

    Raises:
        Refused: not an office of a relief chart there, no head or two, a wrong identity number, a person twice.
    """
    office = _office(by, village, at)
    if [one.relation for one in members].count(HEAD) != 1:
        raise Refused("一户要有一个、也只能有一个户主", basis=KEPT, remedy="在成员里选一个户主")
    row = Household.objects.create(
        id=uuid.uuid4().hex, village=village, group=group.strip()[:20], person=by.person, office=office, recorded_at=at
    )  # fmt: skip
    for one in members:
        _add(row, one, by, office, at)
    _record(HOUSEHOLD, row, by, office, at, len(members))
    return row.id


@transaction.atomic
def add_member(*, household: str, member: NewMember, by: Actor, at: datetime) -> None:
    """Enter one more person of a household.

    Raises:
        Refused: not an office of a relief chart there, no such household, a second head, a person twice.
    """
    row = Household.objects.filter(pk=household).first()
    if row is None:
        raise Refused("没有这一户", remedy="从本村的名单里选")
    office = _office(by, row.village, at)
    hold(f"relief/household/{row.id}")
    if member.relation == HEAD:
        raise Refused("这一户已经有户主", basis=KEPT, remedy="选别的关系")
    _add(row, member, by, office, at)
    _record(MEMBER, row, by, office, at, 1)


def _office(by: Actor, village: str, at: datetime) -> str:
    office = office_for(by, village, legal_day(at))
    if not office:
        raise Refused("您的职务不办这里的救助", basis=READS, remedy="请办理救助的人员登记")
    return office


def _add(row: Household, one: NewMember, by: Actor, office: str, at: datetime) -> None:
    if one.relation not in RELATIONS or not one.name.strip():
        raise Refused("没有写姓名，或者关系不在列出的里面", basis=KEPT, remedy="补上姓名，从列出的关系里选")
    digest, birth = read_number(one.id_number)
    if birth > legal_day(at):
        raise Refused("出生日期在今天之后", basis=KEPT, remedy="核对身份证号")
    if Member.objects.filter(household=row, digest=digest).exists():
        raise Refused(f"{one.name}在这一户写了两遍", basis=KEPT, remedy="删去重复的")
    Member.objects.create(
        household=row, who=_person(row, one, digest, by, at), relation=one.relation, birth=birth, digest=digest,
        since=legal_day(at), person=by.person, office=office, recorded_at=at,
    )  # fmt: skip


def _person(row: Household, one: NewMember, digest: str, by: Actor, at: datetime) -> str:
    """Who it is: the person of the same identity number, else the one chosen, else somebody new."""
    known = Member.objects.filter(digest=digest).order_by("id").first()
    if known is not None:
        if organisations.person(known.who).name != one.name.strip():
            raise Refused(
                "这个身份证号登记过别的姓名", basis=KEPT, remedy="照着证件核对；改过名的，请区民政局核实"
            )
        return known.who
    if one.person:
        return organisations.person(one.person).id
    return people.add_person(name=one.name.strip(), village=row.village, by=by, at=at)


def _record(act: str, row: Household, by: Actor, office: str, at: datetime, count: int) -> None:
    """No name, no day of birth: the journal knows the household by an id that says nothing."""
    journal.record(
        act=act, village=row.village, subject=f"household:{row.id}", actor=by.person, office=office,
        occurred_on=legal_day(at), at=at, data={"household": row.id, "members": count}, citation=KEPT,
    )  # fmt: skip


@transaction.atomic
def open_household(*, household: str, purpose: str, by: Actor, at: datetime) -> None:
    """Keep that somebody opens a household's page, and why. Called before anything of it is shown.

    Raises:
        Refused: no purpose, no such household, or not an office of a relief chart there.
    """
    row = Household.objects.filter(pk=household).first()
    office = office_for(by, row.village, legal_day(at)) if row else ""
    if row is None or not office:
        raise Refused("没有这一户", remedy="从本村的名单里选")
    if purpose not in PURPOSES:
        raise Refused("没有说明为什么看", basis=READS, remedy="选一个用途")
    Reading.objects.create(household=row, purpose=purpose, person=by.person, office=office, recorded_at=at)
