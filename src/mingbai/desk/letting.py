"""Land at the desk: whose pages they are, and what pasted rows and forms say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mingbai.desk import opening, relieving
from mingbai.desk.registering import day
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money, Refused
from mingbai.land.queries.access import land_offices, office_for, settings_on
from mingbai.land.rules.lists import Line
from mingbai.land.rules.requisitions import Award, Share
from mingbai.land.services import NewMandate, NewParcel
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.organisations.rules import Actor, holds_over
from mingbai.registers.rules.objects import parse_area

View = Callable[..., HttpResponse]
MOST_ROWS = 2_000


def villages_of(actor: Actor, on: date) -> tuple[DivisionView, ...]:
    """The villages in which a person does a step of one of the charts of land."""
    mine = set(land_offices(on)) & {one.office for one in actor.mandates}
    return tuple(
        one
        for one in organisations.villages()
        if any(holds_over(actor, office, one.code, on) for office in mine)
    )


def for_land(view: View) -> View:
    """Let in who does a step of land for the village; `request.village` is that village. Otherwise it is not there."""

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, village: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.village = organisations.division(village)
        except Refused as unknown:
            raise Http404("没有这个村") from unknown
        if len(village) != 12 or not office_for(request.actor, village, request.today):
            raise Http404("没有这个村")
        return view(request, *args, **kwargs)

    return guarded


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of land."""
    village = getattr(request, "village", None)
    common = {
        "who": opening.describe(request.actor, request.today, village),
        "today": request.today,
        "village": village,
    }
    return render(request, template, {**common, **context}, status=status)


def kept_paper(request: HttpRequest, label: str) -> str:
    """The photograph handed in, kept as a paper of the village; empty without one."""
    file = request.FILES.get("paper")
    if file is None:
        return ""
    kept = keep_paper(
        content=file.read(), name=file.name, label=label, village=request.village.code,
        actor=request.actor.person, at=request.now, subject=f"land:{request.village.code}",
    )  # fmt: skip
    return str(kept.id)


def _rows(text: str, least: int) -> Iterator[tuple[int, list[str]]]:
    """Pasted rows, cells apart by tab or comma; an empty row is passed over."""
    lines = [(order, line) for order, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise Refused(_("一次最多 %(n)s 行") % {"n": MOST_ROWS}, remedy=_("分几次登记"))
    for order, line in lines:
        cells = [one.strip() for one in line.replace("，", ",").replace("\t", ",").split(",")]
        if len(cells) < least:
            raise Refused(_("第 %(n)s 行少了列") % {"n": order}, remedy=_("照提示的顺序，每行写全"))
        yield order, cells


def parcels(text: str) -> list[NewParcel]:
    """Rows of contract, head, group, parcel, area in mu, last day; for the collective's own, head and day are empty.

    Raises:
        Refused: a row (by its number) that cannot be read.
    """
    return [
        _told(
            order, lambda c: NewParcel(c[0], c[1], c[2], c[3], area(c[4]), day(c[5]) if c[5] else None), cells
        )
        for order, cells in _rows(text, 6)
    ]


def _told(order: int, make: Callable[[list[str]], Any], cells: list[str]) -> Any:
    try:
        return make(cells)
    except Refused as fault:
        raise Refused(_("第 %(n)s 行：") % {"n": order} + fault.reason, fault.basis, fault.remedy) from fault


def area(text: str) -> int:
    """Mu as whole 0.01 mu, nought too. Raises `Refused` for anything else."""
    return 0 if text.strip() in ("0", "0.0", "0.00") else int(parse_area(text))


def mandate(request: HttpRequest) -> NewMandate:
    """What the form says of a mandate, its photograph kept.

    Raises:
        Refused: a day or sum that cannot be read.
    """
    said = request.POST
    return NewMandate(
        contract=said.get("contract", ""), parcels=words(said.get("parcels", "")), since=day(said.get("since", "")),
        until=day(said.get("until", "")), floor=Money.parse(said.get("floor", "")),
        members_only=bool(said.get("members_only")), paper=kept_paper(request, "土地流转委托书"),
    )  # fmt: skip


def words(text: str) -> tuple[str, ...]:
    """Words apart by spaces, commas or lines."""
    for mark in "，、,\t\r\n":
        text = text.replace(mark, " ")
    return tuple(text.split())


def award(request: HttpRequest) -> Award:
    """A requisition from the form: areas by land, sums by item, a pasted row for each household.

    A row is: contract, area, then one sum for each item in the order of the district's file.

    Raises:
        Refused: an area or sum that cannot be read.
    """
    rules, said = settings_on(request.today).requisition, request.POST
    items = [one.id for one in rules.items]
    return Award(
        lands={one.id: area(said[f"land_{one.id}"]) for one in rules.lands if said.get(f"land_{one.id}")},
        totals={id: money(said.get(f"item_{id}", "")) for id in items},
        kept={id: money(said.get(f"kept_{id}", "")) for id in items},
        collective_area=area(said["collective_area"]) if said.get("collective_area") else 0,
        shares=shares(said.get("rows", ""), items),
    )


def shares(text: str, items: Sequence[str]) -> list[Share]:
    """Pasted rows of contract, area, one sum for each item. Raises `Refused` for a row (by its number) that is none."""

    def share(cells: list[str]) -> Share:
        return Share(
            cells[0], area(cells[1]), {id: money(sum_) for id, sum_ in zip(items, cells[2:], strict=False)}
        )

    return [_told(order, share, cells) for order, cells in _rows(text, 2 + len(items))]


def money(text: str) -> int:
    """Fen; an empty box is nought. Raises `Refused` for anything else."""
    return Money.parse(text).fen if text.strip() else 0


def bank_return(request: HttpRequest) -> list[Line]:
    """The lines of the bank's return: an Excel or CSV file with 姓名 and 金额 (序号 when there is one).

    Raises:
        Refused: no file, too large, or what `relieving.read_report` refuses.
    """
    file = request.FILES.get("file")
    if file is None or file.size > relieving.BOUNDS.packed:
        raise Refused(_("没有选文件，或者文件太大"), remedy=_("选银行给的表，最大 5 MB"))
    return [Line(one.line, one.name, one.fen) for one in relieving.read_report(file.read())]
