"""A case told in order: what was done, by whom, how the votes stood, what was paid, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary, Publication
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.pages import charts, objecting, reading
from mingbai.portal.pages.charts import ChartView
from mingbai.portal.pages.notices import Hanging, hanging
from mingbai.portal.pages.telling import Event, events_of
from mingbai.portal.templatetags.notation import long_day


@dataclass(frozen=True)
class Waiting:
    """A step that waits now, or comes later."""

    title: str
    who: str
    due: date | None
    overdue: bool


@dataclass(frozen=True)
class CasePage:
    """Everything a case's page shows.

    `own_affair` is the title of the procedure when no power is exercised: the district keeps its own list, or a
    village refuses a task. It is empty for a power, which has a `number` in the list.
    """

    case: CaseSummary
    village: DivisionView
    town: DivisionView
    number: int
    own_affair: str
    serial: str
    standing: str
    warning: str
    facts: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]
    waiting: tuple[Waiting, ...]
    on_notice: Hanging | None
    power: str
    chart: ChartView | None
    publications: int


def case_page(number: str, today: date) -> CasePage | None:
    """A case by its number, from what was published of it; None when nothing was. Five queries."""
    case = disclosure.case(number)
    if case is None:
        return None
    published = disclosure.of_case(number)
    village, town = organisations.with_parent(case.village)
    # A paper released later shows where it belongs, at its step: it is no event of its own.
    told = [one for one in published if one.kind != "paper.released"]
    acts = [list(group) for _key, group in groupby(told, key=lambda one: one.recorded_at)]
    events = objecting.beside(tuple(event for act in acts for event in events_of(act, today)), published)
    chart, item = _chart(published, today), int(case.number.split("-")[0])
    own_affair = (chart.title if chart else case.title) if item == 0 else ""
    findings = [one for one in published if one.kind == "finding.raised"]
    return CasePage(
        case=case,
        village=village,
        town=town,
        number=item,
        own_affair=own_affair,
        serial=_("%(year)s 年第 %(serial)s 件")
        % {"year": case.number.split("-")[2], "serial": int(case.number.split("-")[3])},
        standing=_standing(case, events),
        warning=_("监督已提示 %(n)s 处，见下面红字。") % {"n": len(findings)} if findings else "",
        facts=_facts_of_own(published, case) if own_affair else _facts(published),
        events=events,
        waiting=_waiting(published, case, today),
        on_notice=hanging(case, published, today),
        power=case.power,
        chart=chart,
        publications=len(published),
    )


def _standing(case: CaseSummary, events: Sequence[Event]) -> str:
    done = sum(1 for one in events if one.state == "done")
    if case.ended:
        return _("%(how)s，一共 %(done)s 步，都在下面。") % {"how": case.ended, "done": done}
    if case.suspended:
        return _("中止了，恢复以后接着办。")
    here = "、".join(case.here)
    return _("办了 %(done)s 步，现在到“%(here)s”。") % {"done": done, "here": here}


def _facts(published: Sequence[Publication]) -> tuple[tuple[str, str], ...]:
    found = reading.price(published)
    paid = reading.paid(published)
    opened = published[0] if published else None
    facts = [
        (found[0], _("%(sum)s 元") % {"sum": found[1].yuan()}) if found else (_("多少钱"), _("还没有定")),
        (_("已经付了"), _("%(sum)s 元") % {"sum": paid.yuan()} if paid.fen else _("还没有付")),
        _party(published),
        (_("经手"), " ".join(part for part in (opened.office_title, opened.actor) if part) if opened else ""),
    ]
    return tuple(facts)


def _facts_of_own(published: Sequence[Publication], case: CaseSummary) -> tuple[tuple[str, str], ...]:
    """Where nothing is paid: who began it and when, and where it is."""
    opened = published[0] if published else None
    return (
        (
            _("谁提的"),
            " ".join(part for part in (opened.office_title, opened.actor) if part) if opened else "",
        ),
        (_("哪天提的"), long_day(case.opened_on)),
        (_("到哪一步"), case.ended or "、".join(case.here)),
    )


def _party(published: Sequence[Publication]) -> tuple[str, str]:
    if contractor := reading.contractor(published):
        return _("谁承做"), contractor
    payee = reading.payee(published)
    return (_("付给谁"), payee) if payee else (_("谁承做"), _("还没有定"))


def _newest(published: Sequence[Publication]) -> Publication | None:
    """The newest word of the case itself."""
    return next((one for one in reversed(published) if one.kind.startswith("case.")), None)


def _chart(published: Sequence[Publication], today: date) -> ChartView | None:
    """The case's own chart, of the edition under which it began, with where it stands."""
    newest = _newest(published)
    if newest is None or not newest.data.get("edition") or not newest.data.get("procedure"):
        return None
    here, done = frozenset(newest.data.get("here") or ()), frozenset(newest.data.get("done") or ())
    return charts.chart_view(newest.data["edition"], newest.data["procedure"], today, here, done)


def _waiting(published: Sequence[Publication], case: CaseSummary, today: date) -> tuple[Waiting, ...]:
    """The steps that wait, by the newest word of the case."""
    if case.ended:
        return ()
    newest = _newest(published)
    steps = (newest.data.get("next") or []) if newest else []
    return tuple(_wait(step, today) for step in steps)


def _wait(step: dict[str, Any], today: date) -> Waiting:
    due = date.fromisoformat(step["due"]) if step.get("due") else None
    return Waiting(step.get("title") or "", step.get("lane") or "", due, bool(due and due < today))
