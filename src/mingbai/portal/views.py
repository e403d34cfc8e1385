"""One view an address: read what was asked, one call inward, show it. The reader is never remembered."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused
from mingbai.portal.context import LARGE_COOKIE, site_of
from mingbai.portal.pages import (
    assets,
    cases,
    changes,
    contracts,
    finding,
    labour,
    land,
    lists,
    meetings,
    places,
    powers,
    publications,
    tasks,
)
from mingbai.portal.pages import words as word_pages
from mingbai.supervision.queries import last_self_check
from mingbai.translog import queries as translog

A_YEAR = 365 * 24 * 3600
_TILE = re.compile(r"tile/", re.ASCII)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The district."""
    return render(request, "portal/home.html", {"page": places.home(request.today)})


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Look up a place, a number or any words; what can only mean one thing is gone to at once."""
    found = finding.find(_asked(request), request.today)
    if found.go:
        return HttpResponseRedirect(found.go)
    return render(request, "portal/find.html", {"page": found, "here": "find"})


def _asked(request: HttpRequest) -> finding.Asked:
    before = request.GET.get("before", "")
    village = request.GET.get("village", "")
    return finding.Asked(
        request.GET.get("q", ""),
        village if re.fullmatch(r"[0-9]{12}", village) else "",
        request.GET.get("group", ""),
        int(before) if re.fullmatch(r"[0-9]{1,15}", before) else 0,
    )


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """What the words on the pages mean."""
    page = word_pages.words_page(request.today)
    return render(request, "portal/words.html", {"page": page, "district_site": site_of(page.edition)})


@require_safe
def village_labour(request: HttpRequest, code: str) -> HttpResponse:
    """A village's rolls of labour, newest first; `?before=` the following page."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0
    try:
        page = labour.labour_page(code, number)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    return render(request, "portal/labour.html", {"page": page, "here": "villages"})


@require_safe
def village_contracts(request: HttpRequest, code: str) -> HttpResponse:
    """A village's contracts, newest first; `?before=` the following page."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0
    try:
        page = contracts.contracts_page(code, request.today, number)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    return render(request, "portal/contracts.html", {"page": page, "here": "villages"})


@require_safe
def village_assets(request: HttpRequest, code: str) -> HttpResponse:
    """A village's assets; `?family=resource` its land, `?after=` the following page."""
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
    try:
        page = assets.assets_page(code, request.GET.get("family", ""), number)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    return render(request, "portal/assets.html", {"page": page, "here": "villages"})


@require_safe
def village_land(request: HttpRequest, code: str) -> HttpResponse:
    """A village's land that is let or taken; `?after=` the following page."""
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
    try:
        page = land.land_page(code, number)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    return render(request, "portal/land.html", {"page": page, "here": "villages"})


@require_safe
def power_list(request: HttpRequest) -> HttpResponse:
    """The list of powers."""
    page = powers.power_list(request.today)
    context = {"page": page, "here": "powers", "district_site": site_of(page.edition)}
    return render(request, "portal/powers.html", context)


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Which office owes what in each power."""
    page = lists.duty_page(request.today)
    context = {"page": page, "here": "powers", "district_site": site_of(page.edition)}
    return render(request, "portal/duties.html", context)


@require_safe
def negative(request: HttpRequest) -> HttpResponse:
    """What nobody may do in each power."""
    page = lists.negative_page(request.today)
    context = {"page": page, "here": "powers", "district_site": site_of(page.edition)}
    return render(request, "portal/negative.html", context)


@require_safe
def change_record(request: HttpRequest) -> HttpResponse:
    """Every edition of the list and what it changed; `?power=dibao` for one power, `?before=3` for earlier ones."""
    try:
        page = changes.changes_page(
            request.today, request.GET.get("power", ""), request.GET.get("before", "")
        )
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    context = {"page": page, "here": "powers", "district_site": site_of(page.edition)}
    return render(request, "portal/changes.html", context)


@require_safe
def task_register(request: HttpRequest) -> HttpResponse:
    """Which tasks may be handed down to villages, which not."""
    page = tasks.task_page(request.today)
    context = {"page": page, "here": "powers", "district_site": site_of(page.edition)}
    return render(request, "portal/tasks.html", context)


@require_safe
def power(request: HttpRequest, id: str) -> HttpResponse:
    """One power with its chart."""
    try:
        page = powers.power_page(id, request.today)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    context = {"page": page, "here": "powers", "district_site": site_of(page.edition)}
    return render(request, "portal/power.html", context)


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case in order of time."""
    page = cases.case_page(number, request.today)
    if page is None:
        raise Http404
    return render(
        request, "portal/case.html", {"page": page, "here": "powers" if page.own_affair else "villages"}
    )


