"""What changed in a chart, step by step, as the department and the villager read it: the text form is compared.

A chart is plain data here; whether it is sound and lawful is proved elsewhere, on its compiled form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mingbai.catalogue.rules.changes import Change, Said, keyed, short
from mingbai.kernel import load_located

_UNITS = {"working_day": "个工作日", "calendar_day": "日", "month": "个月", "year": "年"}
_PLAIN = {
    "title": "名称", "hint": "提示", "discipline": "纪律", "body": "会议", "hand": "经手的性质", "stage": "所处阶段",
    "calls": "调用的流程", "kind": "环节种类", "supervised": "要不要村务监督委员会在场", "stopped": "是不是没有结果的结束",
    "open": "画图时要不要展开",
}  # fmt: skip
_NAMES = {"after": "先要办完的", "separate_from": "不能是同一人办的"}
_WHOLE = {
    "title": "名称", "nature": "性质", "power": "所属权力", "start": "从哪一步开始", "part": "只供别的图调用",
    "children": "未成年人事项",
}  # fmt: skip


def chart_changes(
    file: str,
    before: str | None,
    after: str | None,
    offices: Mapping[str, str],
    laws: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """What changed in one chart file; None where there is none. `offices`, `laws`: titles by id."""
    old = load_located(before, file)[0] if before is not None else None
    new = load_located(after, file)[0] if after is not None else None
    named: Any = new or old
    say = Said("chart", str(named["procedure"]), str(named["title"]))
    if old is None or new is None:
        kind, word = ("added", "增加") if old is None else ("removed", "取消")
        return (Change("chart", say.id, say.title, kind, f"{word}流程图“{say.title}”"),)
    return tuple(_Charts(say, old, new, offices, laws or {}).found())


class _Charts:
    """Two versions of one chart."""

    def __init__(
        self, say: Said, old: Any, new: Any, offices: Mapping[str, str], laws: Mapping[str, str]
    ) -> None:
        self.say, self.old, self.new, self.offices, self.laws = say, old, new, offices, laws
        self.was = {str(one["id"]): one for one in old["nodes"]}
        self.now = {str(one["id"]): one for one in new["nodes"]}
        self.lanes = {one["id"]: one["title"] for one in [*old["lanes"], *new["lanes"]]}

    def found(self) -> Iterator[Change]:
        """Every change, whole chart first, then steps in the order of the new chart, then those that went."""
        for key, label in _WHOLE.items():
            yield from self.say.changed(label, short(self.old.get(key)), short(self.new.get(key)))
        yield from self._disclosures()
        for id, node in self.now.items():
            if id not in self.was:
                yield self.say.change("added", f"增加环节“{self._name(node)}”{self._does(node)}", after=id)
            else:
                yield from self._node(self.was[id], node)
        for id, node in self.was.items():
            if id not in self.now:
                yield self.say.change("removed", f"去掉环节“{self._name(node)}”", id)

    def _disclosures(self) -> Iterator[Change]:
        old, new = self.old.get("disclosures", {}), self.new.get("disclosures", {})
        for level in dict.fromkeys([*old, *new]):
            yield from self.say.changed(f"五公开 {level} ", old.get(level, "没有"), new.get(level, "没有"))

    def _name(self, node: Mapping[str, Any]) -> str:
        return str(node.get("title") or node["id"])

    def _titled(self, id: str) -> str:
        node = self.now.get(id) or self.was.get(id)
        return self._name(node) if node else id

    def _does(self, node: Mapping[str, Any]) -> str:
        return f"，由{self._offices(node)}办" if node.get("offices") else ""

    def _offices(self, node: Mapping[str, Any]) -> str:
        return "、".join(self.offices.get(one, one) for one in node.get("offices", ())) or "没有写"

    def _node(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
        if old == new:
            return
        step = Said("chart", self.say.id, f"{self.say.title}·{self._name(new)}")
        for key, label in _PLAIN.items():
            yield from step.changed(label, short(old.get(key, "")), short(new.get(key, "")))
        yield from step.changed("办理单位", self._offices(old), self._offices(new))
        yield from step.changed(
            "所在的列", *(self.lanes.get(one.get("lane"), "没有写") for one in (old, new))
        )
        yield from step.changed("时限", _limit(old), _limit(new))
        yield from step.changed(
            "时限依据", self._ground(old, "limit"), self._ground(new, "limit"), "citation"
        )
        yield from step.changed("依据", self._ground(old, "source"), self._ground(new, "source"), "citation")
        for key, label in _NAMES.items():
            yield from step.changed(label, self._steps(old.get(key)), self._steps(new.get(key)))
        for key, label in (("papers", "单据"), ("fields", "栏目")):
            yield from _asked(step, label, old.get(key, []), new.get(key, []))
        yield from self._ways(step, old, new)

    def _ground(self, node: Mapping[str, Any], key: str) -> str:
        held = node.get(key)
        return f"{self.laws.get(held['law'], held['law'])} {held['article']}" if held else "没有写"

    def _steps(self, names: Any) -> str:
        flat = [one if isinstance(one, str) else "或".join(map(self._titled, one)) for one in names or ()]
        return "、".join(map(self._titled, flat)) or "没有"

    def _ways(self, step: Said, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
        if self._next(old) != self._next(new):
            before, after = self._next(old), self._next(new)
            yield step.change("moved", f"办完以后由去“{before}”改为去“{after}”", before, after)
        was = {self._branch(one): one for one in old.get("branches", ())}
        now = {self._branch(one): one for one in new.get("branches", ())}
        for said in was:
            if said not in now:
                yield step.change("removed", f"去掉分支：{said}", said)
        for said in now:
            if said not in was:
                yield step.change("added", f"增加分支：{said}", after=said)
        if set(was) == set(now) and list(was) != list(now):
            yield step.change("changed", "的分支换了先后", "；".join(was), "；".join(now))
        for key in ("returns", "passes"):
            yield from step.changed(f" {key} ", short(old.get(key, {})), short(new.get(key, {})))

    def _next(self, node: Mapping[str, Any]) -> str:
        ways = node.get("next") or ()
        return "、".join(map(self._titled, [ways] if isinstance(ways, str) else ways)) or "没有下一步"

    def _branch(self, way: Mapping[str, Any]) -> str:
        condition = f"（{way['when']}）" if way.get("when") else "（其余情况）"
        return f"{way['label']}{condition}去“{self._titled(str(way['to']))}”"


def _limit(node: Mapping[str, Any]) -> str:
    limit = node.get("limit")
    if not limit:
        return "没有写"
    word = "最少" if limit["bound"] == "min" else "最多"
    unsure = "（待确认）" if limit.get("confidence") == "assumed" else ""
    return f"{word}{limit['value']}{_UNITS.get(limit['unit'], limit['unit'])}{unsure}"


def _asked(step: Said, label: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    was, now = keyed(old), keyed(new)
    for id in dict.fromkeys([*was, *now]):
        if id not in now:
            yield step.change("removed", f"不再要{label}“{was[id]['label']}”", was[id]["label"])
        elif id not in was:
            word = "可交可不交的" if now[id].get("optional") else ""
            yield step.change("added", f"增加{word}{label}“{now[id]['label']}”", after=now[id]["label"])
        elif was[id] != now[id]:
            yield from step.changed(f"{label}“{now[id]['label']}”", short(was[id]), short(now[id]))
