"""What one reads at the desk: what awaits me, a case, a sealed paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingbai.cases import queries as cases
from mingbai.desk import drafts, opening
from mingbai.desk.views.access import for_case, for_office_holder
from mingbai.evidence import queries as evidence
from mingbai.organisations.rules import may_see


@require_GET
@for_office_holder
def home(request: HttpRequest) -> HttpResponse:
    """What awaits me, what awaits others, my drafts, and what I may begin."""
    context = {
        "awaiting": cases.awaiting(request.actor, request.today),
        "others": cases.waiting_for_others(request.actor, request.today),
        "drafts": drafts.of(request.user),
        "may_open": opening.may_open(request.actor, request.today),
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/home.html", context)


@require_GET
@for_case
def case(request: HttpRequest) -> HttpResponse:
    """One case as its office-holders see it: where it stands and what has been done."""
    steps = cases.awaiting(request.actor, request.today)
    context = {
        "case": request.case,
        "mine": [step for step in steps if step.case == request.case.number],
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/case.html", context)


@require_GET
@for_office_holder
def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """A paper's cleaned copy, for those within reach of its village; never by path, never cached, never run."""
    view = evidence.paper(paper)
    if view is None or not may_see(request.actor, view.village, request.today):
        raise Http404("没有这张单据")
    content, media_type = evidence.cleaned_bytes(paper)
    response = HttpResponse(content, content_type=media_type)
    shown = "inline" if media_type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="paper"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
