"""Vouchers of any balanced lines: accruals, receivables, payables, depreciation, transfers; and sub-accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import SUBACCOUNT_OPENED, VoucherPosted
from mingbai.ledger.models import Book, SubAccount, Voucher
from mingbai.ledger.rules import Chart, Line, check_balanced
from mingbai.ledger.services import writing
from mingbai.ledger.services.linking import ContractLink
from mingbai.ledger.services.writing import LEGAL_TIME, Draft
from mingbai.organisations.rules import Actor

DECISION = Citation("vcol", "第28条")
VOUCHERS = Citation("accounting", "第14条")
LONGEST_SUMMARY, LONGEST_NAME = 240, 120
MOST_LINES = 200
NOTHING = Money(0)


@transaction.atomic
def post_entry(
    *,
    village: str,
    summary: str,
    lines: Sequence[Line],
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
    case: str = "",
    into: str | None = None,
    link: ContractLink | None = None,
) -> VoucherPosted:
    """Post balanced lines as the next voucher of the month. Money may come in by it, never go out.

    Only a payment on a decision lowers cash or bank; what the bank takes by itself is excepted within the
    dated `bank_charges`. Cash drawn or banked is `move_money`; a year's closing is `close_year`. `link` is the
    contract that it is about.
    Raises `Refused`: no words, no papers (会计法 第14条), lines that do not balance, an unknown account or
    sub-account, money going out (村民委员会组织法 第28条), a closed month.
    """
    _check_words(summary, lines)
    book = writing.lock_book(village)
    chart = queries.chart(occurred_on)
    total = check_balanced(lines, chart.citation)
    _check_accounts(book, chart, lines, occurred_on)
    change = _liquid_change(chart, lines, occurred_on)
    draft = Draft(
        kind=Voucher.Kind.ENTRY,
        occurred_on=occurred_on,
        month=writing.choose_month(book, occurred_on, into, at),
        summary=summary.strip(),
        lines=tuple(lines),
        amount=total,
        income=Money(max(change, 0)),
        expense=Money(max(-change, 0)),
        case=case,
        method=_method(chart, lines),
        papers=writing.find_papers(village, papers),
        citation=VOUCHERS,
        link=link,
    )
    return writing.write_voucher(book, chart, draft, by=by, office=office, at=at)


@transaction.atomic
def open_subaccount(
    *, village: str, account: str, name: str, since: date, by: Actor, office: str, at: datetime
) -> str:
    """Give a village an account of its own below `account`, as `11201`; returns its code.

    Raises `Refused` for an unknown account, no name, a name that stands already, or a future day.
    """
    name = name.strip()
    if not name or len(name) > 60:
        raise Refused("二级科目要有名称，最多60个字", remedy="写明往来单位、户名或者用途")
    if since > at.astimezone(LEGAL_TIME).date():
        raise Refused("启用日期在今天之后", remedy="请核对日期")
    book = writing.lock_book(village)
    chart = queries.chart(since)
    chart.account(account)
    below = queries.subaccounts(village, account)
    if name in {one.name for one in below}:
        raise Refused(f"“{name}”已经是“{chart.account(account).name}”的二级科目", remedy="直接使用")
    if len(below) >= 99:
        raise Refused("一个科目最多99个二级科目", remedy="单位、个人多的，写在分录的往来单位里")
    code = f"{account}{len(below) + 1:02d}"
    SubAccount.objects.create(
        book=book, code=code, name=name, since=since, person=by.person, office=office, recorded_at=at
    )
    _record_subaccount(village, chart, account, code, since, by=by, office=office, at=at)
    return code


def _record_subaccount(
    village: str,
    chart: Chart,
    account: str,
    code: str,
    since: date,
    *,
    by: Actor,
    office: str,
    at: datetime,
) -> None:
    """The journal entry; the name stays in the ledger, for it may be a private debtor's."""
    words = FieldKind.text.value
    journal.record(
        act=SUBACCOUNT_OPENED,
        village=village,
        subject=f"village:{village}",
        actor=by.person,
        office=office,
        occurred_on=since,
        at=at,
        fields=[
            TypedField("code", "二级科目编码", words, code),
            TypedField("account", "一级科目", words, chart.account(account).name),
        ],
        data={"code": code, "account": account},
        citation=chart.citation,
    )


def _check_words(summary: str, lines: Sequence[Line]) -> None:
    if not summary.strip():
        raise Refused("没有写摘要", basis=VOUCHERS, remedy="用一句话写明这笔业务")
    if len(summary.strip()) > LONGEST_SUMMARY or any(len(line.summary) > LONGEST_SUMMARY for line in lines):
        raise Refused(f"摘要太长，最多{LONGEST_SUMMARY}个字", remedy="请写得短一些")
    if any(len(line.party) > LONGEST_NAME for line in lines):
        raise Refused(f"往来单位太长，最多{LONGEST_NAME}个字", remedy="请写全称，不写说明")
    if len(lines) > MOST_LINES:
        raise Refused(f"一张凭证最多{MOST_LINES}条分录", remedy="请分成几张凭证")


def _check_accounts(book: Book, chart: Chart, lines: Sequence[Line], on: date) -> None:
    known = {one.code: one.since for one in queries.subaccounts(book.village)}
    for line in lines:
        chart.account(line.account)
        if line.account == chart.year_result:
            raise Refused(
                "“本年收益”只在年终结转时记账", basis=chart.citation, remedy="收入和支出请记到各自的科目"
            )
        if line.sub and (not line.sub.startswith(line.account) or known.get(line.sub, date.max) > on):
            raise Refused(
                f"{on.isoformat()}没有二级科目“{line.sub}”", remedy="请先增加二级科目，或者核对编码"
            )


def _liquid_change(chart: Chart, lines: Sequence[Line], on: date) -> int:
    """What the lines do to the village's money, in fen. Raises `Refused` for money that goes out."""
    liquid = [line for line in lines if line.account in chart.liquid]
    change = sum(line.debit.fen - line.credit.fen for line in liquid)
    if not any(line.credit > NOTHING for line in liquid):
        return change
    charged = [line for line in lines if line.account not in chart.liquid]
    allowed = [chart.charge(line.account, on) for line in charged]
    within = all(one is not None and -change <= one.limit.fen for one in allowed)
    if charged and within and all(x.account == chart.bank and x.credit > NOTHING for x in liquid):
        return change
    raise Refused(
        "记账凭证不能减少现金和银行存款：没有决定，钱不能出去",
        basis=DECISION,
        remedy="付款请从事项的付款步骤办；提现、存现请用资金调拨；银行自己扣的手续费只能记到规定的科目和限额内",
    )


def _method(chart: Chart, lines: Sequence[Line]) -> str:
    """`cash` or `bank` when all the money of a voucher lies in one of them, else empty."""
    touched = {line.account for line in lines if line.account in chart.liquid}
    if len(touched) != 1:
        return ""
    return "cash" if touched == {chart.cash} else "bank"
