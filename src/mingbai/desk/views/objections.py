"""Objections of anyone, without an account and without a cookie: lodging one, and asking how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mingbai.complaints import queries, services
from mingbai.desk import objecting, receiving
from mingbai.desk.receiving import bounded
from mingbai.kernel import Refused


# The form's own signed ticket stands in for the token of a session: nobody is signed in here, no cookie is set.
@require_http_methods(["GET", "POST"])
@never_cache
@bounded
def lodge(request: HttpRequest) -> HttpResponse:
    """Say what is wrong and what should happen; the answer page shows the receipt code once."""
    entered = request.POST if request.method == "POST" else request.GET
    lodged, about, refusal = None, None, None
    try:
        about = objecting.find(entered, public=True)
        # The first page only asks which case or line is meant.
        if request.method == "POST" and request.POST.get("do") != "find":
            lodged = _lodge(request, about)
    except Refused as problem:
        refusal = problem
    context = form(entered, about, request.now) | {"lodged": lodged, "refusal": refusal}
    return render(request, "desk/objection.html", context, status=422 if refusal else 200)


def form(entered: Mapping[str, str], about: objecting.About | None, now: Any) -> dict[str, Any]:
    """What a page with the objection form needs; every showing has a new ticket."""
    return {
        "entered": entered,
        "about": about,
        "typed": entered.get("about") or entered.get("line") or entered.get("case") or "",
        "remedies": remedies(),
        "ticket": services.issue_ticket(now),
        "bits": queries.WORK_BITS,
        "most": services.MAX_FILES,
        "most_bytes": services.MAX_TOGETHER,
        "mib": services.MAX_TOGETHER // 1024 // 1024,
    }


def remedies() -> list[tuple[str, str]]:
    """What one may ask for, in the reader's language."""
    return [
        ("explain", _("说明原因")),
        ("publish", _("公开有关材料")),
        ("correct", _("把写错的改正")),
        ("redo", _("这一步重新办")),
        ("repay", _("退还或者补上钱物")),
        ("other", _("别的")),
    ]


def words(request: HttpRequest, about: objecting.About | None) -> dict[str, Any]:
    """What was entered, as the acts of `complaints` take it.

    Raises:
        Refused: nothing is named yet, or files were dropped because they are too large together.
    """
    if about is None:
        raise Refused(_("还没有写明是对哪件事、哪一条"), remedy=_("填事项编号或者公布编号"))
    said = {name: request.POST.get(name, "").strip() for name in ("text", "remedy", "contact")}
    return {
        **said,
        "case": about.case,
        "step": "" if about.line else request.POST.get("step", "").strip() or about.step,
        "line": about.line,
        "asked": request.POST.get("asked", "") or "other",
        "open_words": request.POST.get("open_words") == "yes",
        "files": receiving.files(request, "files"),
        "occurred_on": request.today,
        "at": request.now,
    }


def _lodge(request: HttpRequest, about: objecting.About | None) -> services.Lodged:
    return services.lodge_from_web(
        ticket=request.POST.get("ticket", ""), work=request.POST.get("work", ""), **words(request, about)
    )


# Changes nothing; posted so that the receipt stands in no address and no history.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """How an objection stands, by its receipt code typed into the form."""
    if request.GET:
        return HttpResponseRedirect(request.path)
    receipt = request.POST.get("receipt", "").strip()
    context = {"receipt": receipt, "found": None, "refusal": None, "today": request.today}
    if receipt:
        try:
            context["found"] = queries.status(receipt)
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "desk/objection_status.html", context, status=422 if context["refusal"] else 200)
