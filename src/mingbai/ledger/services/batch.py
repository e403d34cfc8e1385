"""Many vouchers at once, from a file of another system: whole or not at all, with every promise of the book kept.

They say what was done elsewhere, so no decision is asked of them; they are marked with the receipt of their file, and
what has no paper stands on the list of what lacks one (docs/decisions/0009).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max

from mingbai.journal import services as journal
from mingbai.journal.events import Act, TypedField
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.models import Balance, Book, LineRow, MonthBalance, Voucher
from mingbai.ledger.rules import Chart, Line, check_balanced
from mingbai.ledger.services import writing
from mingbai.organisations.rules import Actor

PORTION = 1_000
NOTHING = Money(0)
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Imported:
    """A voucher of a file: `row` is where it begins there, `source` its number in the other system."""

    row: int
    occurred_on: date
    summary: str
    lines: tuple[Line, ...]
    source: str = ""


@dataclass(frozen=True)
class BatchFault:
    """Why the voucher that begins at a row cannot stand in the book."""

    row: int
    message: str


@dataclass(frozen=True)
class BatchPosted:
    """What was posted: how many vouchers, their first and last number, and the sum of their debits."""

    count: int
    first: str
    last: str
    total: Money


@dataclass
class _Sums:
    """Running debits less credits of cash and bank, and what each account moves in each month."""

    chart_of: Callable[[date], Chart]
    stands: dict[str, int]
    months: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, chart: Chart, month: str, lines: Sequence[Line]) -> int:
        """Carry a voucher in; the change of the village's money in fen.

        Raises `Refused` when cash or bank would fall below zero.
        """
        before = sum(self.stands.get(one, 0) for one in (chart.cash, chart.bank))
        for line in lines:
            moved = self.months.setdefault((month, line.account), [0, 0])
            moved[0] += line.debit.fen
            moved[1] += line.credit.fen
            if line.account in (chart.cash, chart.bank):
                self.stands[line.account] = (
                    self.stands.get(line.account, 0) + line.debit.fen - line.credit.fen
                )
        for account in (chart.cash, chart.bank):
            if (left := self.stands.get(account, 0)) < 0:
                name, short = chart.account(account).name, Money(-left).yuan()
                raise Refused(f"这一笔以后{name}成了负数，差{short}元", remedy="核对期初余额、日期和金额")
        return sum(self.stands.get(one, 0) for one in (chart.cash, chart.bank)) - before


def check_batch(village: str, vouchers: Sequence[Imported], at: datetime) -> tuple[BatchFault, ...]:
    """Everything that keeps vouchers out of a book, row by row; nothing is written.

    Raises `Refused` when the village has no book.
    """
    book = Book.objects.filter(village=village).first()
    if book is None:
        raise Refused("本村还没有建账", remedy="先导入期初余额建账")
    return tuple(one for one in _drafted(book, vouchers, _sums(book), at) if isinstance(one, BatchFault))


@transaction.atomic
def post_batch(
    *,
    village: str,
    vouchers: Sequence[Imported],
    receipt: str,
    by: Actor,
    office: str,
    at: datetime,
    progress: Progress | None = None,
) -> BatchPosted:
    """Post vouchers in the order of their days, each under the next number of its month, in one transaction.

    `progress` is told how many are written. Raises `Refused` for no voucher, no book, or the first that does not
    balance, falls into a closed month, names no account of the chart, or overdraws cash or bank.
    """
    if not vouchers:
        raise Refused("文件里没有凭证", remedy="请核对文件")
    book = writing.lock_book(village)
    sums, serials = _sums(book), _serials(book)
    drafts = _whole(_drafted(book, vouchers, sums, at))
    numbers: list[str] = []
    total = 0
    while portion := list(islice(drafts, PORTION)):
        written = [_numbered(book, draft, serials) for draft in portion]
        _insert(book, written, by, office, at)
        journal.record_many((_act(book, one, receipt, by, office) for one in written), at)
        numbers += [one.number for one in written]
        total += sum(one.draft.total.fen for one in written)
        if progress:
            progress(len(numbers))
    _carry(book, sums)
    return BatchPosted(len(numbers), min(numbers, key=_order), max(numbers, key=_order), Money(total))


@dataclass(frozen=True)
class _Draft:
    """A voucher that may stand: its chart, month, total, the change of the village's money, and that after it."""

    told: Imported
    chart: Chart
    month: str
    total: Money
    change: int
    left: int


@dataclass(frozen=True)
class _Numbered:
    draft: _Draft
    serial: int
    number: str
    key: str


def _sums(book: Book) -> _Sums:
    stands = {row.account: row.debit_fen - row.credit_fen for row in Balance.objects.filter(book=book)}
    return _Sums(queries.chart, stands)


def _drafted(
    book: Book, vouchers: Sequence[Imported], sums: _Sums, at: datetime
) -> Iterator[_Draft | BatchFault]:
    """Each voucher as it would stand, in the order of days, or why it cannot."""
    charts: dict[date, Chart] = {}
    for told in sorted(vouchers, key=lambda one: (one.occurred_on, one.row)):
        try:
            if told.occurred_on not in charts:
                charts[told.occurred_on] = sums.chart_of(told.occurred_on)
            yield _draft(book, told, charts[told.occurred_on], sums, at)
        except Refused as problem:
            yield BatchFault(
                told.row, f"{problem.reason}：{problem.remedy}" if problem.remedy else problem.reason
            )


