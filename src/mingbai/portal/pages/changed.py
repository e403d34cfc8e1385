"""What one edition changed, ordered for a reader: by power, its chart step by step, then figures, laws, other rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules.changes import Change
from mingbai.kernel import BadFile
from mingbai.procedures.rules.rows.model import read_table
from mingbai.procedures.rules.rows.sentences import say


@dataclass(frozen=True)
class Line:
    """One change: `step` of the chart if it is one, what changed, and the words before and after if it has both."""

    step: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Group:
    """What changed in one power, or in one of the other parts of the list; `renumbered`: only the source is another."""

    power: str
    title: str
    href: str
    lines: tuple[Line, ...]
    renumbered: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many changes there are in it."""
        return len(self.lines) + len(self.renumbered)


@dataclass(frozen=True)
class _Place:
    """Where a change stands on the page; powers by number before all else."""

    order: tuple[int, int, str]
    power: str
    title: str
    href: str = ""


@lru_cache(maxsize=64)
def groups_of(before: Edition, after: Edition, language: str) -> tuple[Group, ...]:
    """What `after` changed against `before`; put together once a process and language, since editions never change."""
    places = _Places(before, after)
    words = dict(_words(before, after))
    found: dict[_Place, list[Change]] = {}
    for change in catalogue.changes_of([after.number])[after.number]:
        found.setdefault(places.of(change), []).append(change)
    return tuple(_group(one, found[one], words) for one in sorted(found, key=lambda one: one.order))


def _group(place: _Place, changes: Iterable[Change], words: Mapping[str, str]) -> Group:
    told = [(one.kind == "citation", line_of(one, words)) for one in changes]
    lines = tuple(line for cited, line in told if not cited)
    return Group(place.power, place.title, place.href, lines, tuple(line for cited, line in told if cited))


def line_of(change: Change, words: Mapping[str, str]) -> Line:
    """A change as it reads under the title of its group: the subject is not named again, conditions and figures are in words."""
    subject = f"“{change.title}”"
    own = change.text.startswith(subject)
    text = change.text.removeprefix(subject).removeprefix("的").strip() if own else change.text
    for written, said in words.items():
        text = text.replace(written, said)
    step = change.title.partition("·")[2] if change.area == "chart" else ""
    swapped = f"由“{change.before}”改为“{change.after}”"
    if text.endswith(swapped):
        return Line(step, text.removesuffix(swapped).strip(), change.before, change.after)
    return Line(step, text)


class _Places:
    """To which power or part of the list a change belongs."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self.listed = {one.id for one in catalogue.powers(after)}
        powers = [*catalogue.powers(before), *catalogue.powers(after)]
        self.powers = {one.id: one for one in powers}
        self.runs = {one.procedure: one.id for one in powers if one.procedure}
        self.figures = {**catalogue.parameters(before), **catalogue.parameters(after)}

    def of(self, change: Change) -> _Place:
        """The place of a change."""
        if change.area == "power":
            return self._power(change.id)
        if change.area == "chart":
            return self._chart(change)
        if change.area == "parameter":
            owners = self.figures[change.id].powers
            return (
                self._power(owners[0])
                if len(owners) == 1
                else _Place((3, 0, ""), "", _("几项共用的限额标准"))
            )
        if change.area == "law":
            return _Place((4, 0, ""), "", _("法律、文件"))
        return self._file(change.id)

    def _power(self, id: str) -> _Place:
        power = self.powers[id]
        href = reverse("portal:power", args=[id]) if id in self.listed else ""
        return _Place((1, power.number, ""), id, power.name, href)

    def _chart(self, change: Change) -> _Place:
        if change.id in self.runs:
            return self._power(self.runs[change.id])
        title = change.title.partition("·")[0]
        return _Place((2, 0, change.id), "", _("流程图：%(title)s") % {"title": title})

    def _file(self, name: str) -> _Place:
        key = name.partition("/")[0]
        lists = {"duties.yaml": "portal:duties", "negative.yaml": "portal:negative"}
        href = reverse(lists[key]) if key in lists else ""
        return _Place((5, 0, key), "", _files().get(key, key), href)


def _files() -> dict[str, str]:
    """The other files of a district as a reader calls them."""
    return {
        "duties.yaml": _("责任清单"),
        "negative.yaml": _("负面清单"),
        "offices.yaml": _("职务和单位"),
        "divisions.csv": _("镇（街）和村（居）"),
        "calendar.yaml": _("工作日和节假日"),
        "meetings.yaml": _("会议怎么算数"),
        "accounts.yaml": _("会计科目"),
        "disclosure.yaml": _("公开什么、遮什么"),
        "risk_rules.yaml": _("风险提示规则"),
        "annexes.yaml": _("通知的附件"),
        "publicity.yaml": _("公示和公布的天数"),
        "remedies.yaml": _("不服找谁"),
        "district.yaml": _("区里的信息"),
        "crosswalk": _("清单与流程图的对照"),
    }


def _words(before: Edition, after: Edition) -> Iterator[tuple[str, str]]:
    """What stands in charts for the machine, and how it is said: conditions of branches, names of figures."""
    for edition, other in ((before, after), (after, before)):
        figures = {id: one.title for id, one in catalogue.parameters(edition).items()}
        yield from ((f"{{{id}}}", title) for id, title in figures.items())
        for name, text in edition.files.items():
            if name.startswith("procedures/") and other.files.get(name) != text:
                found = _conditions_in(name, text, figures)
                yield from ((f"（{when}）", f"（{said}）") for when, said in found)


def _conditions_in(name: str, text: str, figures: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    try:
        table = read_table(text, name)
    except BadFile:
        return
    for step in table.nodes:
        for way in step.branches:
            if way.when:
                yield way.when, say(way.when, table, figures)
