"""Layouts (表样): which column of a file is what, known by the words of its header row; data of the district.

No layout comes from a statute: they are what the department's files look like, `assumed` until it confirms them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Confidence, Refused, line_of, load_located, validate

LAYOUTS_FILE = "layouts.yaml"
HEADER_WITHIN = 15
"""The header is among so many first rows: titles and village names stand above it."""
KINDS = ("vouchers", "balances", "assets", "contracts", "roll", "bank")
FIELDS: dict[str, tuple[str, ...]] = {
    "vouchers": ("day", "number", "summary", "account", "account_name", "party", "debit", "credit"),
    "balances": ("account", "account_name", "debit", "credit"),
    "bank": ("day", "income", "expense", "balance", "party", "summary", "id", "account"),
    "assets": (
        "number",
        "name",
        "kind",
        "place",
        "value",
        "area",
        "boundaries",
        "acquired",
        "acquired_on",
        "custodian",
        "state",
        "management",
        "group",
        "funded_by",
        "photo",
    ),
    "contracts": ("number", "party", "price", "signed_on", "starts_on", "ends_on", "case", "text"),
}
BESIDE: dict[str, tuple[str, ...]] = {"attendance": ("person", "identity", "day", "morning", "afternoon")}
"""Kinds that are not handed in among the files of a village but on a page of their own."""
TITLES = {
    "person": "姓名", "identity": "身份证号", "morning": "上午", "afternoon": "下午",
    "day": "日期", "number": "凭证号", "summary": "摘要", "account": "科目编码", "account_name": "科目名称",
    "party": "往来单位", "debit": "借方金额", "credit": "贷方金额", "income": "收入金额", "expense": "支出金额",
    "balance": "余额", "id": "流水号", "name": "名称", "kind": "类别", "place": "位置", "value": "原值",
    "acquired_on": "取得日期", "custodian": "保管人", "state": "状态", "price": "合同价款", "starts_on": "开始日期",
    "ends_on": "结束日期", "signed_on": "签订日期", "area": "面积", "boundaries": "四至", "acquired": "取得方式",
    "management": "怎样经营", "group": "村民小组", "funded_by": "资金来源", "photo": "照片", "case": "事项", "text": "合同文本",
}  # fmt: skip
_UNIT = re.compile(r"[（(](?:单位[:：])?(元|万元)[)）]$")
_FACTORS = {"元": 100, "万元": 1_000_000}


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class ColumnText(_Text):
    """One column: what it is, and the words by which its header is known, the first being written on export."""

    field: Word
    headers: Annotated[list[Word], Field(min_length=1)]
    required: bool = False


class LayoutText(_Text):
    """One layout; `system` names the mandated system whose file it is, empty for the platform's own."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    kind: Literal["vouchers", "balances", "assets", "contracts", "bank", "attendance"]
    title: Word
    system: str = ""
    confidence: Confidence
    columns: Annotated[list[ColumnText], Field(min_length=2)]


class LayoutsText(_Text):
    """The whole file."""

    layouts: Annotated[list[LayoutText], Field(min_length=1)]


Layout = LayoutText


@dataclass(frozen=True)
class Recognised:
    """A layout found in a file: the header's row (from 0), each field's column, and what a sum of it is in fen."""

    layout: Layout
    header: int
    columns: Mapping[str, int]
    factors: Mapping[str, int]
    fingerprint: str

    def words(self, lines: Sequence[Sequence[Any]]) -> dict[str, str]:
        """What each field's header says in the file."""
        return {field: str(lines[self.header][at]).strip() for field, at in self.columns.items()}


def read_layouts(text: str, filename: str = LAYOUTS_FILE) -> tuple[Layout, ...]:
    """The layouts of a district. Raises `BadFile` for a field its kind does not have, or an id used twice."""
    raw = validate(LayoutsText, text, filename)
    seen: set[str] = set()
    for at, one in enumerate(raw.layouts):
        unknown = {column.field for column in one.columns} - set({**FIELDS, **BESIDE}[one.kind])
        if unknown or one.id in seen:
            said = (
                f"{one.kind} 没有这些栏：{'、'.join(sorted(unknown))}"
                if unknown
                else f"表样 {one.id} 写了两遍"
            )
            raise BadFile(filename, line_of(load_located(text, filename)[1], ("layouts", at)), said)
        seen.add(one.id)
    return tuple(raw.layouts)


def recognise(
    lines: Sequence[Sequence[Any]], layouts: Sequence[Layout], mapping: Mapping[str, str] | None = None
) -> Recognised:
    """The layout that names most columns of the file's header; `mapping` (field: header words) goes before it.

    Raises:
        Refused: no row among the first has every required column of a layout, or two headers say the same.
    """
    best: Recognised | None = None
    for header, line in enumerate(lines[:HEADER_WITHIN]):
        for layout in layouts:
            found = _match(layout, header, line, mapping or {})
            if found is not None and (best is None or len(found.columns) > len(best.columns)):
                best = found
    if best is None:
        raise Refused(
            f"前{HEADER_WITHIN}行里没有认得出的表头",
            remedy=f"表头要有：{_wanted(layouts)}；叫别的名字的，自己指定一次，以后记得",
        )
    return best


def fingerprint(line: Sequence[Any]) -> str:
    """A header row by its words: the same header is recognised again as it was mapped."""
    return hashlib.sha256("\x1f".join(_plain(cell)[0] for cell in line).encode()).hexdigest()[:40]


def _match(layout: Layout, header: int, line: Sequence[Any], mapping: Mapping[str, str]) -> Recognised | None:
    heads = [_plain(cell) for cell in line]
    columns: dict[str, int] = {}
    factors: dict[str, int] = {}
    for column in layout.columns:
        words = [mapping[column.field]] if column.field in mapping else column.headers
        wanted = {_plain(word)[0] for word in words}
        places = [at for at, (head, _) in enumerate(heads) if head in wanted]
        if len(places) > 1:
            raise Refused(
                f"第{header + 1}行有两栏都是“{TITLES[column.field]}”", remedy="删去一栏，或者自己指定用哪一栏"
            )
        if places:
            columns[column.field], factors[column.field] = places[0], heads[places[0]][1]
    if any(column.required and column.field not in columns for column in layout.columns):
        return None
    return Recognised(layout, header, columns, factors, fingerprint(line))


def _plain(cell: Any) -> tuple[str, int]:
    """A header without spaces, marks and unit; and how many fen one of its unit is."""
    text = "".join(unicodedata.normalize("NFKC", "" if cell is None else str(cell)).split())
    unit = _UNIT.search(text)
    return _UNIT.sub("", text).strip("*:："), _FACTORS[unit[1]] if unit else 100


def _wanted(layouts: Sequence[Layout]) -> str:
    needed = [column.headers[0] for column in layouts[0].columns if column.required] if layouts else []
    return "、".join(needed)
