"""法律改了，影响到哪里: a change of law is entered, and everything that it touches is listed. Nothing is written here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mingbai.cases import queries as cases
from mingbai.catalogue import queries as catalogue
from mingbai.desk import following, opening
from mingbai.desk.views import linter
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused


@require_http_methods(["GET", "POST"])
@for_office_holder
def laws(request: HttpRequest) -> HttpResponse:
    """The form; and with a change entered, what `mingbai law amend --dry-run` says of it. District officers only."""
    if not linter.concerns(request.actor, request.today):
        raise Http404("不是区里的职务")
    register = catalogue.laws(catalogue.latest())
    context = {
        "laws": sorted(register.values(), key=lambda one: one.title),
        "entered": request.POST,
        "rows": following.rows_of(request.POST),
        "who": opening.describe(request.actor, request.today),
    }
    if request.method == "POST":
        try:
            text = following.text_of(request.POST)
            change = following.change_of(text, register)
            report = cases.law_report(change)
            parts = following.parts_of(report, request.POST)
            context |= {
                "text": text,
                "effective": change.effective,
                "file": following.FILE,
                "report": report,
                "parts": parts,
            }
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "desk/laws.html", context, status=422 if "refusal" in context else 200)
