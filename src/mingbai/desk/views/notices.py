"""A notice at the desk: posted with proof, posted again after a change, reported missing, hung again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingbai.cases import queries as cases
from mingbai.cases import services
from mingbai.cases.rules.days import legal_day
from mingbai.cases.services import Proof
from mingbai.desk import drafts, entering, opening
from mingbai.desk.views.access import for_case
from mingbai.desk.views.acts import read_day, show
from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused


@require_POST
@for_case
def post(request: HttpRequest, step: str) -> HttpResponse:
    """Record that a notice hangs: by the photograph with the sheet's code, or by its web posting."""
    number = request.case.number
    kept = drafts.read(request.user, number, step)
    try:
        kept = entering.receive(request, kept)
        drafts.keep(request.user, number, step, kept, request.now)
        services.start_notice(
            case=number,
            step=step,
            posted_on=read_day(kept.values.get("posted_on", ""), request.today),
            papers=kept.papers,
            proof=_proof(number, step, kept),
            by=request.actor,
            at=request.now,
        )
    except Refused as problem:
        return show(request, step, kept, problem)
    drafts.drop(request.user, number, step)
    return HttpResponseRedirect(reverse("desk:case", args=[number]))


def _proof(number: str, step: str, kept: drafts.Kept) -> Proof:
    if kept.values.get("proof") == "web":
        return _web(number, step)
    return _on_the_board(kept)


def _on_the_board(kept: drafts.Kept) -> Proof:
    code = kept.values.get("code", "")
    if not code:
        raise Refused(
            _("还没有写照片上那张纸的编号"),
            remedy=_("编号印在纸的右下角，照着写；没有编号的，先打印最新的一张贴上去"),
        )
    return Proof("board", code)


def _web(number: str, step: str) -> Proof:
    """The publication that says what this notice says: the first that carries the code of its sheet."""
    code = cases.notice_sheet(number, step)[0]
    for one in disclosure.of_case(number):
        if any(waiting.get("sheet") == code for waiting in one.data.get("next") or ()):
            return Proof("web", code, one.id, legal_day(one.published_at))
    return Proof("web", code)


@dataclass(frozen=True)
class Act:
    """One act on a hanging notice as a page: what is asked, and the call it becomes.

    `texts` are (name, label, hint); `day` is the label of its day; `coded` asks for the sheet's code.
    """

    name: str
    title: str
    lead: str
    day: str
    texts: tuple[tuple[str, str, str], ...]
    button: str
    coded: bool
    only_photo: bool
    call: Callable[..., Any]


def _acts() -> dict[str, Act]:
    return {
        "repost": Act(
            "repost",
            _("重新公示"),
            _("内容改了，就要换一张重新贴，天数从头算。原来那次的记录留着，改了什么、为什么改，都会公开。"),
            _("哪天换上的"),
            (
                ("changed", _("改了什么"), _("会公开，不写证件号、账号、电话")),
                ("why", _("为什么改"), _("会公开")),
            ),
            _("换上了，重新公示"),
            True,
            False,
            services.repost_notice,
        ),
        "interrupt": Act(
            "interrupt",
            _("发现没有贴着"),
            _("公示被撕掉、刮掉或者看不清了，拍下公开栏现在的样子。从这天起天数停着，重新贴上以后补足。"),
            _("哪天看到的"),
            (("reason", _("看到的情况"), _("会公开")),),
            _("登记没有贴着"),
            False,
            True,
            services.interrupt_notice,
        ),
        "rehang": Act(
            "rehang",
            _("重新贴上了"),
            _("贴的还是原来那一张。没有贴着的日子不算，往后补足。"),
            _("哪天贴上的"),
            (),
            _("贴上了，接着算"),
            True,
            True,
            services.rehang_notice,
        ),
    }


_DAYS = {"repost": "posted_on", "interrupt": "found_on", "rehang": "hung_on"}


@require_http_methods(["GET", "POST"])
@for_case
def act(request: HttpRequest, step: str, name: str) -> HttpResponse:
    """Post a changed notice again, report that one does not hang, or say that it hangs again."""
    chosen = _acts()[name]
    place = f"{step}~{name}"
    kept = drafts.read(request.user, request.case.number, place)
    if request.method == "GET":
        return _page(request, step, chosen, kept)
    try:
        kept = entering.receive(request, kept)
        drafts.keep(request.user, request.case.number, place, kept, request.now)
        _carry_out(request, step, chosen, kept)
    except Refused as problem:
        return _page(request, step, chosen, kept, problem)
    drafts.drop(request.user, request.case.number, place)
    return HttpResponseRedirect(reverse("desk:case", args=[request.case.number]))


def _carry_out(request: HttpRequest, step: str, chosen: Act, kept: drafts.Kept) -> None:
    on = read_day(kept.values.get("on", ""), request.today)
    more: dict[str, Any] = {one: kept.values.get(one, "") for one, _label, _hint in chosen.texts}
    if chosen.coded:
        more["proof"] = _on_the_board(kept)
    chosen.call(
        case=request.case.number,
        step=step,
        papers=kept.papers,
        by=request.actor,
        at=request.now,
        **{_DAYS[chosen.name]: on},
        **more,
    )


def _page(
    request: HttpRequest, step: str, chosen: Act, kept: drafts.Kept, refusal: Refused | None = None
) -> HttpResponse:
    try:
        form = cases.step_form(request.case.number, step, request.actor, request.today)
    except Refused as unknown:
        raise Http404("没有这一步") from unknown
    if form.notice is None and refusal is None:
        raise Http404("这一步没有贴着的公示")
    asked = [need for need in form.papers if need.id == "photo" or not chosen.only_photo]
    context = {
        "case": request.case,
        "node": form.node,
        "act": chosen,
        "texts": [(one, label, hint, kept.values.get(one, "")) for one, label, hint in chosen.texts],
        "tiles": [entering.Tile(need, tuple(kept.papers.get(need.id, ()))) for need in asked],
        "kept": kept,
        "on": kept.values.get("on", request.today.isoformat()),
        "code": kept.values.get("code", ""),
        "refusal": refusal,
        "today": request.today,
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/notice_act.html", context, status=422 if refusal else 200)
