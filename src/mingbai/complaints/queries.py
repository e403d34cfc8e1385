"""How an objection stands: by receipt for whoever lodged it, by village for whoever must answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingbai.complaints import rules
from mingbai.complaints.models import Objection
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor


@dataclass(frozen=True)
class ObjectionStatus:
    """An objection and its answer, as the person who lodged it may see it."""

    objection: str
    case: str
    step: str
    text: str
    remedy: str
    lodged_on: date
    due: date
    answered_on: date | None
    answer: str
    upheld: bool | None


def status(receipt: str) -> ObjectionStatus:
    """The objection of a receipt.

    Raises:
        Refused: the receipt is not complete, or there is no such objection.
    """
    if len(rules.plain_receipt(receipt)) != rules.RECEIPT_LETTERS:
        raise Refused("回执码不完整：应有五组，每组四个字符", remedy="照回执上的字符逐组输入")
    row = Objection.objects.filter(receipt_digest=rules.receipt_digest(receipt)).first()
    if row is None:
        raise Refused("没有找到这张回执", remedy="核对回执码；确认无误仍查不到的，向镇（街）纪（工）委反映")
    return _view(row)


def objection(number: str) -> tuple[str, ObjectionStatus] | None:
    """The village of an objection and how it stands, by its number; nothing when there is none."""
    row = Objection.objects.filter(number=number).first()
    return (row.village, _view(row)) if row else None


def unanswered(actor: Actor, today: date) -> tuple[ObjectionStatus, ...]:
    """Objections within a person's reach that wait for an answer, the most pressing first."""
    reach = Q(pk__in=[])
    for mandate in actor.mandates:
        if mandate.since <= today and (mandate.until is None or today <= mandate.until):
            reach |= Q(village__startswith=mandate.division)
    rows = Objection.objects.filter(reach, answered_on__isnull=True).order_by("due", "number")
    return tuple(_view(row) for row in rows)


def of_case(number: str) -> tuple[ObjectionStatus, ...]:
    """Every objection to a case, in the order in which they came."""
    return tuple(_view(row) for row in Objection.objects.filter(case=number).order_by("lodged_on", "number"))


def _view(row: Objection) -> ObjectionStatus:
    return ObjectionStatus(
        row.number, row.case, row.step, row.text, row.remedy, row.lodged_on, row.due,
        row.answered_on, row.answer, row.upheld,
    )  # fmt: skip
