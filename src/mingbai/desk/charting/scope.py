"""Whose drafts, whose charts: the one place where the desk decides it. What is not allowed here is refused in a sentence.

Whoever compiles a power or keeps a file of the district sees the drafts; a chart is changed by the departments that
compile its power, and a chart of the district itself by the office that keeps such charts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import drafts
from mingbai.catalogue.queries.drafts import DraftView
from mingbai.catalogue.rules import Catalogue
from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import BadFile, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.drafted import file_of
from mingbai.procedures.rules.rows.model import Table, read_table

CHARTS = "procedures/"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Listed:
    """A chart of a draft: its title, the power it belongs to, who changes it, and whether this person may."""

    id: str
    title: str
    power: str
    offices: tuple[str, ...]
    mine: bool
    changed: bool

    @property
    def who(self) -> str:
        """The departments that change it, in words."""
        return "、".join(map(organisations.office_title, self.offices))


def refuse_stranger(actor: Actor, today: date) -> None:
    """Refuse whoever neither compiles a power nor keeps a file of the district.

    Raises:
        Refused: naming who may.
    """
    allowed = _drafting(_said())
    if not _held(actor, today) & allowed:
        titles = "、".join(map(organisations.office_title, sorted(allowed)))
        raise Refused(_("清单草案由制定单位起草，您不在其中"), remedy=_("要改清单，请找：%s") % titles)


def may_draft(actor: Actor, today: date) -> bool:
    """Whether the drafts are this person's business."""
    return bool(_held(actor, today) & _drafting(_said()))


def charts_of(draft: DraftView, actor: Actor, today: date) -> tuple[Listed, ...]:
    """The charts of a draft: first those that this person may change, each group in the order of the list."""
    files, said, held = drafts.files(draft.id), _said(), _held(actor, today)
    found = [
        _listed(name, files[name], said, held, name in draft.changed)
        for name in files
        if name.startswith(CHARTS) and name.endswith(".yaml")
    ]
    place = {power.id: power.number for power in said.powers}
    return tuple(sorted(found, key=lambda one: (not one.mine, place.get(one.power, 99), one.id)))


def _said() -> Catalogue:
    return catalogue.catalogue(catalogue.latest())


def _held(actor: Actor, today: date) -> frozenset[str]:
    return frozenset(one.office for one in actor.mandates if one.active(today))


def _drafting(said: Catalogue) -> frozenset[str]:
    compiling = {one.office for power in said.powers for one in power.compiling_departments}
    return frozenset(compiling | set(said.keepers.values()))


def _listed(name: str, text: str, said: Catalogue, held: frozenset[str], changed: bool) -> Listed:
    id = name.removeprefix(CHARTS).removesuffix(".yaml")
    try:
        table = read_table(text, name)
        title, power = table.title, table.power
    except BadFile:
        title, power = "", next((one.id for one in said.powers if one.procedure == id), "")
    offices = _compiling(id, power, said)
    return Listed(id, title or id, power, offices, bool(held & set(offices)), changed)


def _compiling(chart: str, power: str, said: Catalogue) -> tuple[str, ...]:
    """Who changes a chart. What the text says of its power counts only where the list does not name the chart."""
    named = next((one for one in said.powers if one.procedure == chart), None)
    found = named or next((one for one in said.powers if one.id == power), None)
    if found is not None:
        return tuple(dict.fromkeys(one.office for one in found.compiling_departments))
    return tuple(filter(None, (said.keepers.get(CHARTS, ""),)))


@dataclass(frozen=True)
class Desk:
    """One chart of one draft on somebody's desk: its text at the revision that the page shows."""

    draft: DraftView
    chart: Listed
    text: str
    seen: int
    files: Mapping[str, str]

    @property
    def file(self) -> str:
        """The chart's file."""
        return file_of(self.chart.id)

    def table(self) -> Table:
        """The rows.

        Raises:
            BadFile: the text is no table; it can be mended as text.
        """
        return read_table(self.text, self.file)

    def refuse_reader(self) -> None:
        """Refuse whoever may only read it.

        Raises:
            Refused: naming who may change it.
        """
        if self.draft.status != "open":
            raise Refused(_("草案“%s”已经关闭，不能再改") % self.draft.name, remedy=_("另起一份草案"))
        if not self.chart.mine:
            raise Refused(_("“%s”不归您的单位改") % self.chart.title, remedy=_("要改请找%s") % self.chart.who)

    @property
    def may_write(self) -> bool:
        """Whether this person may change it now."""
        return self.draft.status == "open" and self.chart.mine


def open_desk(actor: Actor, today: date, draft: int, chart: str, seen: int | None = None) -> Desk:
    """The chart of a draft as it stood at revision `seen`, or as it stands.

    Raises:
        Refused: no such draft or chart, or the person is no drafter.
    """
    refuse_stranger(actor, today)
    view = drafts.draft(draft)
    listed = next((one for one in charts_of(view, actor, today) if one.id == chart), None)
    if listed is None:
        raise Refused(_("这份草案里没有这张流程图"), remedy=_("从草案的页面进入"))
    revision = view.revision if seen is None or seen > view.revision else seen
    text = drafts.text_at(draft, file_of(chart), revision)
    if text is None:
        raise Refused(_("您打开的时候还没有这张流程图"), remedy=_("从草案的页面重新进入"))
    return Desk(view, listed, text, revision, drafts.files(draft))


def for_drafters(view: View) -> View:
    """Let in whoever drafts; what is refused anywhere below is told on a page of its own."""

    @for_office_holder
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            refuse_stranger(request.actor, request.today)
            return view(request, *args, **kwargs)
        except Refused as problem:
            return told(request, problem)

    return guarded


def told(request: HttpRequest, refusal: Refused, status: int = 403) -> HttpResponse:
    """A refusal on a page of its own."""
    context = {"refusal": refusal, "who": opening.describe(request.actor, request.today)}
    return render(request, "desk/chart_refused.html", context, status=status)
