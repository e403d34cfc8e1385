"""Reads about places, offices and people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingbai.kernel import Refused
from mingbai.organisations.events import Departed
from mingbai.organisations.models import (
    Departure,
    Division,
    Kinship,
    MandateRow,
    Office,
    Person,
    PersonNumber,
)
from mingbai.organisations.rules import Actor, Mandate, last_move, number_key


@dataclass(frozen=True)
class DivisionView:
    """A place: `short` is its name as people say it; `committee` is villagers, residents or none."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    committee: str = ""


@dataclass(frozen=True)
class PersonView:
    """A person as staff pages name him."""

    id: str
    name: str


@dataclass(frozen=True)
class OfficeView:
    """An office and the level of division in which it is held."""

    code: str
    title: str
    level: str
    duty: str


def _view(row: Division) -> DivisionView:
    return DivisionView(row.code, row.name, row.short, row.level, row.parent_id or "", row.committee)


def division(code: str) -> DivisionView:
    """The place with that code.

    Raises:
        Refused: no such place.
    """
    row = Division.objects.filter(pk=code).first()
    if row is None:
        raise Refused(f"没有代码为 {code} 的村、镇或区县", remedy="请从名单里选，或核对十二位代码")
    return _view(row)


def village_and_town(code: str) -> tuple[DivisionView, DivisionView]:
    """The village with that code and the town it belongs to; one query.

    Raises:
        Refused: no such place, or it is no village.
    """
    village, town = with_parent(code)
    if village.level != "village":
        raise Refused(f"{village.name}不是村居", remedy="请从名单里选，或核对十二位代码")
    return village, town


def with_parent(code: str) -> tuple[DivisionView, DivisionView]:
    """The place with that code and the one it belongs to; one query.

    Raises:
        Refused: no such place, or it belongs to none.
    """
    row = Division.objects.select_related("parent").filter(pk=code).first()
    if row is None or row.parent is None:
        raise Refused(f"没有代码为 {code} 的村、镇或区县", remedy="请从名单里选，或核对十二位代码")
    return _view(row), _view(row.parent)


def villages() -> tuple[DivisionView, ...]:
    """Villages and communities that have village duties, by code."""
    return tuple(_view(row) for row in _governed().order_by("code"))


def towns() -> tuple[DivisionView, ...]:
    """Towns and sub-districts, by code."""
    return tuple(_view(row) for row in Division.objects.filter(level="town").order_by("code"))


def _governed():  # type: ignore[no-untyped-def]
    return Division.objects.filter(level="village").exclude(committee="none")


def find_villages(q: str) -> tuple[DivisionView, ...]:
    """Villages by part of the name, by the initials of its pinyin (`dbc`) or by the beginning of the code.

    Villages of one name in different towns are all returned; they differ by code.
    """
    words = q.strip()
    if not words:
        return ()
    wanted = Q(name__contains=words) | Q(short__contains=words)
    if words.isascii() and words.isalpha():
        # Readings of one name stand in a line between spaces, so that a query matches from a beginning.
        wanted = Q(initials__contains=" " + words.lower())
    elif words.isascii() and words.isdigit():
        wanted = Q(code__startswith=words)
    return tuple(_view(row) for row in _governed().filter(wanted).order_by("code"))


_titles: dict[str, str] = {}


def office_title(code: str) -> str:
    """The Chinese title of an office; the code itself when it is not listed. Held per process."""
    if code not in _titles:
        _titles.update(Office.objects.values_list("code", "title"))
    return _titles.get(code, code)


def forget_titles() -> None:
    """Read the titles anew: the offices were loaded."""
    _titles.clear()


def offices(level: str | None = None) -> tuple[OfficeView, ...]:
    """Offices of the district, all or of one level (village, town, district)."""
    rows = Office.objects.order_by("code")
    chosen = rows.filter(level=level) if level else rows
    return tuple(OfficeView(row.code, row.title, row.level, row.duty) for row in chosen)


def actor_on(person_id: str, on: date) -> Actor:
    """The person with the mandates that are active that day or were before.

    Past mandates stay in, since an act may be entered late for a day on which the office was held.

    Raises:
        Refused: no such person.
    """
    held = MandateRow.objects.filter(person=person_id, since__lte=on).select_related("person")
    rows = list(held.order_by("since", "id"))
    person = rows[0].person if rows else Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Refused("没有这个人", remedy="请先登记人员")
    mandates = tuple(Mandate(row.office_id, row.division_id, row.since, row.until) for row in rows)
    return Actor(person.id, person.name, mandates)


def holders(office: str, division: str, on: date) -> tuple[PersonView, ...]:
    """Who holds the office in exactly that division on that day."""
    active = Q(until__isnull=True) | Q(until__gte=on)
    rows = MandateRow.objects.filter(active, division=division, office=office, since__lte=on)
    people = rows.order_by("since", "id").values_list("person_id", "person__name")
    return tuple(PersonView(*one) for one in dict.fromkeys(people))


