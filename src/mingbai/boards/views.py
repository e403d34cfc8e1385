"""Sheets of paper at their addresses, and what became of a sheet that somebody holds."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mingbai.boards import cards, handbook
from mingbai.boards.notice import NoSuchCase, is_notice, make_notice
from mingbai.boards.sheets import codes
from mingbai.boards.sheets.codes import Mistyped
from mingbai.boards.sheets.standing import standing
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused


@require_safe
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """The A4 notice of a case as PDF."""
    try:
        return _printed(
            request,
            number,
            lambda: make_notice(
                number,
                base_url=settings.MINGBAI_BASE_URL,
                demo=settings.MINGBAI_DEMO,
                again=request.GET.get("again") == "1",
            ),
        )
    except NoSuchCase as missing:
        raise Http404(str(missing)) from missing


@require_safe
def card(request: HttpRequest, id: str) -> HttpResponse:
    """The card of a power in force today as PDF."""
    try:
        catalogue.power(catalogue.current(request.today), id)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    return _printed(
        request,
        id,
        lambda: cards.make_card(
            id, request.today, base_url=settings.MINGBAI_BASE_URL, demo=settings.MINGBAI_DEMO
        ),
    )


@require_safe
def book(request: HttpRequest, large: bool = False) -> HttpResponse:
    """The handbook of the list in force today as PDF."""
    return _printed(
        request,
        "handbook-large" if large else "handbook",
        lambda: handbook.make_handbook(
            request.today, base_url=settings.MINGBAI_BASE_URL, demo=settings.MINGBAI_DEMO, large=large
        ),
    )


def _printed(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponse:
    """The PDF, or a page that says which character cannot be printed."""
    try:
        content = make()
    except NoSuchCase:
        raise
    except Refused as refused:
        return render(request, "boards/refused.html", {"refusal": refused}, status=422)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Which sheet has this code, and whether what it says still holds."""
    try:
        plain = codes.read_code(code)
    except Mistyped as mistyped:
        return _unknown(request, code, mistyped)
    if plain != code:
        return redirect("boards:sheet", code=plain)
    found = codes.find(plain)
    if found is None:
        return _unknown(request, code, None, notice=is_notice(plain))
    context = {"page": standing(found, request.today), "here": "verify"}
    return render(request, "boards/sheet.html", context)


def _unknown(
    request: HttpRequest, code: str, mistyped: Mistyped | None, notice: bool = False
) -> HttpResponse:
    context = {"code": code[:60], "mistyped": mistyped, "notice": notice, "here": "verify"}
    return render(request, "boards/no_sheet.html", context, status=404)
