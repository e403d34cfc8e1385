"""Payment lists as they stand: lines, what came back, where it differs, who signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.relief.models import PaymentList, Report
from mingbai.relief.rules import age_on
from mingbai.relief.rules.lists import Confirmed, Difference, Reported, Source, differences

ADULT = 18
SOURCES: tuple[Source, ...] = ("publicised", "paid")


@dataclass(frozen=True)
class LineView:
    """A line: who, of which villagers' group, of how large a household, how much; `child`: under eighteen."""

    line: int
    name: str
    group: str
    people: int
    amount: Money
    child: bool
    enrolment: str


@dataclass(frozen=True)
class ListView:
    """A payment list; `differences` by source, and None for a source of which nothing came back yet."""

    number: str
    village: str
    scheme: str
    month: date
    total: Money
    lines: tuple[LineView, ...]
    publicised: tuple[Difference, ...] | None
    paid: tuple[Difference, ...] | None
    signed: tuple[tuple[str, str], ...]
    published: bool
    vouchers: tuple[str, ...] = ()

    def of_private(self) -> ListView:
        """The same of a private scheme: nothing is publicised, so nothing publicised is waited for."""
        return self if self.publicised is not None else replace(self, publicised=())

    @property
    def equal(self) -> bool:
        """Whether both lists came back and neither differs."""
        return self.publicised == () and self.paid == ()

    @property
    def found(self) -> tuple[Difference, ...]:
        """Every difference of both."""
        return (*(self.publicised or ()), *(self.paid or ()))


def payment_lists(village: str) -> tuple[PaymentList, ...]:
    """The lists of a village, newest month first."""
    return tuple(PaymentList.objects.filter(village=village).order_by("-month", "number"))


def payment_list(number: str, private: bool = False) -> ListView:
    """One list. Of a `private` scheme nothing is publicised, so nothing publicised is waited for.

    Raises:
        Refused: there is none of that number.
    """
    row = PaymentList.objects.filter(number=number).first()
    if row is None:
        raise Refused("没有这份发放名单", remedy="核对编号")
    lines = _lines(row)
    confirmed = [Confirmed(one.line, one.name, one.amount.fen, one.child) for one in lines]
    back = {source: _came_back(row, confirmed, source) for source in SOURCES}
    signed = row.signatures.order_by("id").values_list("person", "office")
    view = ListView(
        number, row.village, row.scheme, row.month, Money(row.total_fen), lines, back["publicised"], back["paid"],
        tuple(signed), hasattr(row, "publication"),
        tuple(row.vouchers.order_by("id").values_list("voucher", flat=True)),
    )  # fmt: skip
    return view.of_private() if private else view


def _lines(row: PaymentList) -> tuple[LineView, ...]:
    rows = list(
        row.lines.select_related("enrolment__member__household")
        .prefetch_related("enrolment__member__household__members")
        .order_by("line")
    )
    names = {one.id: one.name for one in organisations.people([it.enrolment.member.who for it in rows])}
    found = []
    for one in rows:
        who, home = one.enrolment.member, one.enrolment.member.household
        count = len(home.members.all()) if one.enrolment.covers == "household" else 1
        child = age_on(who.birth, row.month) < ADULT
        found.append(
            LineView(one.line, names[who.who], home.group, count, Money(one.fen), child, one.enrolment_id)
        )
    return tuple(found)


def _came_back(row: PaymentList, confirmed: list[Confirmed], source: Source) -> tuple[Difference, ...] | None:
    report = Report.objects.filter(list=row, source=source).order_by("-id").first()
    if report is None:
        return None
    lines = report.lines.order_by("id").values_list("line", "name", "fen")
    return differences(confirmed, [Reported(*one) for one in lines], source)
