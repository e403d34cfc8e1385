"""Posting payments, receipts, moves between cash and bank, and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.evidence.services import free_invoices
from mingbai.kernel import Citation, Confidence, FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import VoucherPosted
from mingbai.ledger.models import Book, Voucher, VoucherPaper
from mingbai.ledger.rules import Chart, check_cash, contra_lines, transfer
from mingbai.ledger.services import handling, writing
from mingbai.ledger.services.linking import ContractLink
from mingbai.ledger.services.writing import Draft, Paper
from mingbai.organisations.rules import Actor

DECISION = Citation("vcol", "第28条")
VOUCHERS = Citation("accounting", "第14条")
CORRECTION = Citation("accounting", "第15条", Confidence.likely)
# As wide as the columns: SQLite would take more, PostgreSQL would not.
LONGEST_NAME = 120
LONGEST_SUMMARY = 240


@transaction.atomic
def post_payment(
    *,
    village: str,
    case: str,
    decision: str,
    purpose: str,
    payee: str,
    payee_account: str | None,
    method: str,
    amount: Money,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
    expense_account: str | None = None,
    payee_kind: str = FieldKind.firm.value,
    into: str | None = None,
    link: ContractLink | None = None,
) -> VoucherPosted:
    """Pay `amount` on a decision of a case, and post it as the next voucher of the month.

    `method` is "bank" or "cash"; `payee_kind` "person" keeps a private payee's name masked in public;
    `into` names an open month when the business's own month is closed; `link` the contract it is paid on.
    Raises `Refused`: no decision (村民委员会组织法 第28条), no or spent papers (会计法 第14条), cash
    above the limit (现金管理暂行条例 第5、6条), not enough money, a closed month, the same payment twice.
    """
    _require(case, "付款没有对应的办理事项", "请从事项的付款步骤登记付款")
    _require(decision, "没有决定，不能付款", "请先完成审批或者会议决定")
    _require(purpose, "没有写明用途", "请写明款项用途", LONGEST_SUMMARY)
    _require(payee, "没有写明收款方", "请写明收款方全称")
    book = writing.lock_book(village)
    chart = queries.chart(occurred_on)
    source = chart.money_account(method)
    if method == "cash":
        check_cash(chart, amount, occurred_on)
    found = writing.find_papers(village, papers)
    _refuse_spent(book, found)
    draft = Draft(
        kind=Voucher.Kind.PAYMENT,
        occurred_on=occurred_on,
        month=writing.choose_month(book, occurred_on, into, at),
        summary=purpose.strip(),
        lines=transfer(debit=_spending(chart, expense_account, link), credit=source, amount=amount),
        amount=amount,
        expense=amount,
        case=case,
        decision=decision.strip(),
        party=payee.strip(),
        party_kind=payee_kind,
        party_account=payee_account or "",
        method=method,
        papers=found,
        citation=DECISION,
        link=link,
    )
    return writing.write_voucher(book, chart, draft, by=by, office=office, at=at)


@transaction.atomic
def post_receipt(
    *,
    village: str,
    case: str,
    purpose: str,
    payer: str,
    method: str,
    amount: Money,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
    income_account: str | None = None,
    payer_kind: str = FieldKind.firm.value,
    into: str | None = None,
    into_account: str = "",
    link: ContractLink | None = None,
) -> VoucherPosted:
    """Post money that came in; `case` may be empty. Raises `Refused` as a payment does, limits apart.

    `into_account`, the bank account it came to, must be one that is registered as the village's own (R42).
    `link` is the contract it is paid on; a deposit is owed, so it goes to the account of deposits.
    """
    _require(purpose, "没有写明收款事由", "请写明款项来源", LONGEST_SUMMARY)
    _require(payer, "没有写明付款方", "请写明付款方全称")
    book = writing.lock_book(village)
    handling.refuse_private_account(village, into_account)
    chart = queries.chart(occurred_on)
    target = chart.money_account(method)
    other = chart.deposit if link and link.part else income_account or chart.income
    draft = Draft(
        kind=Voucher.Kind.RECEIPT,
        occurred_on=occurred_on,
        month=writing.choose_month(book, occurred_on, into, at),
        summary=purpose.strip(),
        lines=transfer(debit=target, credit=_other(chart, other), amount=amount),
        amount=amount,
        income=amount,
        case=case,
        party=payer.strip(),
        party_label="付款方",
        party_kind=payer_kind,
        method=method,
        papers=writing.find_papers(village, papers),
        citation=VOUCHERS,
        link=link,
    )
    return writing.write_voucher(book, chart, draft, by=by, office=office, at=at)


@transaction.atomic
def move_money(
    *,
    village: str,
    to: str,
    amount: Money,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> VoucherPosted:
    """Draw cash from the bank (`to="cash"`) or bank it (`to="bank"`): the village's money stays the same."""
    book = writing.lock_book(village)
    chart = queries.chart(occurred_on)
    target = chart.money_account(to)
    draft = Draft(
        kind=Voucher.Kind.MOVE,
        occurred_on=occurred_on,
        month=writing.choose_month(book, occurred_on, None, at),
        summary="提取现金" if to == "cash" else "现金存入银行",
        lines=transfer(debit=target, credit=chart.bank if to == "cash" else chart.cash, amount=amount),
        amount=amount,
        papers=writing.find_papers(village, papers),
        citation=Citation("cash", "第12条"),
    )
    return writing.write_voucher(book, chart, draft, by=by, office=office, at=at)


