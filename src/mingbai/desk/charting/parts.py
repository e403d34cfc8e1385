"""The form of one step: which parts its kind has, each with what is written there now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from mingbai.desk.charting import conditions
from mingbai.desk.charting.controls import (
    Control,
    Group,
    Line,
    Part,
    area,
    check,
    checks,
    hidden,
    note,
    number,
    select,
    several,
    text,
)
from mingbai.procedures.drafted import Folder
from mingbai.procedures.rules.rows import words
from mingbai.procedures.rules.rows.gaps import Gap
from mingbai.procedures.rules.rows.model import FieldRow, GroundRow, LimitRow, StepRow, Table
from mingbai.procedures.rules.rows.sentences import values_of

LEVELS = {"village": "村", "town": "镇（街道）", "district": "区"}
_PASSING = ("choice", "both", "join")
_FIGURE = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Around:
    """What the parts choose from: the other files of the draft, and the chart with the numbers of its steps; on which day."""

    folder: Folder
    table: Table
    on: date
    numbers: Mapping[str, int]

    @property
    def steps(self) -> dict[str, str]:
        """Every step with its number on the drawing; what only parts the ways has none."""
        return {one.id: f"{self.numbers.get(one.id, '')} {one.name}".strip() for one in self.table.nodes}

    def words(self, label: str) -> str:
        """A label of a branch with the figures of the day in it."""
        known = self.folder.figures(self.on)
        return _FIGURE.sub(lambda found: known[found[1]].text if found[1] in known else _("限额"), label)

    @property
    def laws(self) -> Mapping[str, str]:
        """The legal register."""
        return self.folder.titles["laws"]


def parts_of(step: StepRow, around: Around, gaps: Iterable[Gap]) -> tuple[Part, ...]:
    """The parts of a step's form in their order, each with what is missing in it."""
    missing: dict[str, list[str]] = {}
    for one in gaps:
        if one.step == step.id:
            missing.setdefault(_PART_OF.get(one.part, one.part), []).append(one.sentence)
    return tuple(
        replace(part, gaps=tuple(missing.get(part.id, ())), folded=part.folded and part.id not in missing)
        for part in _parts(step, around)
    )


_PART_OF = {
    "title": "what", "kind": "what", "lane": "what", "offices": "who", "body": "who", "discipline": "words",
    "source": "words", "after": "order", "apart": "order", "calls": "call",
}  # fmt: skip


def _parts(step: StepRow, around: Around) -> Iterator[Part]:
    acting = step.kind in words.DOING
    yield _what(step, around)
    if acting:
        yield _who(step, around)
        yield _papers(step)
        yield _fields(step)
        yield _limit(step, around)
        yield _words(step, around)
    if acting or step.kind == "call":
        yield _order(step, around)
    match step.kind:
        case "choice":
            yield conditions.branches(step, around.table, around.folder, around.steps)
        case "call":
            yield _call(step, around)
        case "both":
            lines = tuple(
                Line((one,)) for one in several("next", _("去"), step.next, around.steps, _("再加一路"))
            )
            yield Part("next", _("分头去哪几步"), lines)
        case "end" | "":
            return
        case _:
            to = select("next", _("办完去哪一步"), (step.next or ("",))[0], around.steps)
            yield Part("next", _("下一步"), (Line((to,)),))


def _what(step: StepRow, around: Around) -> Part:
    controls = [
        text("title", _("名称"), step.title, longest=40),
        select("kind", _("是哪一种步骤"), step.kind, words.KINDS),
    ]
    lines = [Line(tuple(controls))]
    if step.kind not in _PASSING:
        lanes = {one.id: one.title or one.id for one in around.table.lanes}
        more = [select("lane", _("画在哪一列"), step.lane, lanes)]
        if step.kind != "end":
            more.append(text("hint", _("图上的一句提示"), step.hint, longest=40))
        lines.append(Line(tuple(more)))
    if step.kind == "end":
        lines.append(Line((check("stopped", _("到这里是没办成"), step.stopped),)))
    return Part("what", _("做什么"), tuple(lines))


def _who(step: StepRow, around: Around) -> Part:
    titles, levels = around.folder.titles["offices"], around.folder.levels
    groups = [
        Group(title, tuple((id, name) for id, name in titles.items() if levels.get(id) == level))
        for level, title in LEVELS.items()
    ]
    lines = [Line((checks("offices", _("哪些职务都可以办"), step.offices, groups),))]
    if step.kind == "meeting":
        lines.append(Line((select("body", _("开哪个会"), step.body, around.folder.titles["bodies"]),)))
    stages = [Group(title, tuple(group.items())) for title, group in words.STAGE_GROUPS.items()]
    lines.append(
        Line(
            (
                select("hand", _("经手的性质"), step.hand, words.HANDS, blank=_("没有")),
                select("stage", _("法定的哪个环节"), step.stage, stages, blank=_("没有")),
            )
        )
    )
    lines.append(Line((check("supervised", _("村务监督委员会要在场"), step.supervised),)))
    return Part("who", _("谁来办"), tuple(lines))


