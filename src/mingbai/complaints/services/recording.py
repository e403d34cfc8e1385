"""What every entry of an objection carries in the journal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mingbai.cases.rules import days
from mingbai.complaints import events, rules
from mingbai.complaints.models import Objection
from mingbai.complaints.queries.bodies import OWN_BODY
from mingbai.complaints.queries.targets import Target
from mingbai.journal import queries as journal
from mingbai.journal.events import TypedField
from mingbai.journal.services import record
from mingbai.kernel import FieldKind
from mingbai.organisations.rules import Actor

WAITED = timedelta(minutes=10)


def data_of(target: Target, row: Objection, on: date, at: datetime) -> dict[str, object]:
    """The structural values of an act on an objection: no words, no names."""
    return {
        "case": row.case,
        "power": target.case.power if target.case else "",
        "title": target.title,
        "step": row.step,
        "step_title": target.what,
        "line": row.line,
        "objection": row.number,
        "asked": rules.REMEDIES[row.asked],
        "channel": row.channel,
        "lodged_on": row.lodged_on.isoformat(),
        "due": row.due.isoformat(),
        "joined": row.joined,
        "passed_to": row.passed_to,
        "upheld": row.upheld,
        "late_days": days.late_days(on, days.legal_day(at)),
    }


def office_of(by: Actor, village: str, on: date) -> str:
    """The office in which somebody acts for a village: the nearest one held there, in its town or district."""
    held = (office for place in days.places_of(village) for office in by.offices_in(place, on))
    return next(held, "")


def in_order(at: datetime) -> datetime:
    """This instant, or that of the last entry when somebody was recorded while the files were looked at.

    More than ten minutes is no queue but a wrong clock, which the journal refuses.
    """
    last = journal.last_recorded_at()
    return last if last is not None and at < last <= at + WAITED else at


def by_the_clock(act: str, target: Target, row: Objection, fields: list[TypedField], at: datetime) -> None:
    """Record what nobody did and the day brought."""
    today = days.legal_day(at)
    number = TypedField("objection", "异议编号", str(FieldKind.text), row.number)
    record(
        act=act,
        village=row.village,
        subject=target.subject,
        actor="",
        office="",
        occurred_on=today,
        at=at,
        fields=[number, *fields],
        data=data_of(target, row, today, at),
        citation=OWN_BODY if act == events.OVERDUE else None,
    )


def day(id: str, label: str, value: date) -> TypedField:
    """A day as a field."""
    return TypedField(id, label, str(FieldKind.date), value.isoformat())
