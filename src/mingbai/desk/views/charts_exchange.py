"""A chart out of a draft and into it: as text, as an Excel sheet, as BPMN 2.0. What comes in is read whole or refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingbai.desk.charting.scope import Desk, for_drafters, open_desk
from mingbai.desk.charting.sheets import workbook
from mingbai.desk.charting.sheets_in import BadSheet, read_workbook
from mingbai.desk.charting.unpacking import LARGEST
from mingbai.desk.views.charts import keep, seen_of, shown, versioned, written
from mingbai.kernel import BadFile, Refused
from mingbai.procedures.drafted import folder
from mingbai.procedures.interchange import as_text, export_power, import_charts
from mingbai.procedures.rules.rows.model import Table, read_table
from mingbai.procedures.rules.rows.text import write_table

BPMN = "application/xml"
SUFFIXES = (".yaml", ".yml", ".xlsx", ".bpmn", ".xml")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FAULTS = 30


@require_GET
@for_drafters
def text(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """The chart as text."""
    desk = open_desk(request.actor, request.today, draft, chart)
    return _file(desk.text.encode(), "application/yaml; charset=utf-8", f"{chart}.yaml")


@require_GET
@for_drafters
def sheet(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """The chart as an Excel workbook."""
    desk = open_desk(request.actor, request.today, draft, chart)
    return _file(workbook(_table(desk), folder(desk.files)), XLSX, f"{chart}.xlsx")


@require_GET
@for_drafters
def bpmn(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """The chart and those it calls as BPMN 2.0, for other programs."""
    desk = open_desk(request.actor, request.today, draft, chart)
    try:
        content = export_power(desk.files, chart, request.today)
    except BadFile as bad:
        raise Refused(_("这张图还没有写完，导不出 BPMN：%s") % bad, remedy=_("照图旁边列的先补齐")) from bad
    return _file(content, BPMN, f"{chart}.bpmn")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _table(desk: Desk) -> Table:
    try:
        return desk.table()
    except BadFile as bad:
        raise Refused(_("这张图还读不通：%s") % bad.reason, remedy=_("先把文字改通，再下载表格")) from bad


@require_POST
@for_drafters
def take(request: HttpRequest, draft: int, chart: str) -> HttpResponse:
    """A file handed in takes the place of the chart's text."""
    desk = open_desk(request.actor, request.today, draft, chart, seen_of(request))
    desk.refuse_reader()
    try:
        name, content = _handed_in(request)
        table = _read(name, content, desk)
    except BadFile as bad:
        return _told(request, desk, Refused(_("第 %(line)s 行：%(reason)s") % {"line": bad.line, "reason": bad.reason},
                                            remedy=_("改好这一行再传；草案没有动")))  # fmt: skip
    except BadSheet as bad:
        return _told(
            request,
            desk,
            Refused(_("表格里有 %s 处看不懂，没有收") % len(bad.faults), remedy=_("照下面一处一处改好再传")),
            bad,
        )
    except Refused as problem:
        return _told(request, desk, problem)
    return keep(request, desk, _text(name, content, table, desk), "")


def _handed_in(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("还没有选文件"), remedy=_("选改好的 .yaml 或者 .xlsx 文件"))
    if file.size > LARGEST:
        raise Refused(_("文件太大"), remedy=_("只传一张流程图"))
    return file.name, file.read()


def _read(name: str, content: bytes, desk: Desk) -> Table:
    if not name.lower().endswith(SUFFIXES):
        raise Refused(_("不认识这种文件"), remedy=_("传 .yaml、.xlsx 或者 .bpmn 文件"))
    if name.lower().endswith(".xlsx"):
        return read_workbook(content, _table(desk), folder(desk.files))
    if name.lower().endswith((".bpmn", ".xml")):
        return _of_bpmn(content, name, desk)
    table = read_table(_decoded(content), desk.file)
    if table.procedure != desk.chart.id:
        raise Refused(_("这是另一张流程图（%s）的文字") % table.procedure, remedy=_("传这一张图的文件"))
    return table


def _of_bpmn(content: bytes, name: str, desk: Desk) -> Table:
    found = {one.procedure: one for one in import_charts(content, name)}
    if desk.chart.id not in found:
        titles = "、".join(one.title for one in found.values())
        raise Refused(_("文件里没有这张图，有的是：%s") % titles, remedy=_("传这一张图导出来、改过的文件"))
    return read_table(as_text(found[desk.chart.id]), desk.file)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as bad:
        raise Refused(_("文件不是 UTF-8 编码的文字"), remedy=_("用记事本另存为 UTF-8 再传")) from bad


def _text(name: str, content: bytes, table: Table, desk: Desk) -> str:
    """The text to keep: only the changed lines are written anew; a text brings its own comments along."""
    before = _decoded(content) if name.lower().endswith((".yaml", ".yml")) else desk.text
    return write_table(versioned(desk, table), before)


def _told(request: HttpRequest, desk: Desk, problem: Refused, bad: BadSheet | None = None) -> HttpResponse:
    """The page as it was, with what is wrong with the file."""
    faults = [str(one) for one in bad.faults[:MOST_FAULTS]] if bad else []
    try:
        return shown(request, desk, desk.table(), desk.text, "", problem, faults=faults)
    except BadFile as unread:
        return written(request, desk, desk.text, unread, problem)
