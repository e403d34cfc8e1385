"""How a voucher gets into a book: under the lock of the book's row, lines first, then the voucher."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Max

from mingbai.evidence import queries as evidence
from mingbai.journal import services as journal
from mingbai.journal.events import Act, TypedField
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import VOUCHER_POSTED, VoucherPosted
from mingbai.ledger.models import Balance, Book, LineRow, MonthBalance, Voucher, VoucherPaper
from mingbai.ledger.rules import (
    AT_OPENING,
    Chart,
    Line,
    check_balanced,
    check_period,
    closing_month,
    period_of,
)
from mingbai.ledger.services import handling, linking
from mingbai.ledger.services.linking import ContractLink
from mingbai.organisations.rules import Actor

LEGAL_TIME = ZoneInfo("Asia/Shanghai")
METHODS = {"bank": "银行转账", "cash": "现金", "": "转账"}
NOTHING = Money(0)


@dataclass(frozen=True)
class Paper:
    """A paper behind a voucher, looked up and found to be of this village."""

    id: str
    label: str
    digest: str


@dataclass(frozen=True)
class Draft:
    """What is to be written; `income` and `expense` are the change of the village's money."""

    kind: str
    occurred_on: date
    month: str
    summary: str
    lines: tuple[Line, ...]
    amount: Money
    income: Money = NOTHING
    expense: Money = NOTHING
    case: str = ""
    decision: str = ""
    party: str = ""
    party_label: str = "收款方"
    party_kind: str = FieldKind.firm.value
    party_account: str = ""
    method: str = ""
    papers: tuple[Paper, ...] = ()
    corrects: str | None = None
    citation: Citation | None = None
    link: ContractLink | None = None


def lock_book(village: str) -> Book:
    """The village's book, locked until the transaction ends. Raises `Refused` when there is none."""
    book = Book.objects.select_for_update().filter(village=village).first()
    if book is None:
        raise Refused("本村还没有建账", remedy="请先录入期初余额建账")
    return book


def choose_month(book: Book, occurred_on: date, into: str | None, at: datetime) -> str:
    """The month to post into; see `rules.check_period` for what is refused."""
    month = into or period_of(occurred_on)
    check_period(
        period=month,
        occurred_on=occurred_on,
        opened_on=book.opened_on,
        closed_through=book.closed_through,
        today=at.astimezone(LEGAL_TIME).date(),
    )
    return month


def find_papers(village: str, papers: Sequence[str]) -> tuple[Paper, ...]:
    """The papers of a voucher. Raises `Refused` for none, for one twice, or for another village's."""
    basis = Citation("accounting", "第14条")
    if not papers:
        raise Refused("没有原始凭证，不能入账", basis=basis, remedy="请附上发票、收据或者其他原始凭证")
    if len(set(papers)) != len(papers):
        raise Refused("同一份凭证附了两次", basis=basis, remedy="每份只附一次")
    found = evidence.originals(papers)
    if any(paper not in found or found[paper].village != village for paper in papers):
        raise Refused("所附凭证没有上传，或者不是本村的", basis=basis, remedy="请附本村的原始凭证")
    return tuple(Paper(paper, found[paper].label, found[paper].digest) for paper in papers)


def write_voucher(
    book: Book, chart: Chart, draft: Draft, *, by: Actor, office: str, at: datetime
) -> VoucherPosted:
    """Number, balance, write and record one voucher. The caller holds the lock of the book."""
    check_balanced(draft.lines, chart.citation)
    serial = (book.vouchers.filter(month=draft.month).aggregate(last=Max("serial"))["last"] or 0) + 1
    number = f"{draft.month}-记-{serial}"
    handling.refuse(book, chart, draft)
    left = apply_lines(book, chart, draft.lines, counted_month(draft))
    row = insert(book, number, serial, draft, left, by=by, office=office, at=at)
    handling.follow(book, chart, draft, row)
    linking.tell(book, draft, row, number, by, office, at)
    record_voucher(row, number, draft, left, chart, by=by, office=office, at=at)
    return VoucherPosted(number, draft.amount, left)


def insert(
    book: Book, number: str, serial: int, draft: Draft, left: Money, *, by: Actor, office: str, at: datetime
) -> Voucher:
    """Write lines and papers, then the voucher over them: its insert proves the balance (0003_balanced)."""
    key = queries.voucher_id(book.village, number)
    LineRow.objects.bulk_create(
        LineRow(
            voucher_id=key,
            book=book,
            month=draft.month,
            account=line.account,
            sub=line.sub,
            summary=line.summary,
            party=line.party,
            debit_fen=line.debit.fen,
            credit_fen=line.credit.fen,
        )
        for line in draft.lines
    )
    VoucherPaper.objects.bulk_create(
        VoucherPaper(voucher_id=key, book=book, paper=paper.id, digest=paper.digest) for paper in draft.papers
    )
    return Voucher.objects.create(
        id=key,
        book=book,
        month=draft.month,
        serial=serial,
        kind=draft.kind,
        occurred_on=draft.occurred_on,
        summary=draft.summary,
        case=draft.case,
        decision=draft.decision,
        party=draft.party,
        party_account=draft.party_account,
        method=draft.method,
        amount_fen=draft.amount.fen,
        income_fen=draft.income.fen,
        expense_fen=draft.expense.fen,
        balance_fen=left.fen,
        corrects_id=queries.voucher_id(book.village, draft.corrects) if draft.corrects else None,
        fingerprint=fingerprint(book, draft, key),
        person=by.person,
        office=office,
        recorded_at=at,
    )


