"""The words of the table, each for one id and back: kinds of steps and fields, offices, laws, bodies, units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.kernel import Confidence, FieldKind
from mingbai.procedures.rules.text import Chart, NodeText, SourceText

KINDS: dict[str, str] = {
    "task": "办事", "meeting": "开会表决", "publicity": "公示", "payment": "付款", "choice": "分路", "both": "分头办",
    "join": "会合", "call": "走另一张图", "end": "结束",
}  # fmt: skip
FIELD_KINDS: dict[FieldKind, str] = {
    FieldKind.person: "人名", FieldKind.firm: "单位", FieldKind.id_number: "身份证号", FieldKind.bank_account: "银行账号",
    FieldKind.phone: "电话", FieldKind.address: "住址", FieldKind.household: "家庭情况", FieldKind.minor: "未成年人",
    FieldKind.money: "金额", FieldKind.text: "文字", FieldKind.date: "日期", FieldKind.integer: "数目",
    FieldKind.choice: "选择", FieldKind.office: "职务",
}  # fmt: skip
UNITS: dict[str, str] = {"working_day": "个工作日", "calendar_day": "日", "month": "个月", "year": "年"}
BOUNDS: dict[str, str] = {"max": "最多", "min": "最少"}
OTHERWISE = "其他"
OPTIONAL = "（可以没有）"
_LIMIT = re.compile(r"(最多|最少)\s*(\d{1,4})\s*(个工作日|日|个月|年)")


class Unknown(ValueError):
    """A word that the district does not have; the message says which and what to do."""


@dataclass(frozen=True)
class Words:
    """What the district calls things: id → title, for offices, laws and bodies."""

    offices: Mapping[str, str]
    laws: Mapping[str, str]
    bodies: Mapping[str, str]

    def office(self, title: str) -> str:
        """The id of an office by its title, or its id itself.

        Raises:
            Unknown: no office is called so.
        """
        return _back(self.offices, title, "职务")

    def body(self, title: str) -> str:
        """The id of a body that meets.

        Raises:
            Unknown: no body is called so.
        """
        return _back(self.bodies, title, "会")

    def say_source(self, source: SourceText | None) -> str:
        """A law and its article as people write them: 村民委员会组织法 第35条."""
        return f"{self.laws.get(source.law, source.law)} {source.article}".strip() if source else ""

    def source(self, text: str, before: SourceText | None) -> SourceText | None:
        """The citation that the words name; how sure it is stays when the words stay, else it is likely at best.

        Raises:
            Unknown: it begins with no law of the register.
        """
        said = text.strip()
        if not said or (before is not None and said == self.say_source(before)):
            return (
                SourceText(**{name: getattr(before, name) for name in SourceText.model_fields})
                if before and said
                else None
            )
        titles = sorted(((title, id) for id, title in self.laws.items()), key=lambda one: -len(one[0]))
        for title, id in titles:
            if said.startswith(title):
                sure = Confidence.assumed if id == "local-unknown" else Confidence.likely
                return SourceText(law=id, article=said.removeprefix(title).strip(), confidence=sure)
        raise Unknown(f"“{said[:20]}”不是法规清单里的法规，先在法规清单里登记")


def _back(titles: Mapping[str, str], said: str, what: str) -> str:
    if said in titles:
        return said
    found = [id for id, title in titles.items() if title == said]
    if not found:
        raise Unknown(f"没有叫“{said[:20]}”的{what}，从名单里选")
    return found[0]


def names(chart: Chart) -> dict[str, str]:
    """What each box is called in the table: its title, with its id where the title is not its own."""
    titles = [one.title for one in chart.nodes]
    return {one.id: _name(one, titles) for one in chart.nodes}


def _name(node: NodeText, titles: list[str]) -> str:
    return node.title if node.title and titles.count(node.title) == 1 else f"{node.title}#{node.id}"


def say_limit(node: NodeText) -> str:
    """A limit of time as people say it: 最多10个工作日."""
    limit = node.limit
    return f"{BOUNDS[limit.bound]}{limit.value}{UNITS[limit.unit]}" if limit else ""


def read_limit(text: str) -> tuple[str, int, str]:
    """Bound, value and unit of what `say_limit` said.

    Raises:
        Unknown: it is written otherwise.
    """
    found = _LIMIT.fullmatch(text.strip())
    if found is None:
        raise Unknown(f"时限“{text[:20]}”看不懂，写成“最多10个工作日”或者“最少15日”")
    bound = next(id for id, word in BOUNDS.items() if word == found[1])
    unit = next(id for id, word in UNITS.items() if word == found[3])
    return bound, int(found[2]), unit
