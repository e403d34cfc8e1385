"""A power as people read it: one wording for the page, the card, the handbook. Figures are those of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules import Law, Power, Threshold
from mingbai.kernel import Confidence

LONG = 14
NO_FIGURES: Mapping[str, str] = {}
_PARAMETERS = re.compile(r"，?(?:设为)?参数 ?(?P<ids>[a-z][a-z0-9_]*(?: / [a-z][a-z0-9_]*)*)")
STATUSES = {
    "in_force": "现行",
    "in_force_unless_repealed": "现行，是否已废止待核",
    "in_force_unless_replaced": "现行，是否已被替代待核",
    "amended": "已修改",
    "maybe_replaced": "可能已被替代",
    "replaced": "已被替代",
    "superseded_in_practice": "实际已不再使用",
    "reference_only": "只供参照",
    "unknown": "没有查明",
}
"""How the register says whether a law is in force."""
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
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
    """Sentences of one sort: `id` is the power's own key for it (scope, materials, …).

    `unsure`: all of them are 待确认, said once; `brief`: short ones, set in one run.
    """

    id: str
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
class Registered:
    """A law of the register: what it is, since when, whether in force, and the numbers of the powers that rest on it."""

    title: str
    issued: str
    since: str
    status: str
    note: str
    powers: tuple[int, ...]
    unsure: bool


@dataclass(frozen=True)
class Remedy:
    """One way to be heard: what somebody can do, and on which law and article."""

    text: str
    basis: str
    unsure: bool


def said(facts: Iterable[Any], figures: Mapping[str, str] = NO_FIGURES) -> tuple[Said, ...]:
    """Facts as sentences with their source; a parameter that a sentence names becomes its figure of the day."""
    return tuple(_said(fact, figures=figures) for fact in facts)


def figures(edition: Edition, day: date) -> dict[str, str]:
    """What every parameter that is set says that day."""
    found = catalogue.parameters(edition).items()
    return {id: one.say(value) for id, one in found if (value := one.on(day))}


def short(power: Power) -> str:
    """The power in one line: the first two things it covers."""
    return "；".join(one.text for one in said(power.scope)[:2])


def facts(power: Power) -> tuple[tuple[str, Said], ...]:
    """Who handles it, how it is decided, how long it hangs, who makes its rules: title and sentence."""
    hung = next((one for one in power.publicity if one.min_days), None)
    four = power.four_deliberations
    found = [
        (_("谁来办"), _said(power.handling_body)),
        (_("怎么定"), _said(four, DELIBERATED[four.required])),
        (_("谁定规矩"), Said("、".join(one.text for one in power.compiling_departments), "", False)),
    ]
    if hung:
        unit = _("个工作日") if hung.unit == "working_day" else _("天")
        text = _("不少于 %(n)s %(unit)s") % {"n": hung.min_days, "unit": unit}
        found.insert(2, (hung.name, _said(hung, text)))
    return tuple(found)


def bases(power: Power, laws: Mapping[str, Law]) -> tuple[Basis, ...]:
    """The laws it rests on, to the article."""
    return tuple(
        Basis(
            laws[one.law].title if one.law in laws else one.law,
            "、".join(one.articles),
            one.point,
            one.confidence is Confidence.assumed,
        )
        for one in power.bases
    )


def register(edition: Edition) -> tuple[Registered, ...]:
    """The legal register in its own order."""
    resting: dict[str, list[int]] = {}
    for power in catalogue.powers(edition):
        for basis in power.bases:
            resting.setdefault(basis.law, []).append(power.number)
    return tuple(_registered(law, resting.get(id, [])) for id, law in catalogue.laws(edition).items())


def _registered(law: Law, powers: Iterable[int]) -> Registered:
    issued = "，".join(one for one in (law.issuer, law.doc_no) if one)
    days = ((_("施行"), law.in_force_since), (_("修改"), law.last_changed))
    since = "，".join(f"{title} {_long(day)}" for title, day in days if day)
    unsure = law.confidence is Confidence.assumed
    status = STATUSES.get(law.status, law.status)
    return Registered(law.title, issued, since, status, law.note, tuple(sorted(set(powers))), unsure)


def _long(day: str) -> str:
    """ISO dates as 2026年1月1日; all else as the register has it."""
    return _ISO.sub(lambda found: "{}年{}月{}日".format(*map(int, found.groups())), day)


def remedies(edition: Edition) -> tuple[Remedy, ...]:
    """What somebody can do who finds that something is wrong."""
    laws = catalogue.laws(edition)
    return tuple(
        Remedy(
            one.text, f"{laws[one.basis.law].title} {one.basis.article}", one.confidence is Confidence.assumed
        )
        for one in catalogue.catalogue(edition).remedies
    )


def groups(power: Power, edition: Edition, day: date) -> tuple[Group, ...]:
    """Everything else it says, sort by sort; sorts without a sentence are left out."""
    known = figures(edition, day)

    def say(facts: Iterable[Any]) -> tuple[Said, ...]:
        return said(facts, known)

    found = (
        ("scope", _("哪些人和事") if _assists(power) else _("管哪些事"), say(power.scope)),
        ("out_of_scope", _("不管哪些"), say(power.out_of_scope)),
        ("method", _("怎么办"), say((power.method,))),
        ("thresholds", _("多少钱算大"), say(map(_dated, power.thresholds))),
        ("time_limits", _("几天办完"), say(power.time_limits)),
        ("materials", _("要哪些材料"), say(power.materials)),
        ("publicity", _("公示多久"), say(power.publicity)),
        ("recusal", _("谁要回避"), say(power.recusal)),
        ("discipline", _("不许做的"), say(power.discipline)),
        ("risks", _("容易出事的地方"), say(power.risks)),
        ("must_not_publish", _("不能公开的"), say(power.must_not_publish)),
    )
    return tuple(_group(id, title, facts) for id, title, facts in found if facts)


def _assists(power: Power) -> bool:
    """Whether its scope says who may apply, not only for what."""
    return power.nature in ("assists_government", "assists_government_with_village_appraisal")


def _group(id: str, title: str, facts: tuple[Said, ...]) -> Group:
    brief = len(facts) > 1 and all(not one.long for one in facts)
    return Group(id, title, facts, all(one.unsure for one in facts), brief)


def _said(fact: Any, text: str = "", figures: Mapping[str, str] = NO_FIGURES) -> Said:
    note = getattr(fact, "note", "")
    words = (text or fact.text) + (f"（{note}）" if note else "")
    return Said(_with_figures(words, figures), fact.source, fact.confidence is Confidence.assumed)


def _with_figures(text: str, figures: Mapping[str, str]) -> str:
    """“…，参数 a / b” with what a and b are that day: nobody reads the name of a parameter."""

    def fill(found: re.Match[str]) -> str:
        known = [figures[id] for id in found["ids"].split(" / ") if figures.get(id)]
        return "：" + ("、".join(known) or _("还没有定"))

    return _PARAMETERS.sub(fill, text)


def _dated(threshold: Threshold) -> Threshold:
    """A bound with the days of its figures as people write them; the catalogue has put the figures in."""
    return threshold.model_copy(update={"text": _long(threshold.text)})
