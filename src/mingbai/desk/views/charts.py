"""A chart of a draft as a table of steps, with its drawing and its proof beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import services
from mingbai.desk import opening
from mingbai.desk.charting import excel, form
from mingbai.desk.charting.access import Desk, open_desk
from mingbai.desk.charting.form import Entered
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.procedures.preview import file_of, preview
from mingbai.procedures.rules import table
from mingbai.procedures.rules.table.conditions import sentences

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@for_office_holder
def chart(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """The table of steps: look, change, see whether it is lawful, keep."""
    desk = open_desk(request.actor, request.today, draft, chart, request.POST.get("seen", ""))
    if request.method == "GET":
        return _show(request, desk, form.written(desk, desk.chart, ()))
    entered = form.enter(desk, request.POST)
    if request.POST.get(form.DO) == "check" or entered.wrong:
        return _show(request, desk, entered)
    return _save(request, desk, entered)


def _save(request: HttpRequest, desk: Desk, entered: Entered) -> HttpResponse:
    """Keep it in the draft; a clash with another officer is told and nothing is lost."""
    try:
        _write(request, desk, entered.text)
    except Refused as problem:
        return _show(request, desk, entered, problem)
    return HttpResponseRedirect(reverse("desk:chart", args=[desk.draft.id, desk.chart.procedure]) + "#proof")


def _write(request: HttpRequest, desk: Desk, text: str) -> None:
    services.write_draft(
        draft=desk.draft.id,
        file=file_of(desk.chart.procedure),
        text=text,
        seen=desk.seen,
        by=request.actor,
        at=request.now,
    )


def _show(request: HttpRequest, desk: Desk, entered: Entered, refusal: Refused | None = None) -> HttpResponse:
    context = {
        "draft": desk.draft,
        "seen": desk.seen,
        "chart": entered.chart,
        "power": desk.power,
        "rows": table.rows_of(entered.chart, desk.words),
        "columns": table.COLUMNS,
        "offices": desk.words.offices.values(),
        "laws": desk.words.laws.values(),
        "steps": [row.name for row in table.rows_of(entered.chart, desk.words)],
        "conditions": sentences(entered.chart),
        "refusal": refusal,
        "who": opening.describe(request.actor, request.today),
        **_proof(request, desk, entered),
    }
    return render(request, "desk/chart.html", context, status=422 if refusal or entered.wrong else 200)


def _proof(request: HttpRequest, desk: Desk, entered: Entered) -> dict[str, object]:
    found = preview(desk.files, desk.chart.procedure, entered.text, request.today)
    titles = {id: law.title for id, law in catalogue.laws(catalogue.latest()).items()}
    failures = [one.text(titles) for one in found.report.failures] if found.report else []
    problems = [*entered.wrong, *([found.problem] if found.problem and not entered.wrong else [])]
    return {
        "drawing": found.drawing,
        "proved": found.report.proved if found.report else (),
        "failures": failures,
        "problems": problems,
    }


@require_POST
@for_office_holder
def proof(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """Drawing and proof of what stands in the form, as a piece of the page, while somebody types."""
    desk = open_desk(request.actor, request.today, draft, chart, request.POST.get("seen", ""))
    entered = form.enter(desk, request.POST)
    return render(request, "desk/_chart_proof.html", _proof(request, desk, entered))


@require_GET
@for_office_holder
def text(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """The chart as text."""
    desk = open_desk(request.actor, request.today, draft, chart)
    return _file(desk.text.encode(), "text/yaml; charset=utf-8", f"{chart}.yaml")


@require_GET
@for_office_holder
def sheet(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """The chart as an Excel sheet."""
    desk = open_desk(request.actor, request.today, draft, chart)
    return _file(excel.write(table.rows_of(desk.chart, desk.words)), XLSX, f"{chart}.xlsx")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@for_office_holder
def take(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """A file handed in: text or Excel. It is read whole or not at all."""
    desk = open_desk(request.actor, request.today, draft, chart, request.POST.get("seen", ""))
    here = form.written(desk, desk.chart, ())
    try:
        entered = _taken(request, desk)
    except Refused as problem:
        return _show(request, desk, here, problem)
    return _show(request, desk, entered) if entered.wrong else _save(request, desk, entered)


def _taken(request: HttpRequest, desk: Desk) -> Entered:
    file = request.FILES.get("file")
    if file is None or file.size > excel.LARGEST:
        raise Refused(_("没有选文件，或者文件太大"), remedy=_("选下载来改过的那个文件"))
    content = file.read()
    if file.name.endswith(".xlsx"):
        return form.from_cells(desk, excel.read(content, [one.id for one in desk.chart.nodes]))
    try:
        return Entered(desk.chart, content.decode("utf-8-sig").replace("\r\n", "\n"), ())
    except UnicodeDecodeError as bad:
        raise Refused(_("这个文件不是文字"), remedy=_("传 .yaml 或者 .xlsx 文件")) from bad
