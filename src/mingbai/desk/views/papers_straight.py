"""Laying a photographed paper straight: its four corners proposed, moved by hand, by keyboard or by dragging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.desk.views.papers import back_of, within_reach
from mingbai.evidence import queries as evidence
from mingbai.evidence.services import straighten_paper
from mingbai.kernel import Refused

_NAMES = (("a", _("左上角")), ("b", _("右上角")), ("c", _("右下角")), ("d", _("左下角")))
_WHOLE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))


@dataclass(frozen=True)
class Corner:
    """One corner: how far from the left and from the top, in hundredths of the photograph, and in its pixels."""

    name: str
    label: str
    x: str
    y: str
    left: float
    top: float


@require_GET
@for_office_holder
def photograph(request: HttpRequest, paper: str) -> HttpResponse:
    """A paper as it was photographed, for those within reach of its village."""
    within_reach(request, paper)
    found = evidence.photographed(paper)
    if found is None:
        raise Http404("没有照片")
    response = HttpResponse(found[0], content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
@for_office_holder
def straighten(request: HttpRequest, paper: str) -> HttpResponse:
    """Set the four corners of the sheet, look at them, and lay it straight; or go back to the photograph."""
    view, refusal = within_reach(request, paper), None
    found = evidence.photographed(paper)
    if found is None:
        raise Http404("没有照片")
    size = found[1]
    proposed = evidence.proposed_corners(paper)
    typed = dict(request.POST.items()) if request.method == "POST" else _as_typed(proposed, size)
    if request.method == "POST" and request.POST.get("do") != "look":
        try:
            straighten_paper(
                paper=paper, corners=() if request.POST.get("do") == "back" else _corners(typed, size),
                actor=request.actor.person, at=request.now,
            )  # fmt: skip
            return redirect("desk:release", paper)
        except Refused as problem:
            refusal = problem
    context = {
        "paper": view, "back": back_of(view), "width": size[0], "height": size[1], "found": bool(proposed),
        "corners": _shown(typed, size), "refusal": refusal, "reach": round(max(size) / 40),
        "stroke": max(2, round(max(size) / 300)), "who": opening.describe(request.actor, request.today),
    }  # fmt: skip
    return render(request, "desk/paper_straight.html", context, status=422 if refusal else 200)


def _as_typed(corners: Sequence[Sequence[float]] | None, size: tuple[int, int]) -> dict[str, str]:
    points = [(x * 100 / size[0], y * 100 / size[1]) for x, y in corners] if corners else _WHOLE
    return {
        f"{name}{side}": f"{min(100.0, max(0.0, value)):.1f}"
        for (name, _label), point in zip(_NAMES, points, strict=True)
        for side, value in zip("xy", point, strict=True)
    }


def _number(typed: Mapping[str, str], name: str) -> float:
    text = typed.get(name, "").strip()
    if not text.replace(".", "", 1).isdecimal() or len(text) > 8 or not float(text) <= 100:
        raise Refused("四个角标得不对", remedy="填 0 到 100 的数：离照片左边、上边百分之几")
    return float(text)


def _corners(typed: Mapping[str, str], size: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    return tuple(
        (_number(typed, f"{name}x") * size[0] / 100, _number(typed, f"{name}y") * size[1] / 100)
        for name, _label in _NAMES
    )


def _shown(typed: Mapping[str, str], size: tuple[int, int]) -> tuple[Corner, ...]:
    """The corners as typed, drawn where they can be: what is no number lies in its own corner of the photograph."""
    shown = []
    for (name, label), whole in zip(_NAMES, _WHOLE, strict=True):
        try:
            place = _number(typed, f"{name}x"), _number(typed, f"{name}y")
        except Refused:
            place = whole
        x, y = (typed.get(f"{name}{side}", "")[:8] for side in "xy")
        shown.append(
            Corner(name, str(label), x, y, round(place[0] * size[0] / 100), round(place[1] * size[1] / 100))
        )
    return tuple(shown)
