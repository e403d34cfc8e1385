"""The list of powers, and one power: how it goes, what it rests on, the five disclosures, what runs now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules.powers import Disclosure, Power
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary
from mingbai.kernel import Confidence
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import charts
from mingbai.portal.pages.charts import ChartView

RUNNING = 8
LONG = 14
NO_FIGURES: Mapping[str, str] = {}
_PARAMETERS = re.compile(r"，?(?:设为)?参数 ?(?P<ids>[a-z][a-z0-9_]*(?: / [a-z][a-z0-9_]*)*)")
DELIBERATED = {"yes": "四议两公开", "partial": "大事走四议两公开", "no": "按规定审批"}


@dataclass(frozen=True)
class Said:
    """A sentence about a power; `unsure` ones are marked 待确认 wherever they stand."""

    text: str
    source: str
    unsure: bool

    @property
    def long(self) -> bool:
        """Too long to stand as a figure in large type."""
        return len(self.text) > LONG


@dataclass(frozen=True)
class Group:
    """Sentences of one sort. `unsure`: all of them are 待确认, said once; `brief`: short ones, set in one run."""

    title: str
    said: tuple[Said, ...]
    unsure: bool
    brief: bool


@dataclass(frozen=True)
class Basis:
    """A law with its articles and what they settle."""

    title: str
    articles: str
    point: str
    unsure: bool


@dataclass(frozen=True)
class Level:
    """One of the five disclosures: what is public and where to look."""

    title: str
    text: str
    href: str
    where: str
    unsure: bool


@dataclass(frozen=True)
class RunningCase:
    """A case of this power with its village."""

    case: CaseSummary
    place: str


@dataclass(frozen=True)
class PowerPage:
    """Everything a power's page shows."""

    power: Power
    short: str
    facts: tuple[tuple[str, Said], ...]
    chart: ChartView | None
    bases: tuple[Basis, ...]
    groups: tuple[Group, ...]
    levels: tuple[Level, ...]
    running: tuple[RunningCase, ...]
    edition: Edition


@dataclass(frozen=True)
class PowerList:
    """The list by category."""

    groups: tuple[tuple[str, tuple[Power, ...]], ...]
    count: int
    edition: Edition


def power_list(today: date) -> PowerList:
    """All powers in force today, by category in the order of the notice."""
    edition = catalogue.current(today)
    powers = catalogue.powers(edition)
    groups = tuple((name, tuple(group)) for name, group in groupby(powers, key=lambda one: one.category))
    return PowerList(groups, len(powers), edition)


def power_page(id: str, today: date) -> PowerPage:
    """One power in force today.

    Raises:
        Refused: the list has no such power.
    """
    edition = catalogue.current(today)
    power = catalogue.power(edition, id)
    running = disclosure.cases(power=id, running=True, limit=RUNNING)
    chart = charts.chart_view(edition.number, power.procedure, today) if power.procedure else None
    return PowerPage(
        power=power,
        short=_first(said(power.scope)),
        facts=_facts(power),
        chart=chart,
        bases=_bases(power, catalogue.laws(edition)),
        groups=_groups(power, _thresholds(power, edition, today), _figures(edition, today)),
        levels=tuple(_level(one, len(running), chart is not None) for one in power.five_disclosures),
        running=_running(running),
        edition=edition,
    )


def _first(sentences: tuple[Said, ...]) -> str:
    return "；".join(one.text for one in sentences[:2])


def _running(cases: Iterable[CaseSummary]) -> tuple[RunningCase, ...]:
    """Running cases with the names of their villages; no query when there are none."""
    running = tuple(cases)
    names = {one.code: one.short for one in organisations.villages()} if running else {}
    return tuple(RunningCase(one, names.get(one.village, "")) for one in running)


def said(facts: Iterable[Any], figures: Mapping[str, str] = NO_FIGURES) -> tuple[Said, ...]:
    """Facts as sentences with their source; a parameter that a sentence names becomes its figure of today."""
    return tuple(_said(fact, figures=figures) for fact in facts)


def _said(fact: Any, text: str = "", figures: Mapping[str, str] = NO_FIGURES) -> Said:
    note = getattr(fact, "note", "")
    words = (text or fact.text) + (f"（{note}）" if note else "")
    return Said(_with_figures(words, figures), fact.source, fact.confidence is Confidence.assumed)


