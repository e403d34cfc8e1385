"""Transfer lists as they stand, what a list to come still lacks row by row, a household's own paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money, Refused
from mingbai.land.models import Payment, TransferLine, TransferList
from mingbai.land.queries.parcels import PlotView, heads, plots
from mingbai.land.rules import transfers as rules

A_PAGE = 60


@dataclass(frozen=True)
class Row:
    """A parcel of a list to come, its yearly rent, and all that it lacks."""

    one: PlotView
    rent: Money
    faults: tuple[rules.Fault, ...]


@dataclass(frozen=True)
class LineView:
    """A parcel of a list."""

    line: int
    household: int
    head: str
    group: str
    contract: str
    parcel: str
    area: str
    rent: Money
    mandate: int | None


@dataclass(frozen=True)
class ListView:
    """A transfer list; `ended` is its last day when it ended before its term."""

    number: str
    village: str
    case: str
    collective: bool
    recipient: str
    outside: bool
    since: date
    until: date
    ended: date | None
    price: Money
    yearly: Money
    area: str
    resolution: str
    approval: str
    lines: tuple[LineView, ...]
    payments: tuple[tuple[str, int], ...]

    @property
    def years(self) -> int:
        """How many payment years the term has."""
        return rules.years_of(self.since, self.until)

    def of(self, household: int) -> tuple[LineView, ...]:
        """One household's lines."""
        return tuple(one for one in self.lines if one.household == household)


def preview(village: str, numbers: Sequence[str], terms: rules.Terms, today: date) -> tuple[Row, ...]:
    """What a list of these parcels would lack, row by row; nothing is kept.

    Raises:
        Refused: no such parcel, one twice, terms that are none.
    """
    rules.check_terms(terms)
    return tuple(
        Row(one, Money(rules.rent(one.plot.area, terms.fen)), rules.faults(one.plot, terms, today))
        for one in plots(village, numbers)
    )


def lists_in(village: str, limit: int = A_PAGE) -> tuple[TransferList, ...]:
    """The newest lists of a village."""
    return tuple(TransferList.objects.filter(village=village).order_by("-recorded_at", "-number")[:limit])


def listed_for(case: str) -> tuple[str, ...]:
    """The numbers of the lists that a case has and that did not end."""
    return tuple(
        TransferList.objects.filter(case=case, end__isnull=True)
        .order_by("number")
        .values_list("number", flat=True)
    )


def transfer_list(number: str) -> ListView:
    """One list. Raises `Refused` when there is none of that number."""
    row = TransferList.objects.filter(number=number).select_related("end").first()
    if row is None:
        raise Refused("没有这张流转清单", remedy="核对编号")
    end = getattr(row, "end", None)
    found = list(row.lines.select_related("parcel__household").order_by("line"))
    names = heads([one.parcel.household for one in found])
    paid = Payment.objects.filter(transfer=row).order_by("year").values_list("number", "year")
    return ListView(
        number, row.village, row.case, row.collective, row.recipient, row.outside, row.since, row.until,
        end.on if end else None, Money(row.fen), Money(row.yearly_fen), _mu(row.area), row.resolution, row.approval,
        tuple(_line(one, names) for one in found), tuple(paid),
    )  # fmt: skip


def _line(one: TransferLine, names: dict[int, str]) -> LineView:
    home = one.parcel.household
    return LineView(
        one.line, home.id, names[home.id], home.group, home.contract, one.parcel.number, _mu(one.parcel.area),
        Money(one.fen), one.mandate_id,
    )  # fmt: skip


def _mu(area: int) -> str:
    return f"{area // 100}.{area % 100:02d}"
