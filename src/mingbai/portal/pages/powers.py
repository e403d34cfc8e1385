"""The list of powers, and one power: how it goes, what it rests on, the five disclosures, what runs now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import wording
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules.powers import Disclosure, Power
from mingbai.catalogue.wording import Basis, Group, Said
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary
from mingbai.kernel import Confidence
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import charts
from mingbai.portal.pages.charts import ChartView

RUNNING = 8


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
    stands_since: Edition
    coming: Edition | None


@dataclass(frozen=True)
class PowerList:
    """The list by category."""

    groups: tuple[tuple[str, tuple[Power, ...]], ...]
    count: int
    edition: Edition
    coming: Edition | None


def power_list(today: date) -> PowerList:
    """All powers in force today, by category in the order of the notice."""
    edition = catalogue.current(today)
    powers = catalogue.powers(edition)
    groups = tuple((name, tuple(group)) for name, group in groupby(powers, key=lambda one: one.category))
    return PowerList(groups, len(powers), edition, _coming(today))


def _coming(today: date) -> Edition | None:
    """The next edition that is confirmed and not in force yet."""
    return next(iter(catalogue.coming(today)), None)


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
        short=wording.short(power),
        facts=wording.facts(power),
        chart=chart,
        bases=wording.bases(power, catalogue.laws(edition)),
        groups=wording.groups(power, edition, today),
        levels=tuple(_level(one, len(running), chart is not None) for one in power.five_disclosures),
        running=_running(running),
        edition=edition,
        stands_since=catalogue.edition(catalogue.stands_since(edition, id)),
        coming=_coming(today),
    )


def _running(cases: Iterable[CaseSummary]) -> tuple[RunningCase, ...]:
    """Running cases with the names of their villages; no query when there are none."""
    running = tuple(cases)
    names = {one.code: one.short for one in organisations.villages()} if running else {}
    return tuple(RunningCase(one, names.get(one.village, "")) for one in running)


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
