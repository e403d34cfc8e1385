"""What is missing in a chart that is being written, step by step, in the words of the form that asks for it.

The compiler stops at the first fault and names a line; here everything is named at once, with the place in the form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from mingbai.kernel import FieldKind
from mingbai.procedures.rules.expressions import names_in, words_for
from mingbai.procedures.rules.rows.model import BranchRow, FieldRow, GroundRow, LimitRow, StepRow, Table
from mingbai.procedures.rules.rows.sentences import Value, values_of
from mingbai.procedures.rules.rows.words import BOUNDS, CONFIDENCES, DOING, FIELD_KINDS, KINDS, UNITS

LONGEST_TITLE, LONGEST_LABEL, LONGEST_LIMIT = 40, 60, 3660
_PAYMENT = {"amount": "金额", "payee": "收款人", "method": "怎么付"}


@dataclass(frozen=True)
class Called:
    """A chart that can be called: its title, its ends and the values it asks for, each with its label."""

    title: str
    ends: Mapping[str, str]
    given: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What the district has, by id."""

    offices: Collection[str] = ()
    laws: Collection[str] = ()
    bodies: Collection[str] = ()
    parameters: Collection[str] = ()
    charts: Mapping[str, Called] = field(default_factory=dict)


@dataclass(frozen=True)
class Gap:
    """What is missing: in which step (empty: the chart as a whole), in which part of its form, said in words.

    `stops`: the chart cannot be proved before this is there.
    """

    step: str
    part: str
    sentence: str
    stops: bool = True


