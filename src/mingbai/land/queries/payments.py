"""Lists of sums due to households as they stand: lines, what came back, where it differs, who signed."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.kernel import Money, Refused
from mingbai.land.models import Payment, PaymentLine
from mingbai.land.queries.parcels import heads
from mingbai.land.rules.lists import Difference, Line, differences


@dataclass(frozen=True)
class DueView:
    """What one household is due."""

    line: int
    household: int
    head: str
    group: str
    amount: Money


@dataclass(frozen=True)
class PaymentView:
    """A list; `differences` is None while nothing came back, empty when it was paid as listed."""

    number: str
    village: str
    transfer: str
    year: int
    requisition: str
    total: Money
    lines: tuple[DueView, ...]
    differences: tuple[Difference, ...] | None
    signed: tuple[tuple[str, str], ...]
    vouchers: tuple[str, ...] = ()

    @property
    def due(self) -> tuple[Line, ...]:
        """The lines as they are compared."""
        return tuple(Line(one.line, one.head, one.amount.fen) for one in self.lines)


def payment(number: str) -> PaymentView:
    """One list. Raises `Refused` when there is none of that number."""
    row = Payment.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这份价款名单", remedy="核对编号")
    found = list(PaymentLine.objects.filter(payment=row).select_related("household").order_by("line"))
    names = heads([one.household for one in found])
    lines = tuple(
        DueView(one.line, one.household_id, names[one.household_id], one.household.group, Money(one.fen))
        for one in found
    )
    signed = tuple(row.signatures.order_by("id").values_list("person", "office"))
    view = PaymentView(
        number, row.village, row.transfer_id or "", row.year, row.requisition_id or "", Money(row.total_fen),
        lines, None, signed, tuple(row.vouchers.order_by("id").values_list("voucher", flat=True)),
    )  # fmt: skip
    back = row.returns.order_by("-id").first()
    if back is None:
        return view
    paid = [Line(*one) for one in back.lines.order_by("id").values_list("line", "name", "fen")]
    return PaymentView(**{**view.__dict__, "differences": differences(view.due, paid)})
