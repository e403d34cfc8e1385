"""Drafts of the next edition: begun, looked over, given up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingbai.catalogue import services
from mingbai.catalogue.queries import drafts as reading
from mingbai.desk import opening
from mingbai.desk.charting.access import charts_of
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import BadFile, Refused


@require_http_methods(["GET", "POST"])
@for_office_holder
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts being written; begin another."""
    mine = charts_of(request.actor, request.today)
    if not mine:
        raise Http404("没有您编的事项")
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
    context = {"drafts": reading.open_drafts(), "mine": mine, "entered": request.POST, "refusal": refusal}
    return _page(request, "desk/drafts.html", context)


@require_http_methods(["GET"])
@for_office_holder
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """One draft: its charts, what it changes against the edition in force, what was kept aside."""
    mine = charts_of(request.actor, request.today)
    view = _draft(draft)
    if not mine:
        raise Http404("没有您编的事项")
    changes, problem = (), ""
    try:
        changes = reading.changes(draft)
    except BadFile as bad:
        problem = _("%(file)s 第 %(line)s 行：%(reason)s") % {
            "file": bad.file,
            "line": bad.line,
            "reason": bad.reason,
        }
    context = {
        "draft": view,
        "mine": mine,
        "changes": changes,
        "problem": problem,
        "aside": reading.aside(draft),
    }
    return _page(request, "desk/draft.html", context)


@require_POST
@for_office_holder
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    """Give a draft up; what was written stays on record."""
    if not charts_of(request.actor, request.today):
        raise Http404("没有您编的事项")
    try:
        services.discard_draft(draft=_draft(draft).id, by=request.actor, at=request.now)
    except Refused as problem:
        return _page(request, "desk/refused.html", {"refusal": problem})
    return HttpResponseRedirect(reverse("desk:drafts"))


def _draft(draft: int) -> reading.DraftView:
    try:
        return reading.draft(draft)
    except Refused as unknown:
        raise Http404("没有这份草案") from unknown


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    who = opening.describe(request.actor, request.today)
    return render(request, template, {**context, "who": who}, status=422 if context.get("refusal") else 200)