def gaps(table: Table, known: Known) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the form."""
    return tuple(_Looking(table, known).found())


class _Looking:
    def __init__(self, table: Table, known: Known) -> None:
        self.table, self.known = table, known
        self.ids = {one.id for one in table.nodes}
        self.lanes = {one.id for one in table.lanes}
        self.values = {one.id: one for one in values_of(table)}

    def found(self) -> Iterator[Gap]:
        """The whole chart first, then every step."""
        yield from self._head()
        for step in self.table.nodes:
            for part, sentence, stops in self._step(step):
                yield Gap(step.id, part, sentence, stops)

    def _head(self) -> Iterator[Gap]:
        if not 0 < len(self.table.title) <= LONGEST_LABEL:
            yield Gap("", "title", f"流程图要有名称，最多 {LONGEST_LABEL} 个字")
        if self.table.start not in self.ids:
            yield Gap("", "start", "还没有定从哪一步开始")
        if not self.lanes:
            yield Gap("", "lanes", "还没有泳道：至少写一列“谁”")
        for lane in self.table.lanes:
            if not 0 < len(lane.title) <= LONGEST_LABEL:
                yield Gap("", "lanes", f"泳道名称要有 1 到 {LONGEST_LABEL} 个字")

    def _step(self, step: StepRow) -> Iterator[tuple[str, str, bool]]:
        if step.kind not in KINDS:
            yield "kind", "还没有选是哪一种步骤", True
            return
        if step.kind not in ("choice", "both", "join"):
            if not 0 < len(step.title) <= LONGEST_TITLE:
                yield "title", f"要有名称，最多 {LONGEST_TITLE} 个字", True
            if step.lane not in self.lanes:
                yield "lane", "还没有选画在哪一列", True
        if step.kind in DOING:
            yield from self._done(step)
        yield from self._grounds(step)
        for said in self._asked(step):
            yield "fields", said, True
        for paper in step.papers:
            if not 0 < len(paper.label) <= LONGEST_LABEL:
                yield "papers", f"单据名称要有 1 到 {LONGEST_LABEL} 个字", True
        yield from self._ways(step)

    def _done(self, step: StepRow) -> Iterator[tuple[str, str, bool]]:
        unknown = [one for one in step.offices if one not in self.known.offices]
        if not step.offices or unknown:
            yield "offices", f"职务表里没有 {'、'.join(unknown)}" if unknown else "没有写谁来办", False
        if step.kind == "meeting" and step.body not in self.known.bodies:
            yield "body", "还没有选开哪个会", not step.body
        for part, empty, sentence in (
            ("limit", step.limit == LimitRow(), "没有写时限"),
            ("papers", not step.papers, "没有写要什么单据"),
            ("discipline", not step.discipline, "没有写纪律"),
            ("source", step.source == GroundRow(), "没有写依据"),
        ):
            if empty:
                yield part, sentence, False

    def _grounds(self, step: StepRow) -> Iterator[tuple[str, str, bool]]:
        source = step.source
        known = source.law in self.known.laws and source.confidence in CONFIDENCES
        if source != GroundRow() and not (known and source.article):
            yield "source", "依据要写全：哪部法规、哪一条、核对过没有", True
        if step.limit != LimitRow():
            yield from (("limit", said, True) for said in self._limit(step.limit))
        earlier = [one for group in step.after for one in group]
        for part, names in (("after", earlier), ("apart", step.separate_from)):
            if not self.ids.issuperset(names):
                yield part, "指的步骤已经没有了", True

    def _limit(self, limit: LimitRow) -> Iterator[str]:
        if not (isinstance(limit.value, int) and 1 <= limit.value <= LONGEST_LIMIT):
            yield f"时限要写成 1 到 {LONGEST_LIMIT} 的整数"
        if limit.bound not in BOUNDS or limit.unit not in UNITS:
            yield "时限要选“最多”还是“不少于”，按什么算"
        if limit.law not in self.known.laws or not limit.article or limit.confidence not in CONFIDENCES:
            yield "时限的依据要写全：哪部法规、哪一条、核对过没有"

    def _asked(self, step: StepRow) -> Iterator[str]:
        for one in step.fields:
            yield from self._field(one)
        held = {one.id: one for one in step.fields}
        if step.kind == "publicity":
            options = {one.id for one in held["objection"].options} if "objection" in held else set()
            if options != {"none", "raised"}:
                yield "公示要问“有没有异议”：没有、有"
        if step.kind == "payment":
            missing = [label for id, label in _PAYMENT.items() if id not in held]
            if missing:
                yield f"付款要问{'、'.join(missing)}"

    def _field(self, one: FieldRow) -> Iterator[str]:
        if not 0 < len(one.label) <= LONGEST_LABEL:
            yield f"要填的内容要有名称，最多 {LONGEST_LABEL} 个字"
        if one.kind not in FIELD_KINDS:
            yield f"“{one.label}”还没有选填什么样的内容"
        if one.kind == FieldKind.choice and not any(option.label for option in one.options):
            yield f"“{one.label}”是选择题，还没有写答案"

    def _ways(self, step: StepRow) -> Iterator[tuple[str, str, bool]]:
        match step.kind:
            case "end":
                return
            case "choice":
                yield from (("branches", said, True) for said in self._branches(step))
            case "call":
                yield from (("calls", said, True) for said in self._call(step))
            case "both" if len([one for one in step.next if one in self.ids]) < 2:
                yield "next", "分头办至少要有两路", True
            case _ if not step.next or any(one not in self.ids for one in step.next):
                yield "next", "没有写办完去哪一步", True

    def _branches(self, step: StepRow) -> Iterator[str]:
        if len(step.branches) < 2:
            yield "分路至少要有两条，最后一条是“其余的情况”"
        for place, way in enumerate(step.branches, 1):
            name = f"第 {place} 条“{way.label}”" if way.label else f"第 {place} 条"
            if not 0 < len(way.label) <= LONGEST_LABEL:
                yield f"{name}没有写名称"
            if way.to not in self.ids:
                yield f"{name}没有写去哪一步"
            if not way.otherwise:
                yield from (f"{name}{said}" for said in self._condition(way))

    def _condition(self, way: BranchRow) -> Iterator[str]:
        if not way.when:
            yield "没有写什么情况下走"
            return
        try:
            read, words = names_in(way.when), words_for(way.when)
        except ValueError as bad:
            yield f"的条件看不懂：{bad}"
            return
        for step, name in read:
            if not self._there(step, name):
                yield f"要看的“{step}.{name}”没有，或者那一栏可以不填"
        for (step, name), word in words:
            value = self.values.get(f"{step}.{name}")
            if value and not _offers(value, word):
                yield f"拿来比的“{word}”不是“{value.title}”的答案"

    def _there(self, step: str, name: str) -> bool:
        if step == "param":
            return name in self.known.parameters
        return f"{step}.{name}" in self.values or (step, name) == ("case", "title")

    def _call(self, step: StepRow) -> Iterator[str]:
        sub = self.known.charts.get(step.calls)
        if sub is None:
            yield "还没有选走哪一张图"
            return
        for end, title in sub.ends.items():
            if step.returns.get(end) not in self.ids:
                yield f"那张图“{title}”以后，没有写回到哪一步"
        for name, label in sub.given.items():
            if step.passes.get(name, "") not in {*self.values, *(f"given.{one}" for one in self.table.given)}:
                yield f"没有写把哪个“{label}”交给那张图"


def _offers(value: Value, word: str) -> bool:
    return value.kind != "choice" or word in value.options
