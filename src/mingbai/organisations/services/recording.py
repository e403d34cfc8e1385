"""What every act of this package does: find its person and place, and put the act into the journal."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import Refused
from mingbai.organisations.models import Division, Person
from mingbai.organisations.rules import Actor

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def person_row(person: str) -> Person:
    """The row of a person. Raises `Refused` when there is none."""
    found = Person.objects.filter(pk=person).first()
    if found is None:
        raise Refused("没有这个人", remedy="请先登记人员")
    return found


def division_row(code: str) -> Division:
    """The row of a place. Raises `Refused` when there is none."""
    found = Division.objects.filter(pk=code).first()
    if found is None:
        raise Refused(f"没有代码为 {code} 的村、镇或区县", remedy="请从名单里选，或核对代码")
    return found


def journalled(
    act: str, who: Person, place: str, by: Actor | None, at: datetime,
    fields: list[TypedField], data: dict[str, str] | None = None,
) -> int:  # fmt: skip
    """Journal the act. The subject is the place, or the person when the place is unknown."""
    level = "village" if len(place) == 12 else "division"
    entry = record(
        act=act,
        village=place,
        subject=f"{level}:{place}" if place else f"person:{who.id}",
        actor=by.person if by else "",
        office="",
        occurred_on=at.astimezone(LEGAL_ZONE).date(),
        at=at,
        fields=fields,
        data=data,
    )
    return int(entry.seq)