def _papers(step: StepRow) -> Part:
    lines = []
    for place, one in enumerate([*step.papers, None]):
        at = f"paper-{place}-"
        label = one.label if one else ""
        title = _("单据 %s") % (place + 1) if one else _("再加一样")
        controls = (
            text(at + "label", title, label),
            check(at + "optional", _("可以没有"), bool(one and one.optional)),
        )
        lines.append(Line((hidden(at + "id", one.id if one else ""), *controls)))
    return Part("papers", _("要什么单据"), tuple(lines), hint=_("名称清空就是不要了。"))


def _fields(step: StepRow) -> Part:
    lines = tuple(_field(place, one) for place, one in enumerate([*step.fields, FieldRow()]))
    said = "、".join(one.label for one in step.fields) or _("没有")
    return Part("fields", _("要填什么"), lines, hint=_("名称清空就是不要了。"), folded=True, summary=said)


def _field(place: int, one: FieldRow) -> Line:
    at = f"field-{place}-"
    shown = Group(_("可以公开的"), tuple((id, words.FIELD_KINDS[id]) for id in words.SHOWN))
    rest = Group(
        _("不公开的"), tuple((id, said) for id, said in words.FIELD_KINDS.items() if id not in words.SHOWN)
    )
    controls = (
        hidden(at + "id", one.id),
        text(at + "label", _("填什么"), one.label),
        select(at + "kind", _("是什么样的内容"), one.kind, [shown, rest]),
        check(at + "optional", _("可以不填"), one.optional),
    )
    below = tuple(_options(at, one)) if one.kind == "choice" else ()
    return Line(controls, one.label or _("再加一栏"), below)


def _options(at: str, one: FieldRow) -> Iterator[Line]:
    for place, option in enumerate([*((each.id, each.label) for each in one.options), ("", "")]):
        name, (id, label) = f"{at}option-{place}-", option
        meaning = id if id in words.ANSWERS else ""
        yield Line(
            (
                hidden(name + "id", id),
                text(name + "label", _("答案 %s") % (place + 1), label),
                select(
                    name + "meaning", _("办理上的意思"), meaning, words.ANSWERS, blank=_("没有特别的意思")
                ),
            )
        )


def _limit(step: StepRow, around: Around) -> Part:
    limit = step.limit
    span = (
        select("limit_bound", _("最多还是不少于"), limit.bound, words.BOUNDS),
        number("limit_value", _("多少"), str(limit.value)),
        select("limit_unit", _("按什么算"), limit.unit, words.UNITS),
    )
    return Part("limit", _("多久"), (Line(span), Line(_ground("limit_", limit, around), _("凭哪一条"))))


def _ground(at: str, ground: LimitRow | GroundRow, around: Around) -> tuple[Control, ...]:
    return (
        select(at + "law", _("法规"), ground.law, around.laws),
        text(at + "article", _("第几条"), ground.article),
        select(at + "confidence", _("核对过没有"), ground.confidence, words.CONFIDENCES),
    )


def _words(step: StepRow, around: Around) -> Part:
    lines = (
        Line((area("discipline", _("纪律"), step.discipline, hint=_("一句话，不许做什么")),)),
        Line(_ground("source_", step.source, around), _("这一步凭什么办")),
    )
    return Part("words", _("纪律和依据"), lines)


def _order(step: StepRow, around: Around) -> Part:
    others = {id: title for id, title in around.steps.items() if id != step.id}
    lines = []
    if step.kind in words.DOING:
        for place, group in enumerate([*step.after, ()]):
            title = _("先办完（写几个的，办完一个就行）") if group else _("还要先办完")
            lines.append(
                Line(
                    several(f"after-{place}", title, group, others, _("没有") if not group else _("或者")),
                    title,
                )
            )
    apart = several("apart", _("办过这一步的人不能办"), step.separate_from, others, _("没有"))
    lines.append(Line(apart, _("谁不能办：办过下面这些步骤的人")))
    named = [others.get(one, one) for group in step.after for one in group] + [
        others.get(one, one) for one in step.separate_from
    ]
    return Part(
        "order",
        _("先后和分手"),
        tuple(lines),
        folded=True,
        summary="、".join(dict.fromkeys(named)) or _("没有"),
    )


def _call(step: StepRow, around: Around) -> Part:
    charts = {id: one.title for id, one in around.folder.known.charts.items() if id != around.table.procedure}
    lines = [
        Line(
            (
                select("calls", _("走哪一张图"), step.calls, charts),
                check("open", _("画图时把里面的步骤也画出来"), step.open),
            )
        )
    ]
    sub = around.folder.known.charts.get(step.calls)
    if sub is not None:
        for end, title in sub.ends.items():
            label = _("“%s”以后回到") % title
            lines.append(Line((select(f"return-{end}", label, step.returns.get(end, ""), around.steps),)))
        values = {one.id: one.title for one in values_of(around.table)}
        for name, title in sub.given.items():
            lines.append(
                Line(
                    (select(f"pass-{name}", _("交过去的“%s”是") % title, step.passes.get(name, ""), values),)
                )
            )
    else:
        lines.append(Line((note(_("选好以后存一下，再写每个结果回到哪一步。")),)))
    return Part("call", _("走另一张图"), tuple(lines))
