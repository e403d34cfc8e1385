"""The tables that leave: the same rows as came in, under the first header words of a layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from mingbai.catalogue import queries as catalogue
from mingbai.exchange.rules.layouts import LAYOUTS_FILE, TITLES, Layout, read_layouts
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.queries import lines as ledger_lines
from mingbai.ledger.rules import Span
from mingbai.meetings.queries import roll_book
from mingbai.organisations import queries as organisations
from mingbai.registers.queries import contracts
from mingbai.registers.queries.access import kinds_on
from mingbai.registers.queries.objects import ObjectView, all_objects
from mingbai.registers.rules.objects import ACQUIRED, MANAGEMENT, STATES

Rows = Iterator[Mapping[str, str]]
ROLL_HEADERS = ("编号", "姓名", "户号", "组", "身份")


def table(
    kind: str, village: str, span: Span, today: date, layout: str = "", body: str = ""
) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """The header and the rows of a kind for a village and period, as texts.

    Raises:
        Refused: no such kind or layout.
    """
    if kind in _PLAIN:
        headers, make = _PLAIN[kind]
        return headers, make(village, span, today, body)
    if kind not in _LAID_OUT:
        raise Refused(f"没有“{kind}”这一种", remedy=f"可以是：{'、'.join([*_LAID_OUT, *_PLAIN])}")
    chosen = layout_of(kind, today, layout)
    fields = [one.field for one in chosen.columns]
    rows = (tuple(row.get(name, "") for name in fields) for row in _LAID_OUT[kind](village, span))
    return tuple(one.headers[0] for one in chosen.columns), rows


def layout_of(kind: str, today: date, id: str = "") -> Layout:
    """A layout of the district, the first of its kind when none is named. Raises `Refused` when there is none."""
    text = catalogue.current(today).files.get(LAYOUTS_FILE)
    found = [one for one in read_layouts(text) if one.kind == kind and id in ("", one.id)] if text else []
    if not found:
        raise Refused(
            f"没有这样的表样：{id or TITLES.get(kind, kind)}", remedy="请区级在 layouts.yaml 里补上"
        )
    return found[0]


def systems(today: date) -> tuple[Layout, ...]:
    """The layouts of mandated systems, to whom files are sent."""
    text = catalogue.current(today).files.get(LAYOUTS_FILE)
    return tuple(one for one in read_layouts(text) if one.system) if text else ()


def _vouchers(village: str, span: Span) -> Rows:
    names: dict[str, str] = {}
    for one in ledger_lines.lines_of(village, span):
        chart = books.chart(one.occurred_on) if one.account not in names else None
        if chart is not None:
            names[one.account] = chart.account(one.account).name
        yield {
            "day": one.occurred_on.isoformat(), "number": one.number, "summary": one.summary, "account": one.account,
            "account_name": names[one.account], "party": one.party, "debit": _sum(one.debit_fen),
            "credit": _sum(one.credit_fen),
        }  # fmt: skip


def _balances(village: str, span: Span) -> Rows:
    for line in books.trial_balance(village, span.last).lines:
        fen = line.debit.fen - line.credit.fen
        if fen:
            yield {
                "account": line.account.code, "account_name": line.account.name, "debit": _sum(max(fen, 0)),
                "credit": _sum(max(-fen, 0)),
            }  # fmt: skip


def _bank(village: str, span: Span) -> Rows:
    for one in ledger_lines.bank_lines_of(village, span):
        yield {
            "day": one.day.isoformat(), "income": _sum(max(one.fen, 0)), "expense": _sum(max(-one.fen, 0)),
            "balance": _plain(one.balance_fen), "party": one.party, "summary": one.summary, "id": one.id,
            "account": one.account,
        }  # fmt: skip


def _roll(village: str, span: Span, today: date, body: str) -> Iterator[tuple[str, ...]]:
    for one in roll_book(village, body or "villagers_meeting", today).entries:
        yield one.number, one.name, one.household, one.group, one.standing


def _objects(village: str, span: Span) -> Rows:
    for one in all_objects(village):
        area = one.area.replace(",", "")
        yield {
            "number": one.number, "name": one.name, "kind": _kind(one), "place": one.place, "area": area,
            "value": "" if area else _plain(one.value.fen), "boundaries": one.standing.boundaries,
            "acquired": ACQUIRED.get(one.acquired, ""),
            "acquired_on": one.acquired_on.isoformat() if one.acquired_on else "",
            "custodian": organisations.office_title(one.standing.custodian), "state": STATES[one.standing.state],
            "management": MANAGEMENT[one.family][one.standing.management], "group": one.group,
            "funded_by": one.funded_by, "photo": "已登记",
        }  # fmt: skip


def _kind(one: ObjectView) -> str:
    return kinds_on(one.registered_on).title(one.family, one.kind)


def _contracts(village: str, span: Span) -> Rows:
    for one in contracts(village):
        yield {
            "number": one.number, "party": one.party, "price": _plain(one.price.fen),
            "signed_on": one.signed_on.isoformat(), "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(), "case": one.case, "text": "已登记",
        }  # fmt: skip


def _sum(fen: int) -> str:
    return _plain(fen) if fen else ""


def _plain(fen: int) -> str:
    return Money(fen).yuan().replace(",", "")


_LAID_OUT: dict[str, Callable[[str, Span], Rows]] = {
    "vouchers": _vouchers,
    "balances": _balances,
    "bank": _bank,
    "assets": _objects,
    "contracts": _contracts,
}
_PLAIN: dict[str, tuple[tuple[str, ...], Callable[[str, Span, date, str], Iterator[tuple[str, ...]]]]] = {
    "roll": (ROLL_HEADERS, _roll),
}