def holders_over(division: str, on: date) -> tuple[tuple[PersonView, str], ...]:
    """Everybody in office in a division or in one above it that day, with the office's code; the lowest first."""
    active = Q(until__isnull=True) | Q(until__gte=on)
    above = [division[:length] for length in range(2, len(division) + 1)]
    rows = MandateRow.objects.filter(active, since__lte=on, division__in=above)
    found = rows.order_by("-division", "office", "person__name").values_list(
        "person_id", "person__name", "office"
    )
    return tuple((PersonView(id, name), office) for id, name, office in dict.fromkeys(found))


def holders_by_office(division: str, on: date) -> dict[str, tuple[PersonView, ...]]:
    """Who holds which office in exactly that division on that day, by office; who holds none is left out. One query."""
    active = Q(until__isnull=True) | Q(until__gte=on)
    rows = MandateRow.objects.filter(active, division=division, since__lte=on).order_by("since", "id")
    found: dict[str, list[PersonView]] = {}
    for office, id, name in rows.values_list("office_id", "person_id", "person__name"):
        found.setdefault(office, []).append(PersonView(id, name))
    return {office: tuple(dict.fromkeys(people)) for office, people in found.items()}


def person(person_id: str) -> PersonView:
    """One person.

    Raises:
        Refused: no such person.
    """
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise Refused("没有这个人", remedy="请先登记人员")
    return PersonView(row.id, row.name)


def people(person_ids: Collection[str]) -> tuple[PersonView, ...]:
    """Persons by id, in the order asked; unknown ids are left out."""
    names = dict(Person.objects.filter(pk__in=person_ids).values_list("id", "name"))
    return tuple(PersonView(one, names[one]) for one in person_ids if one in names)


def named(village: str, name: str) -> tuple[PersonView, ...]:
    """The people registered in a village under that name; namesakes are all returned."""
    rows = Person.objects.filter(village=village, name=name.strip()).order_by("recorded_at", "id")
    return tuple(PersonView(row.id, row.name) for row in rows)


def kin_of(person_ids: Collection[str]) -> frozenset[str]:
    """Declared near relatives of any of these persons; the persons themselves only when kin of each other."""
    rows = Kinship.objects.filter(Q(person__in=person_ids) | Q(relative__in=person_ids))
    asked, found = set(person_ids), set()
    for first, second in rows.values_list("person_id", "relative_id"):
        found |= {other for this, other in ((first, second), (second, first)) if this in asked}
    return frozenset(found)


def by_number(village: str) -> dict[str, PersonView]:
    """The people whom a village has numbered, by the key of the number (`rules.number_key`)."""
    rows = PersonNumber.objects.filter(village=village).values_list("key", "person_id", "person__name")
    return {key: PersonView(*one) for key, *one in rows}


def numbers_of(person_ids: Collection[str]) -> dict[str, str]:
    """The village's own number of each of these persons, as the village writes it; without one, left out."""
    rows = PersonNumber.objects.filter(person__in=person_ids)
    return dict(rows.values_list("person_id", "number"))


def find_by_number(village: str, number: str) -> PersonView | None:
    """The person of a village with that number of its own; None when there is none."""
    row = (
        PersonNumber.objects.filter(village=village, key=number_key(number)).select_related("person").first()
    )
    return PersonView(row.person.id, row.person.name) if row else None


def unnumbered(village: str) -> dict[str, tuple[str, ...]]:
    """The village's registered people who have no number of its own: ids by name."""
    found: dict[str, tuple[str, ...]] = {}
    rows = Person.objects.filter(village=village, personnumber__isnull=True).order_by("recorded_at", "id")
    for name, id in rows.values_list("name", "id"):
        found[name] = (*found.get(name, ()), id)
    return found


def departed(person_ids: Collection[str], on: date) -> dict[str, Departed]:
    """Who of these had died, moved away or left the collective by a day and not come back, by person."""
    moves: dict[str, list[tuple[date, str]]] = {}
    rows = Departure.objects.filter(person__in=person_ids, on__lte=on).order_by("id")
    for person, day, kind in rows.values_list("person_id", "on", "kind"):
        moves.setdefault(person, []).append((day, kind))
    found = {person: last_move(made, on) for person, made in moves.items()}
    return {person: Departed(person, last[1], last[0]) for person, last in found.items() if last}


def relatives(person_ids: Collection[str]) -> dict[str, tuple[PersonView, ...]]:
    """The declared near relatives of each of these persons; who has none is left out. One query."""
    rows = Kinship.objects.filter(Q(person__in=person_ids) | Q(relative__in=person_ids))
    asked, found = set(person_ids), dict[str, list[PersonView]]()
    for one, name, other, other_name in rows.values_list(
        "person_id", "person__name", "relative_id", "relative__name"
    ):
        if one in asked:
            found.setdefault(one, []).append(PersonView(other, other_name))
        if other in asked:
            found.setdefault(other, []).append(PersonView(one, name))
    return {person: tuple(kin) for person, kin in found.items()}
