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
from mingbai.registers.queries.objects import all_objects

Rows = Iterator[Mapping[str, str]]
ROLL_HEADERS = ("编号", "姓名", "户号", "组", "身份")
OBJECT_HEADERS = ("编号", "名称", "类别", "位置", "原值（元）", "面积（亩）", "取得日期", "状态", "保管")
CONTRACT_HEADERS = ("编号", "合同对方", "合同价款（元）", "签订日期", "开始日期", "结束日期", "事项")


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


def _objects(village: str, span: Span, today: date, body: str) -> Iterator[tuple[str, ...]]:
    for one in all_objects(village, today):
        acquired = one.acquired_on.isoformat() if one.acquired_on else ""
        yield (
            one.number, one.name, one.kind, one.place, _sum(one.value.fen), one.area, acquired, one.standing.state,
            organisations.office_title(one.standing.custodian),
        )  # fmt: skip


def _contracts(village: str, span: Span, today: date, body: str) -> Iterator[tuple[str, ...]]:
    for one in contracts(village):
        yield (
            one.number, one.party, _plain(one.price.fen), one.signed_on.isoformat(), one.starts_on.isoformat(),
            one.ends_on.isoformat(), one.case,
        )  # fmt: skip


def _sum(fen: int) -> str:
    return _plain(fen) if fen else ""


def _plain(fen: int) -> str:
    return Money(fen).yuan().replace(",", "")


_LAID_OUT: dict[str, Callable[[str, Span], Rows]] = {
    "vouchers": _vouchers,
    "balances": _balances,
    "bank": _bank,
}
_PLAIN: dict[str, tuple[tuple[str, ...], Callable[[str, Span, date, str], Iterator[tuple[str, ...]]]]] = {
    "roll": (ROLL_HEADERS, _roll),
    "assets": (OBJECT_HEADERS, _objects),
    "contracts": (CONTRACT_HEADERS, _contracts),
}
