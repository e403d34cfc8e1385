"""What a request counts together with, told while it is typed; nothing is saved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mingbai.cases import queries as cases
from mingbai.desk import drafts
from mingbai.desk.views.access import for_case
from mingbai.desk.views.acts import show
from mingbai.kernel import Refused

_ASKED = ("project_kind", "amount", "way")
_NOT_VALUES = ("csrfmiddlewaretoken", "do", "seen")


@require_POST
@never_cache
@for_case
def together(request: HttpRequest, step: str) -> HttpResponse:
    """The sum of the matter: a piece of the page for the script that asks for it, else the whole page as typed."""
    number = request.case.number
    try:
        form = cases.step_form(number, step, request.actor, request.today)
    except Refused as unknown:
        raise Http404("没有这一步") from unknown
    if request.headers.get("X-Piece") == "together":
        values = {name: request.POST.get(name, "").strip()[:40] for name in _ASKED}
        found = cases.while_written(number, form.node, values, request.today)
        return render(request, "desk/_together.html", {"together": found}) if found else HttpResponse("")
    typed = {key: request.POST.get(key, "").strip() for key in request.POST if key not in _NOT_VALUES}
    kept = drafts.read(request.user, number, step)
    return show(request, step, drafts.Kept({**kept.values, **typed}, kept.papers, kept.saved_at))
