"""Branches of a choice: each condition a few rows of “this value – compares so – with that”, or an expression with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from mingbai.desk.charting.controls import Control, Group, Line, Part, area, check, note, number, select, text
from mingbai.kernel import Money
from mingbai.procedures.drafted import Folder
from mingbai.procedures.rules.rows.model import BranchRow, StepRow, Table
from mingbai.procedures.rules.rows.sentences import (
    NUMBERS,
    SIGNS,
    Clause,
    Phrase,
    Value,
    phrase_of,
    say,
    values_of,
)

Titles = Mapping[str, str]


def branches(step: StepRow, table: Table, folder: Folder, steps: Titles) -> Part:
    """The part of the form for a choice's branches."""
    values = values_of(table)
    figures = {id: one.title for id, one in folder.parameters.items()}
    asked = _Asked(table, values, figures)
    lines = [asked.line(place, way, steps) for place, way in enumerate(step.branches)]
    hint = _(
        "从上往下看，第一条合得上的就走那一条；最后一条是其余的情况。名称里写 {限额的编号} 会换成当天的数。"
    )
    return Part("branches", _("怎么分路"), tuple(lines), hint=hint)


class _Asked:
    """What conditions of one chart can ask for."""

    def __init__(self, table: Table, values: Iterable[Value], figures: Titles) -> None:
        self.table, self.figures = table, figures
        self.values = {one.id: one for one in values}

    def line(self, place: int, way: BranchRow, steps: Titles) -> Line:
        """One branch."""
        at = f"branch-{place}-"
        controls = [
            text(at + "label", _("这一路叫什么"), way.label),
            select(at + "to", _("去哪一步"), way.to, steps),
        ]
        title = _("其余的情况") if way.otherwise else _("第 %s 路") % (place + 1)
        if way.otherwise:
            return Line((*controls, Control("hidden", at + "otherwise", value="1")), title)
        controls.append(check(at + "gone", _("去掉这一路"), False))
        return Line(tuple(controls), title, tuple(self.condition(at, way.when)))

    def condition(self, at: str, when: str) -> Iterable[Line]:
        """The condition as rows of comparisons where it is that simple, else as an expression with its words."""
        phrase = phrase_of(when)
        if phrase is None:
            said = say(when, self.table, self.figures)
            hint = _("意思是：%s") % said if said != when else _("这个式子看不懂，照着改或者清空重写。")
            yield Line((area(at + "cel", _("这一路的条件（式子）"), when, hint=hint),))
            return
        if when:
            yield Line((note(_("走这一路：%s") % say(when, self.table, self.figures)),))
        if len(phrase.clauses) > 1:
            joints = {"all": _("下面几条都要合得上"), "any": _("下面几条合得上一条就行")}
            yield Line((select(at + "joint", _("怎么合起来"), "all" if phrase.every else "any", joints),))
        yield from self._rows(at, phrase)

    def _rows(self, at: str, phrase: Phrase) -> Iterable[Line]:
        for place, clause in enumerate([*phrase.clauses, Clause("", "==", "")]):
            name = f"{at}clause-{place}-"
            yield Line(
                (
                    select(name + "left", self._asking(clause), clause.left, self._lefts(), blank=_("没有")),
                    replace(select(name + "sign", _("怎么比"), clause.sign, SIGNS), narrow=True),
                    select(
                        name + "right",
                        _("和什么比"),
                        self._chosen(clause),
                        self._rights(),
                        blank=_("写数，写在右边"),
                    ),
                    number(name + "number", _("数"), self._number(clause)),
                )
            )

    @staticmethod
    def _asking(clause: Clause) -> str:
        return _("看什么") if clause.left else _("再看一样（可以不写）")

    def _lefts(self) -> list[Group]:
        by_step: dict[str, list[tuple[str, str]]] = {}
        for one in self.values.values():
            by_step.setdefault(one.step_title, []).append((one.id, one.label))
        return [Group(title, tuple(options)) for title, options in by_step.items()]

    def _rights(self) -> list[Group]:
        answers = [
            Group(one.title, tuple((f"={one.id}:{id}", label) for id, label in one.options.items()))
            for one in self.values.values()
            if one.options
        ]
        figures = Group(_("限额标准"), tuple((f"param.{id}", title) for id, title in self.figures.items()))
        others = tuple((one.id, one.title) for one in self.values.values() if one.kind in NUMBERS)
        return [*answers, figures, Group(_("填的别的数"), others)]

    @staticmethod
    def _chosen(clause: Clause) -> str:
        if clause.right.startswith("'"):
            return f"={clause.left}:{clause.right.strip(chr(39))}"
        return "" if clause.right.isdigit() else clause.right

    def _number(self, clause: Clause) -> str:
        if not clause.right.isdigit():
            return ""
        left = self.values.get(clause.left)
        in_money = left is not None and left.kind == "money"
        return Money(int(clause.right)).yuan().removesuffix(".00") if in_money else clause.right
