"""The cells of a row of the chart table, as the template draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from mingbai.procedures.rules.table import Row

register = template.Library()
_LONG = {"fields": 3, "papers": 2, "branches": 3}
_NEVER = {
    "task": {"body", "branches"}, "publicity": {"body", "branches"}, "payment": {"body", "branches"},
    "meeting": {"branches"}, "end": {"who", "fields", "papers", "limit", "limit_source", "apart", "body", "next", "branches"},
    "call": {"who", "fields", "papers", "limit", "limit_source", "body", "next"},
}  # fmt: skip
_PASSING = {"who", "fields", "papers", "limit", "limit_source", "discipline", "source", "apart", "body"}


@dataclass(frozen=True)
class Cell:
    """One input: its name in the form, its id on the page, its title, its text, how many lines it takes."""

    id: str
    name: str
    title: str
    text: str
    lines: int
    hint: str
    list: str


@register.filter
def cells(row: Row, columns: Mapping[str, str]) -> list[Cell]:
    """The cells that a row of this kind has."""
    hidden = _NEVER.get(row.kind, _PASSING | ({"branches"} if row.kind != "choice" else {"next"}))
    return [_cell(row, column, title) for column, title in columns.items() if column not in hidden]


def _cell(row: Row, column: str, title: str) -> Cell:
    text = row.cells[column]
    lines = max(_LONG.get(column, 1), text.count("\n") + 1)
    return Cell(
        f"{row.id}-{column}",
        f"{row.id}/{column}",
        title,
        text,
        lines,
        _hints().get(column, ""),
        _LISTS.get(column, ""),
    )


_LISTS = {"who": "all-offices", "source": "all-laws", "limit_source": "all-laws", "next": "all-steps"}


def _hints() -> dict[str, str]:
    return {
        "who": _("几个都可以办的，用；隔开"),
        "fields": _("一行一个，如：结论：选择（合格/不合格）"),
        "papers": _("一行一个，不一定要的写（可以没有）"),
        "limit": _("如：最多10个工作日，最少15日"),
        "source": _("法规名 第几条"),
        "branches": _("一行一路：说法 → 下一步：条件；最后一路的条件写“其他”"),
    }
