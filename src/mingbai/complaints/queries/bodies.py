"""Who may answer an objection, as it stands."""

from __future__ import annotations

from datetime import date

from mingbai.cases.rules import days
from mingbai.complaints import rules
from mingbai.complaints.models import Objection
from mingbai.complaints.queries.targets import Target
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

OWN_BODY = Citation("vcol", "第37条")


def may_answer(target: Target, row: Objection) -> tuple[str, ...]:
    """The offices that may answer now, nearest first: from the one it was passed to, when a last day had passed."""
    offices = rules.answering_offices(target.offices, row.village)
    return offices[offices.index(row.passed_to) :] if row.passed_to in offices else offices


def answering_office(target: Target, row: Objection, by: Actor, occurred_on: date, recorded_on: date) -> str:
    """The office in which a person may answer this objection.

    Raises:
        Refused: none, or the person did what is complained of, or is kin of somebody who did.
    """
    _refuse_party(target, by)
    offices = may_answer(target, row)
    for office in offices:
        for place in days.places_of(row.village):
            if by.holds(office, place, occurred_on) and by.holds(office, place, recorded_on):
                return office
    titles = "、".join(organisations.office_title(office) for office in offices) or "上一级机关"
    late = f"（{row.overdue_on}没有答复，已经转给上一级）" if row.passed_to else ""
    raise Refused(
        f"对“{target.what}”的异议由{titles}答复{late}，被提异议的一方不能自己答复",
        basis=OWN_BODY,
        remedy=f"请{titles}登录答复",
    )


def _refuse_party(target: Target, by: Actor) -> None:
    if rules.is_party(by.person, target.people, organisations.kin_of([by.person])):
        raise Refused(
            f"您是“{target.what}”的经办人或者其近亲属，不能答复对它的异议",
            basis=OWN_BODY,
            remedy="由没有经办过的人答复",
        )