def _with_figures(text: str, figures: Mapping[str, str]) -> str:
    """“…，参数 a / b” with what a and b are today: the page shows no name of a parameter."""

    def fill(found: re.Match[str]) -> str:
        known = [figures[id] for id in found["ids"].split(" / ") if figures.get(id)]
        return "：" + ("、".join(known) or _("还没有定"))

    return _PARAMETERS.sub(fill, text)


def _figures(edition: Edition, today: date) -> dict[str, str]:
    """What every parameter that is set says today."""
    found = catalogue.parameters(edition).items()
    return {id: one.say(value) for id, one in found if (value := one.on(today))}


def _facts(power: Power) -> tuple[tuple[str, Said], ...]:
    hung = next((one for one in power.publicity if one.min_days), None)
    four = power.four_deliberations
    facts = [
        (_("谁来办"), _said(power.handling_body)),
        (_("怎么定"), _said(four, DELIBERATED[four.required])),
        (_("谁定规矩"), Said("、".join(one.text for one in power.compiling_departments), "", False)),
    ]
    if hung:
        unit = _("个工作日") if hung.unit == "working_day" else _("天")
        text = _("不少于 %(n)s %(unit)s") % {"n": hung.min_days, "unit": unit}
        facts.insert(2, (hung.name, _said(hung, text)))
    return tuple(facts)


def _bases(power: Power, laws: Mapping[str, Any]) -> tuple[Basis, ...]:
    return tuple(
        Basis(
            laws[one.law].title if one.law in laws else one.law,
            "、".join(one.articles),
            one.point,
            one.confidence is Confidence.assumed,
        )
        for one in power.bases
    )


def _thresholds(power: Power, edition: Edition, today: date) -> tuple[Said, ...]:
    """The bounds with their figures of today; a figure that is assumed is marked, one not set says so."""
    parameters, figures = catalogue.parameters(edition), _figures(edition, today)
    out = []
    for one in power.thresholds:
        parameter = parameters.get(one.parameter) if one.parameter else None
        value = parameter.on(today) if parameter else None
        figure = (
            f"：{parameter.say(value)}" if parameter and value else (_("：还没有定") if one.parameter else "")
        )
        text = one.text if parameter and value and parameter.say(value) in one.text else one.text + figure
        unsure = one.confidence is Confidence.assumed or bool(
            value and value.confidence is Confidence.assumed
        )
        out.append(Said(_with_figures(text, figures), one.source, unsure))
    return tuple(out)


def _groups(power: Power, thresholds: tuple[Said, ...], figures: Mapping[str, str]) -> tuple[Group, ...]:
    def say(facts: Iterable[Any]) -> tuple[Said, ...]:
        return said(facts, figures)

    groups = (
        (_("管哪些事"), say(power.scope)),
        (_("不管哪些"), say(power.out_of_scope)),
        (_("怎么办"), say((power.method,))),
        (_("多少钱算大"), thresholds),
        (_("几天办完"), say(power.time_limits)),
        (_("要哪些材料"), say(power.materials)),
        (_("公示多久"), say(power.publicity)),
        (_("谁要回避"), say(power.recusal)),
        (_("不许做的"), say(power.discipline)),
        (_("容易出事的地方"), say(power.risks)),
        (_("不能公开的"), say(power.must_not_publish)),
    )
    return tuple(_group(title, facts) for title, facts in groups if facts)


def _group(title: str, facts: tuple[Said, ...]) -> Group:
    brief = len(facts) > 1 and all(not one.long for one in facts)
    return Group(title, facts, all(one.unsure for one in facts), brief)


def _level(one: Disclosure, running: int, drawn: bool) -> Level:
    places = {
        "list": ("#rules", _("本页")),
        "rules": ("#bases", _("看条文")),
        "procedure": ("#chart", _("看流程图")) if drawn else ("#rules", _("本页")),
        "process": ("#running", _("正在办的 %(n)s 件") % {"n": running})
        if running
        else ("", _("办的时候公布")),
        "result": ("/find/", _("查一查")),
    }
    href, where = places[one.level]
    return Level(one.level_title, one.text, href, where, one.confidence is Confidence.assumed)