@require_safe
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting: its agenda, its votes, and what came of them."""
    page = meetings.meeting_page(number, request.today)
    if page is None:
        raise Http404
    return render(request, "portal/meeting.html", {"page": page, "here": "villages"})


@require_safe
def publication(request: HttpRequest, id: str) -> HttpResponse:
    """One publication with its proof."""
    page = publications.publication_page(id)
    if page is None:
        raise Http404
    return render(request, "portal/publication.html", {"page": page, "here": "verify"})


@require_safe
def publication_json(request: HttpRequest, id: str) -> HttpResponse:
    """What a verifier needs; it may be fetched from anywhere."""
    content = publications.publication_json(id)
    if content is None:
        raise Http404
    response = JsonResponse(content)
    response.headers["Cache-Control"] = "no-cache"
    return _open_to_all(response)


@require_safe
def paper(request: HttpRequest, id: str, digest: str) -> HttpResponse:
    """The public copy of a paper. It may be withdrawn, so no cache keeps it long."""
    found = disclosure.file(id, digest)
    if found is None:
        raise Http404
    response = HttpResponse(found[0], content_type=found[1])
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Type what stands on the sheet; the page of it carries the proof."""
    q = request.GET.get("q", "")[:300]
    go = publications.meant_by(q) if q.strip() else ""
    if go:
        return HttpResponseRedirect(go)
    context = {"q": q, "log": translog.head(), "checked": last_self_check(), "here": "verify"}
    return render(request, "portal/verify.html", context, status=404 if q.strip() else 200)


@require_safe
def log_file(request: HttpRequest, path: str) -> HttpResponse:
    """A file of the log: full tiles never change, the checkpoint always may."""
    content = translog.read(path)
    if content is None:
        raise Http404
    tile = _TILE.match(path) is not None
    response = HttpResponse(
        content, content_type="application/octet-stream" if tile else "text/plain; charset=utf-8"
    )
    full = tile and ".p/" not in path
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if full else "no-cache"
    return _open_to_all(response)


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Any page anywhere may fetch it to check us."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# Changes nothing but how this reader's own pages look, so it needs no token and public pages set no cookie.
@csrf_exempt
@require_POST
def large_print(request: HttpRequest) -> HttpResponse:
    """Large print on or off, kept in one cookie for a year; back to the page it was asked on."""
    back = request.POST.get("next", "/")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    response = HttpResponseRedirect(back if safe else "/")
    if request.POST.get("large") == "1":
        response.set_cookie(LARGE_COOKIE, "1", max_age=A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(LARGE_COOKIE, samesite="Lax")
    return response


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """The script by which a device keeps the public pages it has shown; its reach is the whole site."""
    script = Path(str(finders.find("mingbai/keeping.js"))).read_bytes()
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: the site answers, its database can be read, its records hold together."""
    checked = last_self_check()
    if checked is not None and not checked.ok:
        return HttpResponse("records do not agree, see /verify/\n", content_type="text/plain", status=503)
    return HttpResponse(f"ok {disclosure.head()}\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page in words, with a way on."""
    return render(request, "portal/not_found.html", {}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database and no context: something went wrong there already."""
    return render(None, "portal/server_error.html", {}, status=500)
