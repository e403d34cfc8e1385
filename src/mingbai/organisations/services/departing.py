"""Somebody died, moved away, left the collective, or came back: facts with a day, added and never changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations import events
from mingbai.organisations.models import Departure, Person
from mingbai.organisations.queries import departed
from mingbai.organisations.rules import DEPARTURES, RETURN, Actor
from mingbai.organisations.services.recording import LEGAL_ZONE, journalled, person_row


@transaction.atomic
def record_departure(*, person: str, kind: str, on: date, by: Actor, at: datetime) -> events.Departed:
    """A person died (`died`), moved away (`moved_away`) or left the collective (`left_membership`) on a day.

    From that day on the person stands on no roll, the day included. What was recorded by mistake is undone by
    `record_return`.

    Raises:
        Refused: no such person or kind, a day to come, the same recorded already, or the person has died.
    """
    if kind not in DEPARTURES:
        raise Refused(f"没有“{kind[:20]}”这种离开", remedy="只有：" + "、".join(DEPARTURES.values()))
    who = _checked(person, on, at)
    gone = departed([person], date.max).get(person)
    if gone is not None and gone.kind in ("died", kind):
        raise Refused(
            f"{who.name}已经登记{gone.on.isoformat()}{DEPARTURES[gone.kind]}",
            remedy="不用再登记；登记错的，先登记回来",
        )
    _keep(events.DEPARTED, who, kind, on, by, at)
    return events.Departed(person, kind, on)


@transaction.atomic
def record_return(*, person: str, on: date, by: Actor, at: datetime) -> None:
    """A person came back on a day, or the departure had been recorded by mistake.

    Raises:
        Refused: no such person, a day to come, nobody recorded that the person had gone, or on a later day.
    """
    who = _checked(person, on, at)
    gone = departed([person], date.max).get(person)
    if gone is None:
        raise Refused(f"{who.name}没有登记过离开", remedy="不用登记回来")
    if on < gone.on:
        raise Refused(f"{who.name}{gone.on.isoformat()}才离开，回来不能更早", remedy="请核对日期")
    _keep(events.RETURNED, who, RETURN, on, by, at)


def _checked(person: str, on: date, at: datetime) -> Person:
    """The person, locked until the transaction ends; the day is not one to come."""
    if on > at.astimezone(LEGAL_ZONE).date():
        raise Refused("日期在今天之后", remedy="等到了那一天再登记")
    who = person_row(person)
    hold(f"departure/{person}")
    return who


def _keep(act: str, who: Person, kind: str, on: date, by: Actor, at: datetime) -> None:
    Departure.objects.create(person=who, kind=kind, on=on, recorded_by=by.person, recorded_at=at)
    said = DEPARTURES.get(kind, "回来")
    fields = [
        TypedField("person", "姓名", FieldKind.person.value, who.name),
        TypedField("kind", "情形", FieldKind.choice.value, said),
        TypedField("on", "日期", FieldKind.date.value, on.isoformat()),
    ]
    journalled(act, who, who.village_id or "", by, at, fields, {"kind": kind, "on": on.isoformat()})
