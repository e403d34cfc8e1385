"""Rolls to change: a file handed in, looked at and then set; one person put on or taken off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingbai.desk import rolling
from mingbai.desk.rolling import Upload, for_roll
from mingbai.desk.views.rolls import day, shown
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings import services
from mingbai.meetings.queries import RollEntry
from mingbai.meetings.rules.roll_rows import BIRTH, COLUMNS, GROUP, HOUSEHOLD, NAME, NUMBER, STANDING
from mingbai.meetings.rules.rolls import MOST_BYTES, MOST_ROWS
from mingbai.meetings.services import RollImport

MOST_SHOWN = 200
FORM_COLUMNS = (NUMBER, NAME, BIRTH, HOUSEHOLD, GROUP, STANDING)


@require_http_methods(["GET", "POST"])
@for_roll
def take(request: HttpRequest) -> HttpResponse:
    """Hand in a file; what it would change is shown next, nothing is set yet."""
    refusal = None
    if request.method == "POST" and request.keeps:
        try:
            rolling.keep_upload(request, _upload(request))
            return HttpResponseRedirect(_to("preview-roll", request))
        except Refused as problem:
            refusal = problem
    return _shown(
        request, "desk/roll_take.html", refusal, columns=COLUMNS, most_rows=MOST_ROWS, most=MOST_BYTES // 10**6,
        since=request.POST.get("since") or request.today.isoformat(), term_from=request.POST.get("term_from", ""),
    )  # fmt: skip


def _upload(request: HttpRequest) -> Upload:
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("还没有选文件"), remedy=_("选填好的 .xlsx 或者 .csv 文件"))
    if file.size > MOST_BYTES:
        raise Refused(_("文件太大，最多 5 兆"), remedy=_("去掉图片和别的表，只留这一张表"))
    return Upload(
        file.read(), file.name, _since(request), day(request.POST.get("term_from", "")), request.now
    )


def _since(request: HttpRequest) -> date:
    found = day(request.POST.get("since", ""))
    if found is None:
        raise Refused(_("没有写从哪天起"), remedy=_("写名册生效的日期"))
    return found


@require_http_methods(["GET", "POST"])
@for_roll
def preview(request: HttpRequest) -> HttpResponse:
    """What the file would change; and, once looked at, setting it. The file stays until it is set or given up."""
    upload = rolling.kept_upload(request)
    if upload is None:
        return HttpResponseRedirect(_to("roll" if request.method == "POST" else "take-roll", request))
    refusal = None
    if request.method == "POST":
        try:
            done = _import(request, upload, dry_run=False, seen=request.POST.get("seen", ""))
            if done.ok:
                rolling.drop_upload(request)
                return HttpResponseRedirect(_to("roll", request))
        except Refused as problem:
            refusal = problem
    return _previewed(request, upload, refusal)


def _previewed(request: HttpRequest, upload: Upload, refusal: Refused | None) -> HttpResponse:
    trial = None
    try:
        trial = _import(request, upload, dry_run=True)
    except Refused as problem:
        refusal = refusal or problem
    lists = _lists(trial) if trial else []
    faults = trial.faults[:MOST_SHOWN] if trial else ()
    return _shown(
        request, "desk/roll_preview.html", refusal, upload=upload, trial=trial, lists=lists, faults=faults,
        status=422 if refusal or faults else 200,
    )  # fmt: skip


def _lists(trial: RollImport) -> list[tuple[str, int, tuple[str, ...]]]:
    """Who joins, leaves, is described anew, or is taken for somebody registered: title, how many, names shown."""
    said = (
        (_("新进的"), trial.joins),
        (_("出去的"), trial.leaves),
        (_("户号、小组或者身份改了的"), trial.altered),
        (_("认作系统里已经登记的同名人"), trial.linked),
    )
    return [(title, len(names), names[:MOST_SHOWN]) for title, names in said if names]


def _import(request: HttpRequest, upload: Upload, *, dry_run: bool, seen: str = "") -> RollImport:
    return services.import_roll(
        village=request.village.code, body=request.rule.id, content=upload.content, since=upload.since,
        term_from=upload.term_from, by=request.actor, at=request.now, dry_run=dry_run, seen=seen,
    )  # fmt: skip


@require_POST
@for_roll
def give_up(request: HttpRequest) -> HttpResponse:
    """Forget the file."""
    rolling.drop_upload(request)
    return HttpResponseRedirect(_to("roll", request))


@require_http_methods(["GET", "POST"])
@for_roll
def put(request: HttpRequest) -> HttpResponse:
    """Put one person on the roll, with the reason."""
    cells = {title: request.POST.get(f"cell-{place}", "") for place, title in enumerate(FORM_COLUMNS)}
    refusal = None
    if request.method == "POST":
        try:
            services.put_on_roll(**_act(request), cells=cells, back=request.POST.get("back") == "1")
            return HttpResponseRedirect(_to("roll", request))
        except Refused as problem:
            refusal = problem
    fields = [(place, title, cells[title]) for place, title in enumerate(FORM_COLUMNS)]
    return _shown(request, "desk/roll_put.html", refusal, fields=fields, birth=BIRTH, **_entered(request))


@require_http_methods(["GET", "POST"])
@for_roll
def off(request: HttpRequest, person: str) -> HttpResponse:
    """Take one person off the roll, with the reason."""
    refusal, leaving = None, _member(request, person)
    if request.method == "POST":
        try:
            services.take_off_roll(**_act(request), person=person, why=request.POST.get("why", ""))
            return HttpResponseRedirect(_to("roll", request))
        except Refused as problem:
            refusal = problem
    if leaving is None:
        return HttpResponseRedirect(_to("roll", request))
    return _shown(
        request, "desk/roll_off.html", refusal, leaving=leaving, why=request.POST.get("why", ""), **_entered(request)
    )  # fmt: skip


def _member(request: HttpRequest, person: str) -> RollEntry | None:
    book = meetings.roll_book(request.village.code, request.rule.id, request.today)
    return next((one for one in book.entries if one.person == person), None)


def _act(request: HttpRequest) -> dict[str, Any]:
    return {
        "village": request.village.code, "body": request.rule.id, "since": _since(request),
        "reason": request.POST.get("reason", ""), "by": request.actor, "at": request.now,
    }  # fmt: skip


def _entered(request: HttpRequest) -> dict[str, str]:
    since = request.POST.get("since") or request.today.isoformat()
    return {"since": since, "reason": request.POST.get("reason", "")}


def _to(name: str, request: HttpRequest) -> str:
    return reverse(f"desk:{name}", args=[request.village.code, request.rule.id])


def _shown(request: HttpRequest, template: str, refusal: Refused | None, **context: Any) -> HttpResponse:
    """A page on which this roll is changed; who may not change it is told by whom it is."""
    if not request.keeps:
        refusal = refusal or Refused(
            _("您不能登记这份名册"),
            basis=request.rule.citation,
            remedy=_("由召集人、村文书或者镇（街道）登记"),
        )
    status = context.pop("status", 422 if refusal else 200)
    status = status if request.keeps else 403
    return shown(
        request, template, status=status, village=request.village, rule=request.rule, refusal=refusal,
        keeps=request.keeps, **context,
    )  # fmt: skip
