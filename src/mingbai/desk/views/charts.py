"""A chart of a draft as a table of steps: one step open to be written, the drawing and the proof beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import services
from mingbai.catalogue.queries import drafts
from mingbai.catalogue.rules.chart_changes import chart_changes
from mingbai.desk import opening
from mingbai.desk.charting import filling, history, page
from mingbai.desk.charting.pressing import pressed
from mingbai.desk.charting.scope import Desk, for_drafters, open_desk
from mingbai.kernel import BadFile, Refused
from mingbai.organisations import queries as organisations
from mingbai.procedures.drafted import folder
from mingbai.procedures.rules.rows.model import Table
from mingbai.procedures.rules.rows.text import write_table

NOTES = {"kept", "merged", "same"}


@require_http_methods(["GET", "POST"])
@for_drafters
def chart(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """Look at the table, write the open step, add, move and take out steps."""
    if request.method == "GET":
        desk = open_desk(request.actor, request.today, draft, chart)
        return _shown(request, desk, request.GET.get("step", ""))
    desk = open_desk(request.actor, request.today, draft, chart, seen_of(request))
    desk.refuse_reader()
    what, _colon, revision = request.POST.get("do", "").partition(":")
    if what == "text":
        return keep(request, desk, request.POST.get("text", "").replace("\r\n", "\n"), "")
    if what == "restore":
        return keep(request, desk, history.text_of(desk, revision), "")
    return _pressed(request, desk)


def seen_of(request: HttpRequest) -> int | None:
    """The revision of the draft that the page was made from."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _shown(request: HttpRequest, desk: Desk, opened: str) -> HttpResponse:
    try:
        return shown(request, desk, desk.table(), desk.text, opened)
    except BadFile as bad:
        return written(request, desk, desk.text, bad)


def shown(
    request: HttpRequest,
    desk: Desk,
    table: Table,
    text: str,
    opened: str,
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    """The page with these rows, kept or not."""
    context = {
        **page.page(desk, table, text, opened, request.today),
        "history": history.kept(desk) if desk.may_write else (),
        "refusal": refusal,
        "note": request.GET.get("note", "") if request.GET.get("note") in NOTES else "",
        "who": opening.describe(request.actor, request.today),
        **more,
    }
    return render(request, "desk/chart_table.html", context, status=422 if refusal else 200)


def written(
    request: HttpRequest, desk: Desk, text: str, bad: BadFile | None, refusal: Refused | None = None
) -> HttpResponse:
    """The chart as text, where no table can be made of it."""
    context = {
        "desk": desk, "text": text, "bad": bad, "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
    }  # fmt: skip
    return render(request, "desk/chart_text.html", context, status=422 if refusal else 200)


def _filled(data: QueryDict, desk: Desk, table: Table) -> Table:
    """The table with what was submitted of its open step."""
    opened = data.get("step", "")
    if opened == page.WHOLE:
        return filling.whole_from(data, table)
    row = table.step(opened)
    return filling.step_from(data, table, row, folder(desk.files).known) if row else table


def _pressed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Whatever button it was: the open step is taken in first, then the button's own work is done."""
    try:
        table = _filled(request.POST, desk, desk.table())
    except BadFile as bad:
        return written(request, desk, desk.text, bad)
    opened = request.POST.get("step", "")
    text = write_table(versioned(desk, table), desk.text)
    if request.POST.get("do") == "look":
        return shown(request, desk, table, text, opened)
    try:
        done, following = pressed(request.POST, table)
    except Refused as problem:
        return shown(request, desk, table, text, opened, problem)
    return keep(request, desk, write_table(versioned(desk, done), desk.text), following)


def versioned(desk: Desk, table: Table) -> Table:
    """The next version of the chart when it says something else than the edition that the draft stands on."""
    before = catalogue.edition(desk.draft.base).files.get(desk.file)
    if before is None:
        return table
    old = replace(desk, text=before).table()
    same = table.model_copy(update={"version": old.version}) == old
    return table.model_copy(update={"version": old.version + (0 if same else 1)})


def keep(request: HttpRequest, desk: Desk, text: str, following: str) -> HttpResponse:
    """Write the chart into the draft and go on to the step that follows; a clash is told and nothing is lost."""
    note = "same"
    if text != desk.text:
        try:
            done = services.write_draft(
                draft=desk.draft.id,
                file=desk.file,
                text=text,
                seen=desk.seen,
                by=request.actor,
                at=request.now,
            )
        except Refused as problem:
            return _clash(request, desk, text, problem)
        note = "merged" if done.merged else "kept"
    address = reverse("desk:chart", args=[desk.draft.id, desk.chart.id])
    query = QueryDict(mutable=True)
    query.update({"note": note, **({"step": following} if following else {})})
    return HttpResponseRedirect(f"{address}?{query.urlencode()}{'#open' if following else ''}")


def _clash(request: HttpRequest, desk: Desk, text: str, problem: Refused) -> HttpResponse:
    """Another wrote the same place: what was typed stands in the form, on what the other wrote, and the difference is told."""
    now = open_desk(request.actor, request.today, desk.draft.id, desk.chart.id)
    try:
        theirs = now.table()
        mine = _filled(request.POST, now, theirs)
    except BadFile as bad:
        return written(request, now, text, bad, problem)
    if "part" not in request.POST:
        return written(request, now, text, None, problem)
    on_theirs = write_table(mine, now.text)
    offices = folder(now.files).titles["offices"]
    changes = chart_changes(now.file, now.text, on_theirs, offices)
    opened, said = request.POST.get("step", ""), _said(now, desk, problem)
    return shown(request, now, mine, on_theirs, opened, said, changes=changes, clash=True)


def _said(now: Desk, seen: Desk, problem: Refused) -> Refused:
    """Who wrote the same place, without names of files and keys; any other refusal as it was said."""
    if now.text == seen.text:
        return problem
    last = organisations.people([drafts.last_writer(now.draft.id, now.file)])
    who = last[0].name if last else _("别人")
    return Refused(
        _("%s刚刚也改了同一处，没有存") % who, remedy=_("您写的没有丢：对照下面列的差别，再决定用谁的")
    )


@require_POST
@for_drafters
def beside(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """Drawing and proof of what stands in the form, as a piece of the page, while somebody types."""
    desk = open_desk(request.actor, request.today, draft, chart, seen_of(request))
    try:
        table = _filled(request.POST, desk, desk.table())
    except BadFile as bad:
        raise Refused(str(bad), remedy=_("重新打开这一页")) from bad
    text = write_table(table, desk.text)
    context = page.looked(desk, table, text, request.POST.get("step", ""), request.today)
    return render(request, "desk/chart_beside.html", context)
