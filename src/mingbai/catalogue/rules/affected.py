"""Whom a change of law touches: for each citation what it belongs to and who keeps it; and which powers stand on it.

A power is touched by its own text, by its chart, by a sub-procedure that its chart calls, by a figure it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mingbai.catalogue.rules.amending import Touched
from mingbai.catalogue.rules.folder import Catalogue
from mingbai.kernel import load_located

KINDS: dict[str, str] = {
    "power": "权力事项", "chart": "流程图", "parameter": "限额标准", "risk_rule": "风险规则", "body": "议事规则",
    "office": "职务", "disclosure": "公开规则", "account": "会计科目", "other": "其他",
}  # fmt: skip
_LISTED = {
    "parameters.yaml": ("parameter", "parameters", "title"),
    "risk_rules.yaml": ("risk_rule", "rules", "name"),
    "meetings.yaml": ("body", "bodies", "title"),
    "offices.yaml": ("office", "offices", "title"),
}
_CALLED = {
    "duties.yaml": "责任清单", "negative.yaml": "负面清单", "annexes.yaml": "通知的附件", "remedies.yaml": "救济途径",
    "publicity.yaml": "公示和公布的天数", "words.yaml": "名词解释", "due.yaml": "该公开什么、最晚哪天",
    "matters.yaml": "哪件事由哪个会定", "exclusions.yaml": "救助和补贴的互斥",
    "layouts.yaml": "导入导出的表样",
    "calendar.yaml": "工作日", "district.yaml": "区里的信息", "laws.yaml": "法律依据", "crosswalk": "流程对照表",
    "objects.yaml": "资产资源的种类", "contracts.yaml": "合同的种类",
    "cash.yaml": "现金、备用金和转账", "land.yaml": "流转、征收的规定", "labour.yaml": "用工的规定",
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What a citation belongs to: kind, id, title, the part of it (a field, a node), and the offices that keep it."""

    kind: str
    id: str
    title: str
    part: str
    keepers: tuple[str, ...]


@dataclass(frozen=True)
class Affected:
    """One place that must change, and what it belongs to."""

    touched: Touched
    subject: Subject

    def text(self) -> str:
        """One line: what it belongs to, where, what happens."""
        said = "；".join(one.text() for one in self.touched.hits)
        where = f"{self.touched.citing.file}:{self.touched.citing.line}"
        return f"{KINDS[self.subject.kind]}“{self.subject.title}”{self.subject.part}（{where}）{said}"


@dataclass(frozen=True)
class AffectedPower:
    """A power that stands on what changed: its own fields, the charts it runs, the figures it names."""

    number: int
    id: str
    name: str
    keepers: tuple[str, ...]
    fields: tuple[str, ...]
    charts: tuple[str, ...]
    figures: tuple[str, ...]
    to_review: bool