@transaction.atomic
def reverse_voucher(
    *,
    village: str,
    number: str,
    reason: str,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> VoucherPosted:
    """Correct a voucher by its contra-voucher: the earlier one stays, named by the later one.

    Dated when it is made, in an open month. Raises `Refused` for a voucher already corrected, an opening
    balance, a contra-voucher itself, or a missing reason.
    """
    _require(reason, "没有写明更正理由", "请写明为什么更正")
    book = writing.lock_book(village)
    chart = queries.chart(occurred_on)
    row = _correctable(village, number)
    lines = contra_lines([queries.as_line(x) for x in row.lines.order_by("id")])
    draft = Draft(
        kind=Voucher.Kind.CONTRA,
        occurred_on=occurred_on,
        month=writing.choose_month(book, occurred_on, None, at),
        summary=f"红字冲销{number}：{reason.strip()}",
        lines=lines,
        amount=Money(row.amount_fen),
        income=Money(row.expense_fen),
        expense=Money(row.income_fen),
        case=row.case,
        decision=row.decision,
        party=row.party,
        method=row.method,
        papers=writing.find_papers(village, papers),
        corrects=number,
        citation=CORRECTION,
    )
    posted = writing.write_voucher(book, chart, draft, by=by, office=office, at=at)
    # What the wrong payment had used up, the right one may use.
    free_invoices(voucher=f"{village}/{number}", reason=reason, actor=by.person, at=at)
    return posted


def _require(text: str, reason: str, remedy: str, longest: int = LONGEST_NAME) -> None:
    if not text.strip():
        raise Refused(reason, basis=DECISION, remedy=remedy)
    if len(text.strip()) > longest:
        raise Refused(f"“{text.strip()[:12]}……”太长，最多{longest}个字", remedy="请写得短一些")


def _spending(chart: Chart, account: str | None, link: ContractLink | None) -> str:
    """A deposit that is given back was never income, so that it is no expense either."""
    return _other(chart, chart.deposit if link and link.part else account or chart.expense)


def _other(chart: Chart, account: str) -> str:
    """The account on the far side of a payment or receipt; money into money is a move, not either."""
    chart.account(account)
    if account in (chart.cash, chart.bank):
        raise Refused("对方科目不能是现金或者银行存款", remedy="提现和存现请用资金调拨登记")
    return account


def _refuse_spent(book: Book, papers: Sequence[Paper]) -> None:
    """Refuse papers that have all paid before: each payment brings at least one paper of its own.

    Asked by digest, so that the same invoice uploaded again is known; papers of corrected vouchers are free.
    """
    digests = {paper.digest for paper in papers}
    spent = VoucherPaper.objects.filter(
        book=book, digest__in=digests, voucher__kind=Voucher.Kind.PAYMENT, voucher__corrected_by__isnull=True
    )
    used = dict(spent.values_list("digest", "voucher_id"))
    if used.keys() >= digests:
        earlier = "、".join(sorted({key.split("/", 1)[1] for key in used.values()}))
        raise Refused(
            f"所附凭证已经用于付款（{earlier}），不能重复付款",
            basis=VOUCHERS,
            remedy="请附这笔付款自己的原始凭证",
        )


def _correctable(village: str, number: str) -> Voucher:
    row = Voucher.objects.filter(id=queries.voucher_id(village, number)).first()
    if row is None:
        raise Refused(f"账簿中没有凭证“{number}”", remedy="请核对凭证号")
    if row.kind in (Voucher.Kind.OPENING, Voucher.Kind.CONTRA, Voucher.Kind.YEAREND):
        raise Refused("期初余额、红字凭证和年终结转不能冲销", basis=CORRECTION, remedy="请另记一张更正凭证")
    if Voucher.objects.filter(corrects=row).exists():
        raise Refused(f"凭证“{number}”已经冲销过", basis=CORRECTION, remedy="请查看后来的红字凭证")
    return row
