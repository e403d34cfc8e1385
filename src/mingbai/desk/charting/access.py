"""Whose charts: a department edits those of the powers it compiles. Default: not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import drafts
from mingbai.catalogue.queries.drafts import DraftView
from mingbai.kernel import BadFile, Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures import preview
from mingbai.procedures.rules.table import Words
from mingbai.procedures.rules.text import Chart


@dataclass(frozen=True)
class Desk:
    """One chart of one draft as somebody saw it, at revision `seen` of the draft."""

    draft: DraftView
    seen: int
    files: Mapping[str, str]
    chart: Chart
    text: str
    words: Words
    power: str


def charts_of(actor: Actor, today: date) -> tuple[tuple[str, str], ...]:
    """The charts this person may edit, as (chart id, power's name); empty for who compiles nothing."""
    held = {one.office for one in actor.mandates if one.active(today)}
    return tuple(
        (power.procedure, power.name)
        for power in catalogue.powers(catalogue.latest())
        if power.procedure and held & {one.office for one in power.compiling_departments}
    )


def open_desk(actor: Actor, today: date, draft: int, chart: str, seen: str = "") -> Desk:
    """The chart of a draft, for whoever may edit it, as it stood at the revision that the form was made from.

    What another officer wrote since is not overwritten by cells that merely stood in the form: the writing puts
    both together.

    Raises:
        Http404: no such draft or chart, or another department's: all answer alike.
    """
    named = dict(charts_of(actor, today))
    try:
        view = drafts.draft(draft)
        at = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else view.revision
        name = preview.file_of(chart)
        files = {**drafts.files(draft), name: drafts.text_at(draft, name, at) or ""}
        read = preview.chart_in(files, chart)
    except (Refused, BadFile) as unknown:
        raise Http404("没有这张流程图") from unknown
    if chart not in named or view.status != "open":
        raise Http404("没有这张流程图")
    return Desk(view, at, files, read, files[name], words_of(), named[chart])


def words_of() -> Words:
    """What the district calls its offices, laws and bodies."""
    from mingbai.meetings.queries import bodies
    from mingbai.organisations import queries as organisations

    edition = catalogue.latest()
    return Words(
        {one.code: one.title for one in organisations.offices()},
        {id: law.title for id, law in catalogue.laws(edition).items()},
        {one.id: one.title for one in bodies(edition)},
    )
