"""Pay lists as they stand: lines, whether they are the attendance, who signed, what the bank paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money, Refused
from mingbai.labour.models import PayLine, PayList
from mingbai.labour.queries.attendance import allowances_in, earned
from mingbai.labour.rules import Earned, Fault, PaidLine, bank_faults, list_faults
from mingbai.organisations import queries as organisations

ALLOWANCE = "误工补贴"


@dataclass(frozen=True)
class LineView:
    """A line: who, how many half days (hours) and at which rate, how much; `worked` in words."""

    line: int
    name: str
    worked: str
    rate: Money
    amount: Money


@dataclass(frozen=True)
class ListView:
    """A pay list; `faults` where it is not the attendance, `bank` where the bank paid otherwise, None: nothing back."""

    number: str
    village: str
    case: str
    order: str
    job: str
    month: date
    total: Money
    made_by: str
    lines: tuple[LineView, ...]
    faults: tuple[Fault, ...]
    bank: tuple[Fault, ...] | None
    signed: tuple[tuple[str, str], ...]
    void: str
    voucher: str
    published: bool


def worked(unit: str, units: int) -> str:
    """Half days as days, hours as hours, in words; empty for an allowance."""
    if unit == "hour":
        return f"{units}小时"
    whole, rest = divmod(units, 2)
    return f"{whole}.5天" if rest else f"{whole}天"


def pay_lists(village: str) -> tuple[PayList, ...]:
    """The lists of a village, newest month first."""
    rows = PayList.objects.filter(village=village).select_related("order", "void", "payment")
    return tuple(rows.order_by("-month", "-number")[:100])


def due(row: PayList) -> tuple[Earned, ...]:
    """What the list ought to say: the attendance of the order's month, or what of the allowances stands on it."""
    if row.order is not None:
        return earned(row.order, row.month)
    mine = set(row.lines.values_list("worker", flat=True))
    return tuple(
        Earned(one.worker_id, 0, one.fen)
        for one in allowances_in(row.village, row.case, row.month)
        if one.worker_id in mine
    )


def faults_of(row: PayList) -> tuple[Fault, ...]:
    """Where a list and the attendance are not the same set with the same days and sums. Three queries."""
    return _faults(row, row.lines.all())


def _faults(row: PayList, lines: Iterable[PayLine]) -> tuple[Fault, ...]:
    return list_faults(due(row), [Earned(one.worker_id, one.units, one.fen) for one in lines])


def pay_list(number: str) -> ListView:
    """One list.

    Raises:
        Refused: there is none of that number.
    """
    row = PayList.objects.filter(pk=number).select_related("order", "void", "payment", "publication").first()
    if row is None:
        raise Refused("没有这份发放表", remedy="核对编号")
    rows = list(row.lines.select_related("worker").order_by("line"))
    lines = _lines(row, rows)
    return ListView(
        number=row.number, village=row.village, case=row.case, order=row.order_id or "",
        job=row.order.job if row.order else ALLOWANCE, month=row.month, total=Money(row.total_fen),
        made_by=row.person, lines=lines, faults=_faults(row, rows), bank=_bank(row, lines),
        signed=tuple(row.signatures.order_by("id").values_list("person", "office")),
        void=row.void.reason if hasattr(row, "void") else "",
        voucher=row.payment.voucher if hasattr(row, "payment") else "",
        published=hasattr(row, "publication"),
    )  # fmt: skip


def _lines(row: PayList, rows: Sequence[PayLine]) -> tuple[LineView, ...]:
    names = {one.id: one.name for one in organisations.people({one.worker.who for one in rows})}
    unit = row.order.unit if row.order else ""
    return tuple(
        LineView(
            one.line, names[one.worker.who], worked(unit, one.units) if unit else "",
            Money(one.rate_fen), Money(one.fen),
        )
        for one in rows
    )  # fmt: skip


def _bank(row: PayList, lines: tuple[LineView, ...]) -> tuple[Fault, ...] | None:
    latest = row.returns.order_by("-id").prefetch_related("lines").first()
    if latest is None:
        return None
    paid = [
        PaidLine(one.line, one.name, one.fen) for one in sorted(latest.lines.all(), key=lambda one: one.id)
    ]
    return bank_faults([PaidLine(one.line, one.name, one.amount.fen) for one in lines], paid)
