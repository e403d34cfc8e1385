"""The printed notice at its address."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingbai.boards.notice import NoSuchCase, make_notice
from mingbai.kernel import Refused


@require_safe
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """The A4 notice of a case as PDF."""
    try:
        content = make_notice(number, base_url=settings.MINGBAI_BASE_URL, demo=settings.MINGBAI_DEMO)
    except NoSuchCase as missing:
        raise Http404(str(missing)) from missing
    except Refused as refused:
        return render(request, "boards/refused.html", {"refusal": refused}, status=422)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response