def _draft(book: Book, told: Imported, chart: Chart, sums: _Sums, at: datetime) -> _Draft:
    month = writing.choose_month(book, told.occurred_on, None, at)
    for line in told.lines:
        if chart.account(line.account).code == chart.year_result:
            raise Refused("本年收益由结转凭证记", remedy="删去这一张，年底在系统里结转")
    total = check_balanced(told.lines, chart.citation)
    change = sums.add(chart, month, told.lines)
    left = sum(sums.stands.get(one, 0) for one in (chart.cash, chart.bank))
    return _Draft(told, chart, month, total, change, left)


def _whole(drafts: Iterable[_Draft | BatchFault]) -> Iterator[_Draft]:
    """The drafts, as long as none of them is a fault: half a file is never posted."""
    for one in drafts:
        if isinstance(one, BatchFault):
            raise Refused(f"第{one.row}行：{one.message}", remedy="改好文件再导入；什么也没有登记")
        yield one


def _serials(book: Book) -> dict[str, int]:
    rows = book.vouchers.values("month").annotate(last=Max("serial")).values_list("month", "last")
    return dict(rows)


def _numbered(book: Book, draft: _Draft, serials: dict[str, int]) -> _Numbered:
    serial = serials[draft.month] = serials.get(draft.month, 0) + 1
    number = f"{draft.month}-记-{serial}"
    return _Numbered(draft, serial, number, queries.voucher_id(book.village, number))


def _order(number: str) -> tuple[str, int]:
    month, _, serial = number.rpartition("-记-")
    return month, int(serial)


def _insert(book: Book, written: Sequence[_Numbered], by: Actor, office: str, at: datetime) -> None:
    """Lines first, then the vouchers over them: their insert proves the balance (0003_balanced)."""
    LineRow.objects.bulk_create(
        (
            LineRow(
                voucher_id=one.key, book=book, month=one.draft.month, account=line.account, sub=line.sub,
                summary=line.summary, party=line.party, debit_fen=line.debit.fen, credit_fen=line.credit.fen,
            )
            for one in written
            for line in one.draft.told.lines
        ),
        batch_size=PORTION,
    )  # fmt: skip
    Voucher.objects.bulk_create((_row(book, one, by, office, at) for one in written), batch_size=PORTION)


def _row(book: Book, one: _Numbered, by: Actor, office: str, at: datetime) -> Voucher:
    draft = _as_written(one)
    return Voucher(
        id=one.key, book=book, month=draft.month, serial=one.serial, kind=draft.kind, occurred_on=draft.occurred_on,
        summary=draft.summary, method=draft.method, amount_fen=draft.amount.fen, income_fen=draft.income.fen,
        expense_fen=draft.expense.fen, balance_fen=one.draft.left, fingerprint=writing.fingerprint(book, draft, one.key),
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip


def _as_written(one: _Numbered) -> writing.Draft:
    """The voucher in the words of every other voucher."""
    told, change = one.draft.told, one.draft.change
    return writing.Draft(
        kind=Voucher.Kind.ENTRY,
        occurred_on=told.occurred_on,
        month=one.draft.month,
        summary=told.summary,
        lines=told.lines,
        amount=one.draft.total,
        income=Money(max(change, 0)),
        expense=Money(max(-change, 0)),
        method=_method(one.draft.chart, told.lines),
    )


def _method(chart: Chart, lines: Sequence[Line]) -> str:
    accounts = {line.account for line in lines}
    return "bank" if chart.bank in accounts else "cash" if chart.cash in accounts else ""


def _act(book: Book, one: _Numbered, receipt: str, by: Actor, office: str) -> Act:
    """The journal entry of a voucher, with the receipt of its file and its number in the other system."""
    draft = _as_written(one)
    said = f"导入回执{receipt}" + (f"，原凭证{one.draft.told.source}" if one.draft.told.source else "")
    source = TypedField("source", "来源", FieldKind.text.value, said)
    act = writing.voucher_act(
        book.village, one.number, draft, Money(one.draft.left), one.draft.chart, by=by, office=office
    )
    return Act(
        act.act, act.village, act.subject, act.actor, act.office, act.occurred_on, (*act.fields, source),
        {**(act.data or {}), "receipt": receipt}, act.citation,
    )  # fmt: skip


def _carry(book: Book, sums: _Sums) -> None:
    """Bring the running balances and the months' up to what was posted."""
    balances = {row.account: row for row in Balance.objects.filter(book=book)}
    months = {(row.month, row.account): row for row in MonthBalance.objects.filter(book=book)}
    chart = queries.newest_chart(book.village)
    for (month, account), (debit, credit) in sums.months.items():
        running = balances.setdefault(
            account, Balance(book=book, account=account, liquid=account in (chart.cash, chart.bank))
        )
        of_month = months.setdefault((month, account), MonthBalance(book=book, month=month, account=account))
        for row in (running, of_month):
            row.debit_fen += debit
            row.credit_fen += credit
            row.save()
