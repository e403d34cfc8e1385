"""The list against the charts: each power has one and each chart a power; same openness, same figures, same limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingbai.catalogue.rules.law import UNIT_TITLES, Parameter
from mingbai.catalogue.rules.linter.agreement import compilers, named
from mingbai.catalogue.rules.linter.findings import Finding
from mingbai.catalogue.rules.linter.matching import BESIDE_THE_BEST
from mingbai.catalogue.rules.linter.sides import ChartLimit, ChartSide
from mingbai.catalogue.rules.linter.words import Wording, quoted
from mingbai.catalogue.rules.powers import LEVEL_TITLES, Power, TimeLimit
from mingbai.kernel import Citation

NATURE = {
    "village_self_governance": "self_government",
    "mixed_service_and_self_governance": "mixed",
    "party_affairs": "party",
    "assists_government": "assists_government",
    "assists_government_with_village_decision": "assists_with_decision",
    "assists_government_with_village_appraisal": "assists_with_appraisal",
}
NONE = "禁止公示"
AFTER = "公布"
ALIKE = 0.3
OF_CASES = ("process", "result")
EVERY = "每"
OWN = "administrative"
_DAYS = {"hour": 1 / 24, "calendar_day": 1.0, "working_day": 7 / 5, "month": 30.0, "year": 365.0}
_PARTS = re.compile(r"[、，；。]")
_FIGURE = re.compile(r"[0-9０-９]|[一二三四五六七八九十百千万两]+(?:分之|元|周岁|级|个月|年|日|天|倍|档)")


def chart_findings(
    powers: Sequence[Power],
    charts: Sequence[ChartSide],
    parameters: Mapping[str, Parameter],
    basis: Citation | None,
) -> Iterator[Finding]:
    """Every power against the chart that it names, and charts that belong to no power.

    How the district keeps its own list (`administrative`) is no power of a village.
    """
    by_id = {one.id: one for one in charts}
    for power in powers:
        chart = by_id.get(power.procedure or "")
        if chart is None:
            said = f"{named(power)}还没有流程图，办不了。"
            decide = "编好流程图，证明合法以后确认。"
            about = f"no_chart/{power.number}"
            here = f"清单 {power.name}"
            yield Finding(about, "no_chart", here, "流程图没有", said, decide, compilers(power), basis)
        else:
            yield from _OnePower(power, chart, parameters, basis).findings()
    used = {one.procedure for one in powers}
    for chart in charts:
        if not chart.part and chart.nature != OWN and chart.id not in used:
            said = f"流程图{quoted(chart.title)}没有哪一项权力用它。"
            sides = ("清单没有", f"流程图 {chart.title}")
            decide = "在清单里补上这一项，或者撤掉这张图。"
            yield Finding(f"no_power/{chart.id}", "no_power", *sides, said, decide, "", basis)


class _OnePower:
    def __init__(
        self, power: Power, chart: ChartSide, parameters: Mapping[str, Parameter], basis: Citation | None
    ) -> None:
        self.power, self.chart, self.parameters, self.basis = power, chart, parameters, basis
        self.wording = Wording()

    def findings(self) -> Iterator[Finding]:
        yield from self.nature()
        yield from self.openness()
        yield from self.thresholds()
        yield from self.notices()
        yield from self.limits()
        yield from self.shown()

    def found(self, kind: str, about: str, here: str, there: str, said: str, decide: str) -> Finding:
        id = f"{kind}/{self.power.number}" + (f"-{about}" if about else "")
        sentence = f"{named(self.power)}：{said}"
        return Finding(id, kind, here, there, sentence, decide, compilers(self.power), self.basis)

    def nature(self) -> Iterator[Finding]:
        if NATURE[self.power.nature] != self.chart.nature:
            sides = (f"清单 {self.power.nature_title}", f"流程图 {self.chart.nature}")
            said = f"清单说是{self.power.nature_title}，流程图不是照这个性质画的。"
            yield self.found("nature", "", *sides, said, "定下是村里自己的事还是协助政府办的事。")

    def openness(self) -> Iterator[Finding]:
        """Five disclosures: each level in both; what is public of every case has something in common."""
        listed: dict[str, str] = {one.level: one.text for one in self.power.five_disclosures}
        for level, title in LEVEL_TITLES.items():
            here, there = listed.get(level, ""), self.chart.disclosures.get(level, "")
            if not there:
                said = f"五公开的“{title}”，流程图没有写公开什么。"
                yield self.found(
                    "no_disclosure", level, f"清单 {here}", "流程图没有", said, "在流程图里补上。"
                )
            elif level in OF_CASES and not self.wording.pairs(here) & self.wording.pairs(there):
                said = f"五公开的“{title}”，清单写{quoted(here)}，流程图写{quoted(there)}，对不上。"
                sides = (f"清单 {here}", f"流程图 {there}")
                yield self.found("disclosure_differs", level, *sides, said, "定下公开什么，两处写成一样。")

    def thresholds(self) -> Iterator[Finding]:
        """Bounds of the list that part no ways on the chart, and figures of the chart that the list does not name."""
        listed = {one.parameter: one for one in self.power.thresholds if one.parameter}
        for id, one in listed.items():
            if id not in self.chart.figures:
                said = f"清单写了{quoted(one.text)}，流程图没有拿它分路。"
                decide = "在流程图上用它分路，或者写明在哪里用。"
                yield self.found("threshold_unused", id, f"清单 {one.text}", "流程图没有用", said, decide)
        for id in sorted(self.chart.figures - set(listed)):
            title = self.parameters[id].title if id in self.parameters else id
            said = f"流程图拿{quoted(title)}分路，清单没有写这个限额。"
            decide = "写进清单的限额。"
            yield self.found("threshold_unlisted", id, "清单没有", f"流程图 {title}", said, decide)
        for at, one in enumerate(self.power.thresholds, 1):
            if one.parameter is None and _FIGURE.search(one.text):
                said = f"清单写了{quoted(one.text)}，不是登记的数值，流程图没法拿它分路，由经办的人自己掌握。"
                decide = "要系统来判的，登记成数值；不用的，写明由谁掌握。"
                yield self.found(
                    "threshold_by_hand", str(at), f"清单 {one.text}", "流程图没有用", said, decide
                )

    def notices(self) -> Iterator[Finding]:
        """Days on the board."""
        drawn = [one for one in self.chart.limits if one.notice]
        for at, one in enumerate(self.power.publicity, 1):
            if one.kind == NONE and drawn:
                said = f"清单写明不设公示，流程图画了{quoted(drawn[0].step)}。"
                sides = (f"清单 {one.name}", f"流程图 {drawn[0].step}")
                yield self.found("notice_forbidden", str(at), *sides, said, "把流程图上的公示撤掉。")
            elif one.min_days and one.unit:
                written = ChartLimit(one.name, "min", one.min_days, one.unit, True, one.kind == AFTER)
                same = [each for each in drawn if each.result == written.result] or drawn
                yield from self.compare(f"notice-{at}", written, same, lonely=len(same) == 1)

    def limits(self) -> Iterator[Finding]:
        """Limits in time of the list that carry a number; how often something is done is no limit of a step."""
        for at, one in enumerate(self.power.time_limits, 1):
            if one.binds_cases():
                yield from self.over_steps(at, one)
            elif one.bound and one.value and one.unit and EVERY not in one.text:
                written = ChartLimit(_last_step(one.counted_from or one.text), one.bound, one.value, one.unit)
                same = [each for each in self.chart.limits if each.bound == written.bound]
                yield from self.compare(f"limit-{at}", written, same, lonely=False)

    def over_steps(self, at: int, limit: TimeLimit) -> Iterator[Finding]:
        """A limit over several steps names its first and last: both are on the chart."""
        for step in (limit.from_step, limit.to_step):
            if step not in self.chart.steps:
                said = f"清单的{quoted(limit.text)}从“{limit.from_step}”算到“{limit.to_step}”，流程图上没有“{step}”这一步。"
                sides = (f"清单 {limit.text}", "流程图没有")
                decide = "写明从哪一步算到哪一步。"
                yield self.found("not_in_chart", f"limit-{at}-{step}", *sides, said, decide)

    def compare(
        self, about: str, written: ChartLimit, drawn: Sequence[ChartLimit], *, lonely: bool
    ) -> Iterator[Finding]:
        """One limit of the list with the step whose name is most like it; `lonely`: the only one is meant."""
        like = self.most_like(written, drawn, lonely=lonely)
        here = f"清单 {written.step} {_said(written)}"
        if like is None:
            if not any(
                (one.bound, one.value, one.unit) == (written.bound, written.value, written.unit)
                for one in drawn
            ):
                said = f"清单写了{quoted(written.step)}{_said(written)}，流程图上没有这个期限。"
                decide = "在流程图上补上，或者写明在哪里算。"
                yield self.found("not_in_chart", about, here, "流程图没有", said, decide)
        elif (like.value, like.unit) != (written.value, written.unit):
            kind = "shorter" if _days(like) < _days(written) else "longer"
            said = (
                f"清单写{quoted(written.step)}{_said(written)}，流程图的{quoted(like.step)}是{_said(like)}。"
            )
            there = f"流程图 {like.step} {_said(like)}"
            yield self.found(kind, about, here, there, said, "定下一个期限，两处写成一样。")

    def most_like(
        self, written: ChartLimit, drawn: Sequence[ChartLimit], *, lonely: bool
    ) -> ChartLimit | None:
        scored = [(self.wording.alike(written.step, one.step), one) for one in drawn]
        best = max((score for score, _ in scored), default=0.0)
        near = [one for score, one in scored if score >= max(ALIKE, BESIDE_THE_BEST * best)]
        same = [one for one in near if (one.value, one.unit) == (written.value, written.unit)]
        found = same or near or (list(drawn) if lonely else [])
        return found[0] if found else None

    def shown(self) -> Iterator[Finding]:
        """What the list keeps from the public is asked for in fields of kinds that are masked."""
        for one in self.power.must_not_publish:
            for field in self.chart.fields:
                if field.public and any(part in field.label for part in _PARTS.split(one.text)):
                    said = f"清单说{quoted(one.text)}不能公开，流程图的{quoted(field.step)}有可以公开的栏目{quoted(field.label)}。"
                    sides = (f"清单 {one.text}", f"流程图 {field.step} {field.label}")
                    decide = "把这个栏目改成不公开的一类，或者改清单。"
                    yield self.found("shown_forbidden", f"{field.step}-{field.label}", *sides, said, decide)


def _said(limit: ChartLimit) -> str:
    least = "不少于" if limit.bound == "min" else "不超过"
    return f"{least}{limit.value}{UNIT_TITLES.get(limit.unit, limit.unit)}"


def _last_step(text: str) -> str:
    """收到申请书到谈话: the step that must be done in time is the last named."""
    return re.split("[到至]", text)[-1] or text


def _days(limit: ChartLimit) -> float:
    """About how long, to say which of two limits is the longer: five working days are a week."""
    return limit.value * _DAYS[limit.unit]


def figures_of(conditions: Iterable[str]) -> frozenset[str]:
    """The parameters that these conditions read."""
    return frozenset(one for text in conditions for one in re.findall(r"\bparam\.([a-z_][a-z0-9_]*)", text))
