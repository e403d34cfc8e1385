"""How an objection stands: by receipt for whoever lodged it, by village for whoever must answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingbai.complaints import rules
from mingbai.complaints.models import Objection, Queued, Said
from mingbai.complaints.queries import bodies
from mingbai.complaints.queries.targets import of_row
from mingbai.complaints.rules import CHANNELS, REMEDIES
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor


@dataclass(frozen=True)
class ObjectionStatus:
    """An objection and its answer, as the person who lodged it may see it: the office that answered, no person.

    `waits` when it stands in the queue of a crowded hour and has no number yet. `papers` are ids of sealed papers.
    """

    objection: str
    village: str
    case: str
    step: str
    step_title: str
    line: str
    line_title: str
    text: str
    remedy: str
    asked: str
    channel: str
    papers: tuple[str, ...]
    lodged_on: date
    due: date
    extended_on: date | None
    overdue_on: date | None
    passed_to: str
    joined: int
    waits: bool
    answered_on: date | None
    answer: str
    upheld: bool | None
    office: str

    @property
    def asked_title(self) -> str:
        """The remedy asked, as people read it."""
        return REMEDIES[self.asked]

    @property
    def channel_title(self) -> str:
        """How it came, as people read it."""
        return CHANNELS[self.channel]

    @property
    def office_title(self) -> str:
        """The office that answered."""
        return organisations.office_title(self.office) if self.office else ""

    @property
    def passed_title(self) -> str:
        """The office to which it went when a last day had passed."""
        return organisations.office_title(self.passed_to) if self.passed_to else ""


def status(receipt: str) -> ObjectionStatus:
    """The objection of a receipt.

    Raises:
        Refused: the receipt is not complete, or there is no such objection.
    """
    if len(rules.plain_receipt(receipt)) != rules.RECEIPT_LETTERS:
        raise Refused("回执码不完整：应有五组，每组四个字符", remedy="照回执上的字符逐组输入")
    digest = rules.receipt_digest(receipt)
    row = Objection.objects.filter(receipt_digest=digest).first()
    if row is not None:
        return _view(row)
    queued = Queued.objects.select_related("together").filter(receipt_digest=digest).first()
    if queued is None:
        raise Refused("没有找到这张回执", remedy="核对回执码；确认无误仍查不到的，向镇（街）纪（工）委反映")
    return _view(queued.together or queued)


def objection(number: str) -> tuple[str, ObjectionStatus] | None:
    """The village of an objection and how it stands, by its number; nothing when there is none."""
    row = Objection.objects.filter(number=number).first()
    return (row.village, _view(row, echoes=True)) if row else None


def may_answer(number: str, actor: Actor, today: date) -> str:
    """The office in which a person may answer an objection today; empty when in none."""
    row = Objection.objects.get(number=number)
    try:
        return bodies.answering_office(of_row(row), row, actor, today, today)
    except Refused:
        return ""


def answering_titles(number: str) -> tuple[str, ...]:
    """The offices that may answer an objection now, as people call them."""
    row = Objection.objects.get(number=number)
    offices = bodies.may_answer(of_row(row), row)
    return tuple(organisations.office_title(office) for office in offices)


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


def _view(row: Said, echoes: bool = False) -> ObjectionStatus:
    entered = row if isinstance(row, Objection) else Objection()
    papers = list(row.papers)
    if echoes and entered.joined:
        papers += [paper for one in entered.echoes.all() for paper in one.papers]
    return ObjectionStatus(
        entered.number, row.village, row.case, row.step, row.step_title, row.line, row.line_title, row.text, row.remedy, row.asked,
        row.channel, tuple(papers), row.lodged_on, row.due, entered.extended_on, entered.overdue_on,
        entered.passed_to, entered.joined, isinstance(row, Queued), entered.answered_on, entered.answer,
        entered.upheld, entered.office,
    )  # fmt: skip
