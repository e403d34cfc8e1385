"""清单体检: where list, duty table, charts, page and the notice's annexes disagree, for the departments to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.rules.linter import KINDS, Finding, lint
from mingbai.desk import opening
from mingbai.desk.views.access import for_office_holder
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures import queries as procedures


@dataclass(frozen=True)
class Line:
    """One finding, with its basis in words where its group does not say it."""

    finding: Finding
    basis: str


@dataclass(frozen=True)
class Group:
    """Findings of one kind; `basis` when they all have the same one, then said once."""

    title: str
    basis: str
    lines: tuple[Line, ...]


@require_GET
@for_office_holder
def linter(request: HttpRequest) -> HttpResponse:
    """What the reader's own department must decide first, then the rest, by kind."""
    newest, shown = catalogue.latest(), catalogue.current(request.today)
    found = lint(catalogue.catalogue(newest), procedures.sides(newest.number), catalogue.powers(shown))
    titles = {id: law.short for id, law in catalogue.laws(newest).items()}
    own = _own_titles(request.actor, request.today)
    mine = [one for one in found if any(title in one.who for title in own)]
    context = {
        "edition": newest,
        "count": len(found),
        "mine": _groups(mine, titles),
        "mine_count": len(mine),
        "others": _groups([one for one in found if one not in mine], titles),
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/linter.html", context)


def concerns(actor: Actor, today: date) -> bool:
    """Whether somebody holds an office of the district, and so may have something to decide."""
    district = {one.code for one in organisations.offices("district")}
    return any(one.office in district and one.since <= today for one in actor.mandates)


def _own_titles(actor: Actor, today: date) -> set[str]:
    held = [one for one in actor.mandates if one.since <= today]
    return {organisations.office_title(one.office) for one in held}


def _groups(found: Iterable[Finding], titles: Mapping[str, str]) -> tuple[Group, ...]:
    order = list(KINDS)
    by_kind = groupby(sorted(found, key=lambda one: order.index(one.kind)), key=lambda one: one.kind)
    return tuple(_group(KINDS[kind], tuple(group), titles) for kind, group in by_kind)


def _group(title: str, found: tuple[Finding, ...], titles: Mapping[str, str]) -> Group:
    bases = [one.basis.text(titles) if one.basis else "" for one in found]
    if len(set(bases)) == 1:
        return Group(title, bases[0], tuple(Line(one, "") for one in found))
    return Group(title, "", tuple(map(Line, found, bases)))
