"""The register of assets and resources at the desk: villages, the list, a new object, one object with its history."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingbai.desk import opening, registering
from mingbai.desk.registering import for_register, shown, words
from mingbai.desk.views.access import for_office_holder
from mingbai.evidence import queries as evidence
from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.registers import services
from mingbai.registers.queries import objects as register
from mingbai.registers.queries.objects import ObjectFile, ObjectView
from mingbai.registers.queries.stocktakes import due_on
from mingbai.registers.rules.kinds import ASSET, RESOURCE
from mingbai.registers.rules.objects import parse_area


@require_GET
@for_office_holder
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose registers I may see; with one only, its register."""
    mine = registering.villages_of(request.actor, request.today)
    if len(mine) == 1:
        return redirect("desk:registers", mine[0].code)
    who = opening.describe(request.actor, request.today)
    return render(request, "desk/registers_villages.html", {"who": who, "villages": mine})


@require_GET
@for_register
def village(request: HttpRequest) -> HttpResponse:
    """A village's register by number, filtered by family, kind and state, as of a day; what differs from the book."""
    kinds = request.kinds
    asked = {name: request.GET.get(name, "") for name in ("family", "kind", "state", "on")}
    on = _day_or_none(asked["on"])
    page = register.objects(
        request.village.code, on, family=asked["family"], kind=asked["kind"], state=asked["state"],
        after=request.GET.get("after", "")[:40],
    )  # fmt: skip
    totals = register.totals(request.village.code, on)
    titles = {one.id: one.title for one in (*kinds.assets, *kinds.resources)}
    return shown(
        request, "desk/registers.html", page=page, totals=totals, asked=asked, titles=titles, words=words(),
        due=totals.assets + totals.resources and due_on(request.village.code, kinds.stock_take.years, request.today),
        rhythm=kinds.stock_take,
    )  # fmt: skip


def _day_or_none(text: str) -> Any:
    try:
        return registering.day(text) if text else None
    except Refused:
        return None


@require_http_methods(["GET", "POST"])
@for_register
def add(request: HttpRequest) -> HttpResponse:
    """Choose the kind; then name, a few facts and a photograph from the phone."""
    if not request.keeps:
        raise Http404("没有这个村")
    kinds = request.kinds
    family, _colon, kind = (request.POST.get("kind") or request.GET.get("kind", "")).partition(":")
    known = family in (ASSET, RESOURCE) and any(one.id == kind for one in kinds.of(family))
    refusal = None
    if request.method == "POST" and known:
        try:
            with transaction.atomic():
                number = services.register_object(
                    village=request.village.code, new=registering.new_object(request, family, kind),
                    by=request.actor, occurred_on=request.today, at=request.now,
                ).number  # fmt: skip
            return redirect("desk:registers-object", request.village.code, number)
        except Refused as problem:
            refusal = problem
    return shown(
        request, "desk/registers_add.html", 422 if refusal else 200, refusal=refusal, kinds=kinds,
        family=family if known else "", kind=kinds.kind(family, kind) if known else None, words=words(),
        values=request.POST or request.GET, offices=registering.titles(kinds.hands.custodians), sides=_sides(request),
        management=words()[family] if known else {},
    )  # fmt: skip


def _sides(request: HttpRequest) -> list[tuple[str, str, str]]:
    labels = {"east": _("东至"), "south": _("南至"), "west": _("西至"), "north": _("北至")}
    return [(name, labels[name], request.POST.get(name, "")) for name in registering.SIDES]


@require_http_methods(["GET", "POST"])
@for_register
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One object: how it stands, its pictures, everything that became of it; `do` is an act on it."""
    file, refusal = _file(request, number), None
    if request.method == "POST":
        if not request.keeps:
            raise Http404("没有这个编号")
        try:
            with transaction.atomic():
                _act(request, file.one)
            return redirect("desk:registers-object", request.village.code, number)
        except Refused as problem:
            refusal = problem
    kinds, found = request.kinds, file.one
    pictures = evidence.papers(file.photos)
    names = {one.id: one.name for one in organisations.people({line.person for line in file.history})}
    custodians = {line.change.custodian for line in file.history if line.change and line.change.custodian}
    shown_offices = {*(line.office for line in file.history), *custodians, found.standing.custodian}
    return shown(
        request, "desk/registers_object.html", 422 if refusal else 200, one=found, refusal=refusal, words=words(),
        kind=kinds.title(found.family, found.kind), pictures=[pictures[id] for id in file.photos if id in pictures],
        history=[(line, names.get(line.person, "")) for line in file.history], values=request.POST,
        offices=registering.titles(kinds.hands.custodians), titles=registering.titles(shown_offices),
        sides=_sides(request), management=words()[found.family],
    )  # fmt: skip


def _file(request: HttpRequest, number: str) -> ObjectFile:
    try:
        found = register.file_of(number)
    except Refused as unknown:
        raise Http404("没有这个编号") from unknown
    if found.one.village != request.village.code:
        raise Http404("没有这个编号")
    return found


def _act(request: HttpRequest, found: ObjectView) -> None:
    """Carry out what the form asks. Raises `Refused` when it may not be."""
    said = request.POST
    told = {
        "number": found.number, "by": request.actor, "at": request.now,
        "occurred_on": registering.day(said.get("day", "")),
    }  # fmt: skip
    match said.get("do", ""):
        case "use":
            given = {name: said.get(name, "") for name in ("state", "management", "basis", "note")}
            services.change_use(**told, **given)
        case "custody":
            services.hand_over(**told, custodian=said.get("custodian", ""))
        case "depreciate":
            amount = Money.parse(said.get("amount", ""))
            services.depreciate(**told, amount=amount, basis=said.get("basis", ""))
        case "revalue":
            services.revalue(**told, value=Money.parse(said.get("value", "")), basis=said.get("basis", ""))
        case "remeasure":
            area, sides = parse_area(said.get("area", "")), registering.boundaries(said)
            services.remeasure(**told, area=area, boundaries=sides, basis=said.get("basis", ""))
        case "dispose":
            given = {name: said.get(name, "") for name in ("way", "basis", "note")}
            services.dispose(**told, **given)
        case "photo":
            _photograph(request, told)
        case _:
            raise Refused(_("没有写要办什么"), remedy=_("从下面选一样"))


def _photograph(request: HttpRequest, told: dict[str, Any]) -> None:
    kept = registering.kept_photos(request)
    if not kept:
        raise Refused(_("没有照片"), remedy=_("拍一张再交"))
    for paper in kept:
        services.photograph(**told, paper=paper)
