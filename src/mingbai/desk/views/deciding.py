"""Who decides what in a village, and what its assembly has delegated to its representatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.catalogue import queries as catalogue
from mingbai.desk import opening, rolling
from mingbai.desk.rolling import for_village
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings import services
from mingbai.meetings.events import Resolution
from mingbai.meetings.rules import Bodies, Passing, find_body
from mingbai.meetings.rules.competence import Matter, Setting, competent

ASSEMBLY = {"village": "villagers_meeting", "residents": "residents_meeting"}
KINDS = ("village", "collective", "group", "residents")


@dataclass(frozen=True)
class Decider:
    """A body in a matter's line: its title, whether it may decide now, its own majority for this, why not."""

    title: str
    able: bool
    passing: str
    why: str


@dataclass(frozen=True)
class MatterLine:
    """A matter with its bodies, in the order of the law, and its article."""

    matter: Matter
    deciders: tuple[Decider, ...]
    barred: tuple[tuple[str, str], ...]
    article: str
    doubtful: bool
    delegable: bool
    delegated: bool


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages I may see; with one only, its page."""
    found = rolling.villages_of(request.actor, request.today)
    if len(found) == 1:
        return redirect("desk:who-decides", found[0].code)
    context = {"villages": found, "who": opening.describe(request.actor, request.today)}
    return render(request, "desk/who_decides_villages.html", context)


@require_http_methods(["GET", "POST"])
@for_village
def who_decides(request: HttpRequest) -> HttpResponse:
    """Every matter with its body; and, for whoever convenes the assembly, the form that records a delegation."""
    refusal = None
    if request.method == "POST":
        try:
            _record(request)
            return HttpResponseRedirect(reverse("desk:who-decides", args=[request.village.code]))
        except Refused as problem:
            refusal = problem
    return render(request, "desk/who_decides.html", _page(request, refusal), status=422 if refusal else 200)


def _record(request: HttpRequest) -> None:
    services.record_delegation(
        village=request.village.code,
        matters=request.POST.getlist("matter"),
        resolution=request.POST.get("resolution", ""),
        granted=request.POST.get("do") != "revoke",
        by=request.actor,
        at=request.now,
    )


def _page(request: HttpRequest, refusal: Refused | None) -> dict[str, Any]:
    edition = catalogue.current(request.today)
    setting = meetings.setting(request.village.code, request.today)
    bodies, titles = meetings.bodies(edition), _law_titles(edition)
    lines = [
        _line(one, bodies, setting, titles)
        for one in meetings.matters(edition)
        if one.since <= request.today and (one.kind == "residents") is setting.residents
    ]
    return {
        "village": request.village,
        "lines": lines,
        "has_collective": setting.has_collective,
        "residents": setting.residents,
        "resolutions": _resolutions(request, setting),
        "delegable": [one for one in lines if one.delegable],
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }


def _law_titles(edition: catalogue.Edition) -> dict[str, str]:
    return {law: entry.title for law, entry in catalogue.laws(edition).items()}


def _line(matter: Matter, bodies: Bodies, setting: Setting, titles: dict[str, str]) -> MatterLine:
    able = competent(matter, setting)
    return MatterLine(
        matter=matter,
        deciders=tuple(
            Decider(
                _title(bodies, one.body, setting), one.body in able, _majority(one.passing),
                _why(one.delegated, one.no_collective) if one.body not in able else "",
            )
            for one in matter.deciders
        ),
        barred=tuple((_title(bodies, body, setting), article.text(titles)) for body, article in matter.barred),
        article=matter.citation.text(titles),
        doubtful=matter.citation.confidence.value == "assumed",
        delegable=any(one.delegated for one in matter.deciders),
        delegated=matter.id in setting.delegated,
    )  # fmt: skip


def _why(delegated: bool, no_collective: bool) -> str:
    if delegated:
        return _("还没有授权记录")
    return _("这里有集体经济组织，不能代行") if no_collective else ""


def _majority(passing: Passing | None) -> str:
    return _("全体的%(share)s") % {"share": str(passing.majority)} if passing else ""


def _title(bodies: Bodies, body: str, setting: Setting) -> str:
    return find_body(bodies, body, setting.on).title


def _resolutions(request: HttpRequest, setting: Setting) -> tuple[Resolution, ...]:
    """Resolutions of the assembly of this and last year that passed: what a delegation may rest on."""
    body = ASSEMBLY["residents" if setting.residents else "village"]
    years = (request.today.year, request.today.year - 1)
    held = (one for year in years for one in meetings.resolutions_in(request.village.code, body, year))
    return tuple(one for one in held if one.result == "passed")
