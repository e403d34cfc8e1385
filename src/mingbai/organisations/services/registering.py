"""Acts: load places and offices, register a person, give mandates, declare kinship, open accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, Refused
from mingbai.organisations import events
from mingbai.organisations.models import Division, Kinship, MandateRow, Office, Person, User
from mingbai.organisations.queries import forget_titles, kin_of, office_title
from mingbai.organisations.rules import (
    Actor,
    CitationText,
    Incompatible,
    find_conflict,
    pinyin_initials,
    read_divisions,
    read_offices,
)
from mingbai.organisations.services.recording import division_row, journalled, person_row

SHORTEST_PASSWORD = 10
ADMIN_TITLES = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}
NEAR_RELATIVES = ("配偶", "父母", "子女", "兄弟姐妹", "祖父母", "外祖父母", "孙子女", "外孙子女")
NEAR_RELATIVE = Citation("civil-code", "第1045条第2款")
_COLUMNS = ["name", "short", "level", "parent", "committee", "initials", "since", "until"]


@transaction.atomic
def load_divisions(text: str, filename: str = "divisions.csv") -> int:
    """Take over the places of a district; a second time changes nothing. Returns how many there are.

    Raises:
        BadFile: a row is wrong; nothing is taken over.
    """
    rows = [
        Division(
            code=line.code, name=line.name, short=line.short, level=line.level, since=line.since,
            until=line.until, parent_id=line.parent or None, committee=line.committee,
            initials=pinyin_initials(line.short),
        )
        for line in read_divisions(text, filename)
    ]  # fmt: skip
    Division.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=_COLUMNS)
    return len(rows)


@transaction.atomic
def load_offices(text: str, filename: str = "offices.yaml") -> int:
    """Take over the offices of a district; a second time changes nothing. Returns how many there are.

    Raises:
        BadFile: an entry is wrong; nothing is taken over.
    """
    rows = [
        Office(
            code=one.id, title=one.title, level=one.level, duty=one.duty,
            incompatible_with=[rule.model_dump(mode="json") for rule in one.incompatible_with],
        )
        for one in read_offices(text, filename).offices
    ]  # fmt: skip
    columns = ["title", "level", "duty", "incompatible_with"]
    Office.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)
    forget_titles()
    return len(rows)


@transaction.atomic
def add_person(*, name: str, village: str, by: Actor, at: datetime) -> str:
    """Register a person of a place (code) and return the new random id.

    Raises:
        Refused: no name, or no such place.
    """
    person = _new_person(name, division_row(village), at)
    journalled(
        events.PERSON_ADDED, person, village, by, at, [TypedField("name", "姓名", "person", person.name)]
    )
    return person.id


def _new_person(name: str, place: Division | None, at: datetime) -> Person:
    if not name.strip():
        raise Refused("没有填姓名", remedy="填上姓名再登记")
    return Person.objects.create(name=name.strip(), village=place, recorded_at=at)


@transaction.atomic
def give_mandate(
    *, person: str, office: str, division: str, since: date, until: date | None, by: Actor, at: datetime
) -> events.MandateGiven:
    """Give a person an office in a division from `since` to `until`, both included (None: no end yet).

    Raises:
        Refused: the office belongs to another level, the dates are turned round, the person holds it already,
            or the person or a near relative holds an office that this one excludes
            (村民委员会组织法第37条, 农村集体经济组织法第34条).
    """
    who = person_row(person)
    place = _locked(division)
    post = _office(office, place)
    if until is not None and until < since:
        raise Refused(f"任期止于{until}，早于起始日{since}", remedy="核对任期起止日期")
    in_term = _overlapping(place, since, until)
    _refuse_held_already(in_term, who, post)
    _refuse_conflict(in_term, who, post)
    MandateRow.objects.create(
        division=place, office=post, person=who, since=since, until=until, recorded_at=at
    )
    fields = [
        TypedField("person", "姓名", "person", who.name),
        TypedField("office", "职务", "office", post.title),
        TypedField("since", "任期自", "date", since.isoformat()),
        *([TypedField("until", "任期至", "date", until.isoformat())] if until else []),
    ]
    entry = journalled(
        events.MANDATE_GIVEN, who, division, by, at, fields, {"office": office, "division": division}
    )
    return events.MandateGiven(person, office, division, since, until, entry)


def _overlapping(place: Division, since: date, until: date | None) -> list[MandateRow]:
    rows = MandateRow.objects.filter(Q(until__isnull=True) | Q(until__gte=since), division=place)
    return list(rows.filter(since__lte=until) if until else rows)


def _refuse_held_already(in_term: Iterable[MandateRow], who: Person, post: Office) -> None:
    if any(row.person_id == who.id and row.office_id == post.code for row in in_term):
        raise Refused(
            f"{who.name}在这段时间已经担任{post.title}", remedy="不用重复登记；换届的，先登记上一任期的止日"
        )


def _refuse_conflict(in_term: Iterable[MandateRow], who: Person, post: Office) -> None:
    rows = list(in_term)
    kin = kin_of([who.id])
    own = [row.office_id for row in rows if row.person_id == who.id]
    of_kin = [row.office_id for row in rows if row.person_id in kin]
    found = find_conflict(_incompatible(), post.code, own, of_kin)
    if found is None:
        return
    rule, other = found
    whose = f"{who.name}已担任" if other in own else f"{who.name}的近亲属已担任"
    raise Refused(
        f"{whose}{office_title(other)}，不能再担任{post.title}", basis=rule.citation, remedy="请另推选他人"
    )


def _incompatible() -> list[Incompatible]:
    return [
        Incompatible(code, rule["office"], rule["kin"], CitationText(**rule["citation"]).citation())
        for code, rules in Office.objects.values_list("code", "incompatible_with")
        for rule in rules
    ]


@transaction.atomic
def declare_kinship(
    *, person: str, relative: str, relation: str, by: Actor, at: datetime
) -> events.KinshipDeclared:
    """Two persons are near relatives (民法典第1045条第2款: `relation` is what `relative` is to `person`).

    Offices that they hold by then are not taken away: a conflict is found by supervision.

    Raises:
        Refused: not a near relation, the same person twice, or declared before.
    """
    if relation not in NEAR_RELATIVES:
        raise Refused(
            f"“{relation}”不是近亲属", basis=NEAR_RELATIVE, remedy="近亲属只有：" + "、".join(NEAR_RELATIVES)
        )
    if person == relative:
        raise Refused("不能登记本人与本人的亲属关系", remedy="请选另一个人")
    first, second = sorted((person_row(person), person_row(relative)), key=lambda one: one.id)
    if Kinship.objects.filter(person=first, relative=second).exists():
        raise Refused(f"{first.name}与{second.name}的近亲属关系已经登记", remedy="不用重复登记")
    Kinship.objects.create(person=first, relative=second, relation=relation, recorded_at=at)
    who = first if first.id == person else second
    fields = [
        TypedField("person", "姓名", "person", first.name),
        TypedField("relative", "近亲属", "person", second.name),
        TypedField("relation", "关系", "household", relation),
    ]
    entry = journalled(events.KINSHIP_DECLARED, who, who.village_id or "", by, at, fields)
    return events.KinshipDeclared(person, relative, relation, entry)


@transaction.atomic
def create_user(
    *, username: str, password: str, person: str | None = None, name: str = "", admin_role: str = "",
    by: Actor | None = None, at: datetime,
) -> events.AccountOpened:  # fmt: skip
    """Open a sign-in account for a registered person, or for a new one by `name`. Kept as Argon2.

    The three administrators (三员: system, security, audit) are three different persons, one for each role.

    Raises:
        Refused: user name taken, password shorter than ten, role unknown, held already, or one person twice.
    """
    if User.objects.filter(username=username).exists() or not username.strip():
        raise Refused(f"用户名“{username}”不能用：空的，或者已有人用", remedy="换一个用户名")
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(f"口令太短，至少 {SHORTEST_PASSWORD} 个字", remedy="换一个长一些的口令")
    who = person_row(person) if person else _new_person(name, None, at)
    if admin_role:
        _refuse_administrator(who, admin_role)
    user = User(username=username, person=who, admin_role=admin_role)
    user.set_password(password)
    user.save(force_insert=True)
    fields = [TypedField("person", "姓名", "person", who.name)]
    data = {"admin_role": admin_role}
    entry = journalled(events.ACCOUNT_OPENED, who, who.village_id or "", by, at, fields, data)
    return events.AccountOpened(username, who.id, admin_role, entry)


def _refuse_administrator(who: Person, role: str) -> None:
    if role not in ADMIN_TITLES:
        raise Refused(f"没有“{role}”这种管理员", remedy="只有系统、安全、审计三种")
    present = User.objects.filter(is_active=True).exclude(admin_role="").select_related("person")
    for user in present:
        if user.admin_role == role:
            raise Refused(f"{ADMIN_TITLES[role]}已经设了", remedy="要换人，先停用原来的账号")
        # One human entered twice has two ids, so the name counts as well.
        if user.person is not None and (user.person_id == who.id or user.person.name == who.name):
            raise Refused(
                f"{who.name}已经是{ADMIN_TITLES[user.admin_role]}，三员要三个不同的人", remedy="请另定一人"
            )


def _locked(code: str) -> Division:
    """The place with its row locked: two mandates that exclude each other cannot be given at one moment."""
    division_row(code)
    return Division.objects.select_for_update().get(pk=code)


def _office(code: str, place: Division) -> Office:
    post = Office.objects.filter(pk=code).first()
    if post is None:
        raise Refused(f"没有“{code}”这个职务", remedy="请从职务表里选")
    if post.level != place.level or place.committee == "none":
        raise Refused(f"{place.short}不设{post.title}", remedy="核对职务属于村、镇还是区县")
    return post
