"""Many people at once, each under the number that the village itself gives him."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.journal.services import record
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations import events
from mingbai.organisations.models import Person, PersonNumber
from mingbai.organisations.queries import by_number, numbers_of
from mingbai.organisations.rules import Actor, is_number, number_key
from mingbai.organisations.services.recording import LEGAL_ZONE, division_row


@transaction.atomic
def add_people(*, village: str, names: Mapping[str, str], by: Actor, at: datetime) -> dict[str, str]:
    """Register new people of a village, names by the village's own numbers; returns their ids by number.

    One act, whatever their number; the journal keeps how many, not who.

    Raises:
        Refused: no such place, a name is empty, a number cannot be one or is somebody's already.
    """
    place = division_row(village)
    if not all(name.strip() for name in names.values()):
        raise Refused("没有填姓名", remedy="填上姓名再登记")
    _take_numbers(village, names)
    people = [Person(name=name.strip(), village=place, recorded_at=at) for name in names.values()]
    Person.objects.bulk_create(people)
    ids = dict(zip(names, (one.id for one in people), strict=True))
    _keep(village, ids, at)
    _record(events.PEOPLE_ADDED, village, len(ids), by, at)
    return ids


@transaction.atomic
def give_numbers(*, village: str, numbers: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Number people of the village who are registered and have none: person ids by number.

    Raises:
        Refused: a person is not of the village or has a number, a number cannot be one or is somebody's already.
    """
    _take_numbers(village, numbers)
    people = Person.objects.filter(pk__in=numbers.values(), village=village)
    if people.count() != len(set(numbers.values())) or len(set(numbers.values())) != len(numbers):
        raise Refused("要编号的人里有没登记的、外村的或者写了两遍的", remedy="请先登记人员，每人一个编号")
    if numbers_of([*numbers.values()]):
        raise Refused("要编号的人里有已经有编号的", remedy="一个人只有一个编号，不能改")
    _keep(village, numbers, at)
    _record(events.NUMBERS_GIVEN, village, len(numbers), by, at)


def hold_numbers(village: str) -> None:
    """Lock a village's numbers until the transaction ends: who asks which are taken may act on the answer."""
    hold(f"people/{village}")


def _take_numbers(village: str, wanted: Mapping[str, str]) -> None:
    hold_numbers(village)
    taken = by_number(village)
    times = Counter(map(number_key, wanted))
    for number in wanted:
        if not is_number(number):
            raise Refused(f"“{number[:40]}”不能做编号", remedy="编号只用字母、数字和短横线，最多32个字")
        if number_key(number) in taken or times[number_key(number)] > 1:
            raise Refused(f"编号“{number}”已经有人用了", remedy="一个编号只给一个人")


def _keep(village: str, ids: Mapping[str, str], at: datetime) -> None:
    PersonNumber.objects.bulk_create(
        PersonNumber(person_id=id, village=village, number=number, key=number_key(number), recorded_at=at)
        for number, id in ids.items()
    )


def _record(act: str, village: str, count: int, by: Actor, at: datetime) -> None:
    today = at.astimezone(LEGAL_ZONE).date()
    record(
        act=act,
        village=village,
        subject=f"village:{village}",
        actor=by.person,
        office=next(iter(by.offices_in(village, today)), ""),
        occurred_on=today,
        at=at,
        fields=[TypedField("count", "人数", FieldKind.integer.value, str(count))],
        data={"count": count},
    )
