"""A paper at the desk: looking at it, and making its public copy after masking what is personal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import masking, opening
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence import queries as evidence
from mingbai.evidence.finding import reader_installed
from mingbai.evidence.queries import PaperView
from mingbai.evidence.services import find_personal, release_paper
from mingbai.kernel import Refused
from mingbai.organisations.rules import may_see


@require_GET
@for_office_holder
def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """A paper's cleaned copy, for those within reach of its village; never by path, never cached, never run."""
    within_reach(request, paper)
    content, media_type = evidence.cleaned_bytes(paper)
    response = HttpResponse(content, content_type=media_type)
    shown = "inline" if media_type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="paper"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
@for_office_holder
def release(request: HttpRequest, paper: str) -> HttpResponse:
    """Look at a paper, tick the cells that must be masked, make the public copy."""
    view = within_reach(request, paper)
    size = evidence.size(paper)
    refusal = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "find":
                find_personal(paper=paper, at=request.now)
                return redirect("desk:release", paper)
            return _release(request, view, size)
        except Refused as problem:
            refusal = problem
    found = evidence.findings(paper)
    context = {
        "paper": view,
        "found": found,
        "stays": found or (),
        "reads": reader_installed(),
        "back": back_of(view),
        "grid": masking.grid(size, request.POST.getlist("cell")) if size else None,
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/release.html", context, status=422 if refusal else 200)


def _release(request: HttpRequest, view: PaperView, size: tuple[int, int] | None) -> HttpResponse:
    offices = request.actor.offices_in(view.village, request.today)
    release_paper(
        paper=view.id,
        masks=masking.boxes(size, request.POST.getlist("cell")) if size else (),
        actor=request.actor.person,
        office=offices[0] if offices else "",
        at=request.now,
    )
    return HttpResponseRedirect(back_of(view))


def within_reach(request: HttpRequest, paper: str) -> PaperView:
    """A paper of a village that the person may see; another answers as one that does not exist (security Z1)."""
    view = evidence.paper(paper)
    if view is None or not may_see(request.actor, view.village, request.today):
        raise Http404("没有这张单据")
    return view


def back_of(view: PaperView) -> str:
    """The page of what the paper was handed in for."""
    subject = view.subject or ""
    if subject.startswith("register:"):
        return reverse("desk:registers", args=[subject.removeprefix("register:")])
    number = subject.removeprefix("case:") if subject.startswith("case:") else ""
    return reverse("desk:case", args=[number]) if number else reverse("desk:home")