class Standing:
    """A district's files read once, to say what each place of them belongs to."""

    def __init__(self, files: Mapping[str, str], said: Catalogue) -> None:
        self.files, self.said = files, said
        self._trees: dict[str, Any] = {}

    def tree(self, file: str) -> Any:
        """The data of a file."""
        if file not in self._trees:
            self._trees[file] = load_located(self.files[file], file)[0]
        return self._trees[file]

    @cached_property
    def charts(self) -> Mapping[str, Any]:
        """Every chart as data, by id."""
        names = [name for name in self.files if name.startswith("procedures/")]
        return {name.removeprefix("procedures/").removesuffix(".yaml"): self.tree(name) for name in names}

    @cached_property
    def keepers(self) -> Mapping[str, tuple[str, ...]]:
        """The offices that compile each power."""
        return {
            one.id: tuple(dict.fromkeys(department.office for department in one.compiling_departments))
            for one in self.said.powers
        }

    def runs(self, chart: str) -> frozenset[str]:
        """A chart with every chart that it calls, directly or not."""
        found: set[str] = set()
        waiting = [chart]
        while waiting:
            name = waiting.pop()
            if name in self.charts and name not in found:
                found.add(name)
                waiting += [str(node["calls"]) for node in self.charts[name]["nodes"] if node.get("calls")]
        return frozenset(found)

    def subject(self, file: str, path: tuple[str | int, ...]) -> Subject:
        """What a place of a file belongs to."""
        tree, part = self.tree(file), ".".join(str(one) for one in path)
        if file.startswith("powers/"):
            return Subject("power", tree["id"], tree["name"], part, self.keepers[tree["id"]])
        if file.startswith("procedures/"):
            node = self._entry(tree, "nodes", path)
            part = str(node["id"]) if node else part
            return Subject("chart", tree["procedure"], tree["title"], part, self._of_chart(tree))
        if file in _LISTED:
            kind, key, title = _LISTED[file]
            entry = self._entry(tree, key, path)
            id, name = (entry["id"], entry[title]) if entry else (file, file)
            keepers = self._of_powers(entry.get("powers", ())) if entry else ()
            part = ".".join(map(str, path[2:]))
            return Subject(kind, str(id), str(name), part, keepers or self._of_file(file))
        kind = {"disclosure.yaml": "disclosure", "accounts.yaml": "account"}.get(file, "other")
        named = next((str(one) for one in path[1:2]), file)
        return Subject(
            kind, named, self._title(tree, path) or self._called(file, tree, path), part, self._of_file(file)
        )

    def _called(self, file: str, tree: Any, path: tuple[str | int, ...]) -> str:
        """A list of the district by its name, with the power of which it speaks there."""
        title = _CALLED.get(file.partition("/")[0], file)
        # A citation in a comment has no place in the tree.
        held = tree.get(path[0]) if path and isinstance(tree, dict) else None
        entry = self._entry(tree, str(path[0]), path) if isinstance(held, list) else tree
        id = str(entry.get("power", "")) if isinstance(entry, dict) else ""
        name = next((one.name for one in self.said.powers if one.id == id), "")
        return f"{title}·{name}" if name else title

    @staticmethod
    def _entry(tree: Any, key: str, path: tuple[str | int, ...]) -> Any:
        if len(path) > 1 and path[0] == key and isinstance(path[1], int):
            return tree[key][path[1]]
        return None

    @staticmethod
    def _title(tree: Any, path: tuple[str | int, ...]) -> str:
        held = tree
        for one in path[:2]:
            held = held.get(one) if isinstance(held, dict) else None
        return str(held.get("title") or held.get("rule") or "") if isinstance(held, dict) else ""

    def _of_powers(self, powers: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(office for one in powers for office in self.keepers.get(str(one), ())))

    def _of_chart(self, tree: Any) -> tuple[str, ...]:
        return self.keepers.get(str(tree.get("power")), ()) or self._of_file("procedures/")

    def _of_file(self, file: str) -> tuple[str, ...]:
        keeper = self.said.keepers.get(file)
        return (keeper,) if keeper else ()


def affected(standing: Standing, found: Iterable[Touched]) -> tuple[Affected, ...]:
    """Every touched citation with what it belongs to."""
    return tuple(Affected(one, standing.subject(one.citing.file, one.citing.path)) for one in found)


def affected_powers(standing: Standing, found: Iterable[Affected]) -> tuple[AffectedPower, ...]:
    """The powers that stand on any of it, by number."""
    places = list(found)
    charts = {one.subject.id for one in places if one.subject.kind == "chart"}
    figures = {one.subject.id for one in places if one.subject.kind == "parameter"}
    all_powers = (_power(standing, power, places, charts, figures) for power in standing.said.powers)
    return tuple(one for one in all_powers if one.fields or one.charts or one.figures)


def _power(
    standing: Standing, power: Any, places: list[Affected], charts: set[str], figures: set[str]
) -> AffectedPower:
    own = [one for one in places if (one.subject.kind, one.subject.id) == ("power", power.id)]
    runs = standing.runs(power.procedure) & charts if power.procedure else frozenset()
    named = {one.parameter for one in power.thresholds if one.parameter} & figures
    named |= {one.id for one in standing.said.parameters.values() if power.id in one.powers} & figures
    mine = {("power", power.id), *(("chart", one) for one in runs), *(("parameter", one) for one in named)}
    review = any(one.touched.to_review for one in places if (one.subject.kind, one.subject.id) in mine)
    fields = tuple(dict.fromkeys(one.subject.part for one in own))
    return AffectedPower(
        power.number, power.id, power.name, standing.keepers[power.id], fields,
        tuple(sorted(runs)), tuple(sorted(named)), review,
    )  # fmt: skip
