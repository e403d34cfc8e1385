"""Drafts of the next edition: the list, one draft with what it changes, bringing it up to date, handing it to review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import services
from mingbai.catalogue.queries import drafts as reading
from mingbai.catalogue.queries.drafts import DraftView
from mingbai.catalogue.rules.change_record import AREAS
from mingbai.catalogue.rules.changes import Change
from mingbai.catalogue.rules.chart_changes import chart_changes
from mingbai.desk import opening
from mingbai.desk.charting.reviewing import begin_review, reviews
from mingbai.desk.charting.scope import Listed, charts_of, for_drafters
from mingbai.kernel import BadFile, Refused
from mingbai.organisations import queries as organisations
from mingbai.procedures.drafted import folder


@dataclass(frozen=True)
class Subject:
    """What changed in one thing: a power, a chart, a figure."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Area:
    """What changed of one sort."""

    title: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Aside:
    """What could not be put together with another's words: whose, when, and how it differs from what stands."""

    id: int
    file: str
    chart: str
    who: str
    at: datetime
    changes: tuple[Change, ...]
    text: str


@require_http_methods(["GET", "POST"])
@for_drafters
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts being written; begin another."""
    refusal = None
    if request.method == "POST":
        try:
            begun = services.begin_draft(
                name=request.POST.get("name", ""),
                reason=request.POST.get("reason", ""),
                by=request.actor,
                at=request.now,
            )
            return HttpResponseRedirect(reverse("desk:draft", args=[begun.draft]))
        except Refused as problem:
            refusal = problem
    context = {
        "drafts": [(one, _name(one.author)) for one in reading.open_drafts()],
        "latest": catalogue.latest(),
        "entered": request.POST,
        "refusal": refusal,
    }
    return _page(request, "desk/chart_drafts.html", context)


@require_GET
@for_drafters
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """One draft: its charts, what it changes against the edition it stands on, what was kept aside."""
    return _shown(request, reading.draft(draft))


def _shown(request: HttpRequest, view: DraftView, refusal: Refused | None = None) -> HttpResponse:
    changes, unread = _changes(view)
    charts = charts_of(view, request.actor, request.today)
    context = {
        "draft": view,
        "author": _name(view.author),
        "mine": [one for one in charts if one.mine],
        "others": [one for one in charts if not one.mine],
        "areas": changes,
        "unread": unread,
        "aside": tuple(_aside(view, charts)),
        "behind": view.status == "open" and view.base < catalogue.latest().number,
        "latest": catalogue.latest().number,
        "reviews": reviews(request.actor, request.today) if view.status == "open" else (),
        "refusal": refusal,
    }
    return _page(request, "desk/chart_draft.html", context)


def _changes(view: DraftView) -> tuple[tuple[Area, ...], str]:
    """What changed by sort and subject; of a draft that cannot be read yet, at least its charts, and why."""
    try:
        return _areas(reading.changes(view.id)), ""
    except BadFile as bad:
        said = _("%(file)s 第 %(line)s 行：%(reason)s") % {
            "file": bad.file,
            "line": bad.line,
            "reason": bad.reason,
        }
    before, held = catalogue.edition(view.base).files, reading.files(view.id)
    offices = folder(held).titles["offices"]
    found: list[Change] = []
    for file in view.changed:
        if file.startswith("procedures/"):
            found += _of_chart(file, before.get(file), held.get(file), offices)
    return _areas(found), said


def _of_chart(
    file: str, before: str | None, after: str | None, offices: Mapping[str, str]
) -> tuple[Change, ...]:
    try:
        return chart_changes(file, before, after, offices)
    except (BadFile, KeyError, TypeError, AttributeError):
        return ()


def _areas(changes: Iterable[Change]) -> tuple[Area, ...]:
    listed = tuple(changes)
    found = []
    for area, title in AREAS.items():
        of_area = [one for one in listed if one.area == area]
        subjects = groupby(sorted(of_area, key=lambda one: one.id), key=lambda one: one.id)
        groups = [tuple(group) for _id, group in subjects]
        if groups:
            found.append(Area(title, tuple(Subject(group[0].title.split("·")[0], group) for group in groups)))
    return tuple(found)


def _aside(view: DraftView, charts: Iterable[Listed]) -> Iterable[Aside]:
    mine = {f"procedures/{one.id}.yaml": one.id for one in charts if one.mine}
    held = reading.files(view.id)
    offices = folder(held).titles["offices"]
    for place, one in enumerate(reading.aside(view.id)):
        changes = (
            _of_chart(one.file, held.get(one.file), one.text, offices)
            if one.file.startswith("procedures/")
            else ()
        )
        yield Aside(
            place,
            one.file,
            mine.get(one.file, ""),
            _name(one.author),
            one.written_at,
            changes,
            one.text or "",
        )


def _name(person: str) -> str:
    return next((one.name for one in organisations.people([person])), _("系统")) if person else _("系统")


@require_POST
@for_drafters
def update(request: HttpRequest, draft: int) -> HttpResponse:
    """Carry the draft over to the newest edition."""
    try:
        services.update_base(draft=draft, by=request.actor, at=request.now)
    except Refused as problem:
        return _shown(request, reading.draft(draft), problem)
    return HttpResponseRedirect(reverse("desk:draft", args=[draft]))


@require_POST
@for_drafters
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    """Give the draft up; what was written stays readable."""
    try:
        services.discard_draft(draft=draft, by=request.actor, at=request.now)
    except Refused as problem:
        return _shown(request, reading.draft(draft), problem)
    return HttpResponseRedirect(reverse("desk:drafts"))


@require_POST
@for_drafters
def review(request: HttpRequest, draft: int) -> HttpResponse:
    """Hand the draft to review: open the case, and go to the step at which it is signed."""
    view = reading.draft(draft)
    try:
        number, step = begin_review(
            request.user, view, request.POST.get("review", ""), request.actor, request.today, request.now
        )
    except Refused as problem:
        return _shown(request, view, problem)
    return HttpResponseRedirect(reverse("desk:step", args=[number, step]))


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    who = opening.describe(request.actor, request.today)
    return render(request, template, {**context, "who": who}, status=422 if context.get("refusal") else 200)
