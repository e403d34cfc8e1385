"""The day of an instant where the law is in force, the office of whoever acts, and an act's entry in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, Refused
from mingbai.labour.queries import access
from mingbai.organisations.rules import Actor

LEGAL_TIME = ZoneInfo("Asia/Shanghai")
ROLL = Citation("vcol", "第37条")
ORIGINALS = Citation("accounting", "第14条")


def legal_day(at: datetime) -> date:
    """The day of an instant in China."""
    return at.astimezone(LEGAL_TIME).date()


def step_office(by: Actor, step: str, village: str, at: datetime) -> str:
    """The office by which somebody records, witnesses or makes lists (`steps` of labour.yaml).

    Raises:
        Refused: the person holds none of the offices of that step there.
    """
    on = legal_day(at)
    node = access.chart_on(on).nodes[getattr(access.settings_on(on).steps, step)]
    office = access.step_office(by, node.id, village, on)
    if not office:
        raise Refused(f"您的职务不办“{node.title}”", basis=node.citation, remedy="请流程图里的职务办理")
    return office


def any_office(by: Actor, village: str, at: datetime) -> str:
    """The office by which somebody does any step of the chart there.

    Raises:
        Refused: none.
    """
    office = access.office_for(by, village, legal_day(at))
    if not office:
        raise Refused("您的职务不办这里的用工", basis=ROLL, remedy="请办理的人员登记")
    return office


def record(
    act: str, village: str, subject: str, by: Actor, office: str, at: datetime,
    fields: Sequence[TypedField] = (), on: date | None = None, **data: Any,
) -> None:  # fmt: skip
    """Append an act of labour to the journal."""
    journal.record(
        act=act, village=village, subject=subject, actor=by.person, office=office,
        occurred_on=on or legal_day(at), at=at, fields=fields, data=data, citation=ROLL,
    )  # fmt: skip