def counted_month(draft: Draft) -> str:
    """The month in whose balances a voucher counts; a year's closing counts after December."""
    if draft.kind == Voucher.Kind.OPENING:
        return AT_OPENING
    return closing_month(int(draft.month[:4])) if draft.kind == Voucher.Kind.YEAREND else draft.month


def apply_lines(book: Book, chart: Chart, lines: Sequence[Line], month: str) -> Money:
    """Carry lines into the running balances and the month's, and return the village's money after them.

    Raises `Refused` when cash or bank would fall below zero; the database refuses it as well.
    """
    rows = {row.account: row for row in Balance.objects.filter(book=book)}
    for line in lines:
        chart.account(line.account)
        row = rows.get(line.account)
        if row is None:
            row = rows[line.account] = Balance(
                book=book, account=line.account, liquid=line.account in (chart.cash, chart.bank)
            )
        row.debit_fen += line.debit.fen
        row.credit_fen += line.credit.fen
    moved = [rows[account] for account in {line.account: None for line in lines}]
    for row in moved:
        _refuse_overdraw(chart, row)
    for row in moved:
        row.save()
    _apply_to_month(book, lines, month)
    return queries.liquid_sum(list(rows.values()))


def _apply_to_month(book: Book, lines: Sequence[Line], month: str) -> None:
    """The same, for one month; the lock of the book keeps two postings from counting over each other."""
    rows = {row.account: row for row in MonthBalance.objects.filter(book=book, month=month)}
    for line in lines:
        row = rows.setdefault(line.account, MonthBalance(book=book, month=month, account=line.account))
        row.debit_fen += line.debit.fen
        row.credit_fen += line.credit.fen
    for account in {line.account: None for line in lines}:
        rows[account].save()


def fingerprint(book: Book, draft: Draft, key: str) -> str:
    """What makes two payments the same payment: case, decision, payee, amount, day and papers.

    Unique in the database, so that a payment sent twice is written once. Other vouchers differ by number.
    """
    content: list[object] = [key]
    if draft.kind == Voucher.Kind.PAYMENT:
        papers = sorted(paper.digest for paper in draft.papers)
        # A payment that was corrected may be made again, with the same facts.
        corrected = book.vouchers.filter(case=draft.case, corrected_by__isnull=False).count()
        same = [
            book.village,
            draft.case,
            draft.decision,
            draft.party,
            draft.amount.fen,
            str(draft.occurred_on),
        ]
        content = [*same, papers, corrected]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def record_voucher(
    row: Voucher,
    number: str,
    draft: Draft,
    left: Money,
    chart: Chart,
    *,
    by: Actor,
    office: str,
    at: datetime,
) -> None:
    """Record a voucher in the journal."""
    journal.record_many((voucher_act(row.book_id, number, draft, left, chart, by=by, office=office),), at)


def voucher_act(
    village: str, number: str, draft: Draft, left: Money, chart: Chart, *, by: Actor, office: str
) -> Act:
    """The journal entry of a voucher. `direction` and `amount_fen` are the change of the village's money.

    `purposes` says which accounts beside cash and bank it went to or came from, with their names of the day.
    """
    coming = draft.income >= draft.expense
    return Act(
        act=VOUCHER_POSTED,
        village=village,
        subject=f"case:{draft.case}" if draft.case else f"village:{village}",
        actor=by.person,
        office=office,
        occurred_on=draft.occurred_on,
        fields=_fields(number, draft, left),
        data={
            "number": number,
            "kind": draft.kind,
            "case": draft.case,
            "direction": "in" if coming else "out",
            "amount_fen": (draft.income - draft.expense if coming else draft.expense - draft.income).fen,
            "balance_fen": left.fen,
            "method": draft.method,
            "corrects": draft.corrects,
            "purposes": _purposes(chart, draft.lines),
            **({"contract": draft.link.number} if draft.link else {}),
            "papers": [{"id": p.id, "label": p.label, "digest": p.digest} for p in draft.papers],
        },
        citation=draft.citation,
    )


def _purposes(chart: Chart, lines: Sequence[Line]) -> list[dict[str, str | int]]:
    return [
        {"code": one.account, "name": chart.account(one.account).name, "fen": one.credit.fen - one.debit.fen}
        for one in lines
        if one.account not in (chart.cash, chart.bank)
    ]


def _fields(number: str, draft: Draft, left: Money) -> list[TypedField]:
    money, words = FieldKind.money.value, FieldKind.text.value
    fields = [
        TypedField("number", "凭证号", words, number),
        TypedField("purpose", "摘要", words, draft.summary),
        TypedField("income", "收入", money, draft.income.yuan()),
        TypedField("expense", "支出", money, draft.expense.yuan()),
        TypedField("balance", "结余", money, left.yuan()),
    ]
    if draft.party:
        fields.append(TypedField("party", draft.party_label, draft.party_kind, draft.party))
    fields.append(TypedField("method", "方式", FieldKind.choice.value, METHODS[draft.method]))
    if draft.decision:
        fields.append(TypedField("decision", "决定", words, draft.decision))
    return fields


def _refuse_overdraw(chart: Chart, row: Balance) -> None:
    short = row.credit_fen - row.debit_fen
    if row.liquid and short > 0:
        name = chart.account(row.account).name
        raise Refused(
            f"{name}不足，还差{Money(short).yuan()}元",
            basis=Citation("cash", "第12条"),
            remedy="请核对金额，或者等资金到账后再付",
        )
