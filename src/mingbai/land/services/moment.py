"""The day of an instant where the law is in force, the office of whoever acts, papers, an act's entry in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mingbai.evidence import queries as evidence
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.land.queries import access
from mingbai.organisations.rules import Actor

LEGAL_TIME = ZoneInfo("Asia/Shanghai")


def legal_day(at: datetime) -> date:
    """The day of an instant in China."""
    return at.astimezone(LEGAL_TIME).date()


def act_office(by: Actor, step: str, village: str, at: datetime) -> str:
    """The office by which somebody does a step (`transfer.list` …); a village's land acts take turns from here on.

    Raises:
        Refused: the person holds none of the offices of that step there.
    """
    on = legal_day(at)
    node = access.node_of(step, on)
    office = access.step_office(by, step, village, on)
    if not office:
        raise Refused(f"您的职务不办“{node.title}”", basis=node.citation, remedy="请流程图里的职务办理")
    hold(f"land/{village}")
    return office


def one_of(by: Actor, steps: Sequence[str], village: str, at: datetime, not_in: Sequence[str] = ()) -> str:
    """As `act_office`, for the first step whose office the person holds, preferring one that is not in `not_in`.

    Raises:
        Refused: none of the offices of any of the steps.
    """
    held, last = [], None
    for step in steps:
        try:
            held.append(act_office(by, step, village, at))
        except Refused as refusal:
            last = refusal
    if not held and last is not None:
        raise last
    return next((one for one in held if one not in not_in), held[0])


def require_papers(papers: Sequence[str], village: str, what: str, basis: Citation) -> None:
    """Refuse when one of the papers is not the village's.

    Raises:
        Refused: so.
    """
    found = evidence.papers([one for one in papers if one])
    if any(one not in found or found[one].village != village for one in papers):
        raise Refused(f"没有{what}的照片", basis=basis, remedy=f"拍下{what}再交")


def record(
    act: str, village: str, subject: str, by: Actor, office: str, at: datetime, basis: Citation,
    fields: Sequence[TypedField] = (), happened_on: date | None = None, **data: Any,
) -> None:  # fmt: skip
    """Append an act of land to the journal."""
    journal.record(
        act=act, village=village, subject=subject, actor=by.person, office=office,
        occurred_on=happened_on or legal_day(at), at=at, fields=fields, data=data, citation=basis,
    )  # fmt: skip


def field(id: str, label: str, kind: FieldKind, value: object) -> TypedField:
    """One typed field."""
    return TypedField(id, label, kind.value, str(value))


def mu(area: int) -> str:
    """0.01 mu as mu."""
    return f"{area // 100}.{area % 100:02d}"
