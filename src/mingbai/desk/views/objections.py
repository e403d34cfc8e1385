"""Raising an objection: open to anyone, no account, no cookie needed beyond the form's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.complaints import queries, services
from mingbai.kernel import Refused


@require_http_methods(["GET", "POST"])
def lodge(request: HttpRequest) -> HttpResponse:
    """Say what is wrong and what should happen; the answer page shows the receipt code once."""
    entered = request.POST if request.method == "POST" else request.GET
    context = {"entered": entered, "refusal": None, "lodged": None}
    if request.method == "POST":
        try:
            context["lodged"] = _lodge(request)
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "desk/objection.html", context, status=422 if context["refusal"] else 200)


def _lodge(request: HttpRequest) -> services.Lodged:
    return services.lodge_objection(
        case=request.POST.get("case", "").strip(),
        step=request.POST.get("step", "").strip(),
        text=request.POST.get("text", "").strip(),
        remedy=request.POST.get("remedy", "").strip(),
        contact=request.POST.get("contact", "").strip() or None,
        occurred_on=request.today,
        at=request.now,
    )


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """How an objection stands, by its receipt code typed into the form."""
    receipt = request.GET.get("receipt", "").strip()
    context = {"receipt": receipt, "found": None, "refusal": None}
    if receipt:
        try:
            context["found"] = queries.status(receipt)
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "desk/objection_status.html", context)
