"""A village's page: what hangs now, what runs, the month's money, what was decided, which powers it has."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules.powers import Power
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary, MeetingSummary, MoneyLine, MoneyPage, Publication
from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.figures import BalanceLine, Digit, Movement, Period, balance_line, digits, period
from mingbai.portal.pages import reading

_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])\Z", re.ASCII)
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
SHEETS = 2
MOST_CASES = 100
FEW = 8
VOTES = 6


@dataclass(frozen=True)
class Mark:
    """A word beside a purpose: what is unusual, and how it is coloured."""

    text: str
    colour: str


@dataclass(frozen=True)
class Line:
    """A voucher in the table, with its short number and its marks."""

    line: MoneyLine
    number: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Book:
    """A month of the village's money."""

    page: MoneyPage
    title: str
    lines: tuple[Line, ...]
    incomes: int
    expenses: int
    digits: tuple[Digit, ...]
    drawing: BalanceLine | None
    tally: str
    missing: tuple[str, ...]
    waiting: str
    months: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """A notice that hangs now."""

    case: CaseSummary
    kind: str
    period: Period
    sum: Money | None
    sum_name: str
    contractor: str
    down: bool = False


@dataclass(frozen=True)
class Vote:
    """A resolution with its counts."""

    publication: Publication
    body: str
    counts: tuple[tuple[str, str], ...]
    result: str
    passed: bool
    sentence: str


@dataclass(frozen=True)
class VillagePage:
    """Everything a village's page shows."""

    village: DivisionView
    town: DivisionView
    sheets: tuple[Sheet, ...]
    more: tuple[CaseSummary, ...]
    on_notice: int
    running: tuple[CaseSummary, ...]
    ended: tuple[CaseSummary, ...]
    book: Book
    coming: tuple[MeetingSummary, ...]
    votes: tuple[Vote, ...]
    findings: tuple[Publication, ...]
    powers: tuple[Power, ...]
    edition: Edition


def village_page(code: str, month: str, today: date) -> VillagePage:
    """A village by its code; `month` as 2026-09, or empty for the newest with vouchers.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    cases = disclosure.cases(village=code, limit=MOST_CASES)
    edition = catalogue.current(today)
    hanging = sorted((one for one in cases if hangs(one, today)), key=_end)
    told = disclosure.of_cases([one.number for one in hanging[:SHEETS]], kind=None)
    return VillagePage(
        village=village,
        town=town,
        sheets=tuple(_sheet(case, told[case.number], today) for case in hanging[:SHEETS]),
        more=tuple(hanging[SHEETS:]),
        on_notice=len(hanging),
        running=tuple(case for case in cases if not case.ended),
        ended=tuple(case for case in cases if case.ended)[:FEW],
        book=book(code, month, today),
        coming=disclosure.coming_meetings(code, today),
        votes=tuple(vote(one) for one in disclosure.resolutions(code, limit=VOTES)),
        findings=disclosure.findings(code, limit=FEW),
        powers=catalogue.powers(edition),
        edition=edition,
    )


def hangs(case: CaseSummary, today: date) -> bool:
    """Whether a notice of the case hangs today."""
    notice = case.notice
    if notice is None or case.ended:
        return False
    return notice.since <= today and (notice.down or today <= notice.until)


def _end(case: CaseSummary) -> date:
    assert case.notice
    return case.notice.until


def _sheet(case: CaseSummary, published: Sequence[Publication], today: date) -> Sheet:
    found = reading.price(published)
    assert case.notice
    return Sheet(
        case=case,
        kind="、".join(case.here) or _("公示"),
        period=period(case.notice.since, case.notice.until, today),
        down=case.notice.down,
        sum=found[1] if found else None,
        sum_name=found[0] if found else "",
        contractor=reading.contractor(published),
    )


def book(code: str, month: str, today: date) -> Book:
    """A month of money; without a month, the newest that has vouchers."""
    page = disclosure.money(code, month if _MONTH.match(month) else "", otherwise=f"{today:%Y-%m}")
    lines = tuple(_line(one) for one in page.lines)
    numbering = reading.numbering([one.number for one in page.lines])
    return Book(
        page=page,
        title=_("%(month)s月的钱") % {"month": NUMERALS[int(page.month[5:]) - 1]},
        lines=lines,
        incomes=sum(1 for one in page.lines if one.income),
        expenses=sum(1 for one in page.lines if one.expense),
        digits=digits(page.closing),
        drawing=_drawing(page, today),
        tally=_tally(len(lines), numbering),
        missing=numbering[2] if numbering else (),
        waiting=_waiting(page.month, today),
        months=tuple(
            (one, _("%(y)s年%(m)s月") % {"y": one[:4], "m": int(one[5:])}) for one in page.months[::-1]
        ),
    )


def _line(line: MoneyLine) -> Line:
    marks = []
    if line.lacks_paper:
        marks.append(Mark(_("缺单据"), "ochre"))
    if line.late_days:
        marks.append(Mark(_("晚登记 %(days)s 天") % {"days": line.late_days}, "blue"))
    return Line(line, reading.short(line.number), tuple(marks))


def _tally(count: int, numbering: tuple[str, str, tuple[str, ...]] | None) -> str:
    if numbering is None:
        return ""
    first, last, missing = numbering
    if missing:
        return _("%(count)s 笔，缺 %(missing)s") % {"count": count, "missing": "、".join(missing)}
    if first == last:
        return _("1 笔，%(first)s") % {"first": first}
    return _("%(count)s 笔，%(first)s 到 %(last)s 不缺号") % {"count": count, "first": first, "last": last}


def _waiting(month: str, today: date) -> str:
    """What is still to come of a month that is not over."""
    if month != f"{today:%Y-%m}":
        return ""
    return _("%(month)s月还没有过完，办一笔公布一笔；月底结账后，合计和张数另外公布。") % {
        "month": today.month
    }


def _drawing(page: MoneyPage, today: date) -> BalanceLine | None:
    year, month = int(page.month[:4]), int(page.month[5:])
    moves = [
        Movement(
            line.occurred_on.day,
            line.balance.fen,
            line.income.fen if line.income else -(line.expense.fen if line.expense else 0),
            line.summary,
        )
        for line in page.lines
        if f"{line.occurred_on:%Y-%m}" == page.month
    ]
    in_order = all(a.day <= b.day for a, b in pairwise(moves))
    return balance_line(page.opening, moves, calendar.monthrange(year, month)[1]) if in_order else None


def vote(publication: Publication) -> Vote:
    """A published resolution with its counts in the order in which they are read out."""
    names = (
        ("应到", "应到"),
        ("实到", "实到"),
        ("回避", "回避"),
        ("同意", "同意"),
        ("反对", "不同意"),
        ("弃权", "弃权"),
        ("废票", "废票"),
        ("没有投的", "没有投"),
    )
    counts = [(title, reading.shown(publication, label)) for label, title in names]
    return Vote(
        publication=publication,
        body=reading.shown(publication, "会议"),
        counts=tuple(
            (title, count) for title, count in counts if count and (title != "回避" or count != "0")
        ),
        result=reading.shown(publication, "结果"),
        passed=publication.data.get("result") == "passed",
        sentence=reading.shown(publication, "计票说明"),
    )
