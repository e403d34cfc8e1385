"""Fixed allowances, their yearly appraisals and what is known from outside, at the desk."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingbai.cases import queries as cases
from mingbai.desk import registering
from mingbai.desk.labouring import for_village, shown
from mingbai.desk.views.labour import kept_file, order_month
from mingbai.kernel import Money, Refused
from mingbai.labour import services
from mingbai.labour.queries import attendance
from mingbai.labour.queries.access import rules_on, states_office
from mingbai.labour.queries.allowances import allowances, appraisals, states


@require_http_methods(["GET", "POST"])
@for_village
def people(request: HttpRequest) -> HttpResponse:
    """Who receives a fixed allowance, how each was appraised, who is known to be elsewhere; `do` adds to one of them."""
    refusal = None
    request.keeps_states = bool(states_office(request.actor, request.village.code, request.today))
    if request.method == "POST":
        try:
            with transaction.atomic():
                number = _done(request)
            if number:
                return redirect("desk:labour-list", request.village.code, number)
            return redirect("desk:labour-people", request.village.code)
        except Refused as problem:
            refusal = problem
    return _page(request, refusal)


def _page(request: HttpRequest, refusal: Refused | None) -> HttpResponse:
    code, rules = request.village.code, rules_on(request.today).settings
    workers = attendance.workers(code)
    names = {one.id: one.name for one in workers}
    return shown(
        request, "desk/labour_people.html", 422 if refusal else 200, refusal=refusal, posted=request.POST,
        workers=workers, allowances=allowances(code, request.today, names), appraisals=appraisals(code, names),
        results=rules.allowance.results, titles={one.id: one.title for one in rules.allowance.results},
        kinds=rules.states, kind_titles={one.id: one.title for one in rules.states}, month=request.today.replace(day=1),
        states=states(code, request.today, names) if request.keeps_states else None, year=request.today.year - 1,
    )  # fmt: skip


def _done(request: HttpRequest) -> str:
    """Carry out the form; the number of the list that was made, else empty."""
    said, by = request.POST, {"by": request.actor, "at": request.now}
    match said.get("do"):
        case "allowance":
            services.name_allowance(
                worker=_worker(request), case=_case(request), monthly=Money.parse(said.get("monthly", "")),
                since=registering.day(said.get("since", "")), until=registering.day(said.get("until", "")), **by,
            )  # fmt: skip
        case "appraisal":
            year = said.get("year", "")
            services.record_appraisal(
                worker=_worker(request), year=int(year) if year.isdecimal() and len(year) == 4 else 0,
                result=said.get("result", ""), held_on=registering.day(said.get("held_on", "")),
                paper=kept_file(request, "民主评议记录"), **by,
            )  # fmt: skip
        case "state":
            _state(request)
        case "list":
            month = order_month(said.get("month", ""))
            made = services.make_allowance_list(
                village=request.village.code, case=_case(request), month=month, **by
            )
            return made.number
        case _:
            raise Refused(_("没有选办什么"), remedy=_("点页面上的按钮"))
    return ""


def _worker(request: HttpRequest) -> int:
    """The worker of the form, of this village; 0 for anybody else."""
    asked = request.POST.get("worker", "")
    known = attendance.workers(request.village.code)
    return next((one.id for one in known if str(one.id) == asked), 0)


def _case(request: HttpRequest) -> str:
    number = request.POST.get("case", "").strip()
    if cases.case(number).village != request.village.code:
        raise Refused(_("这件事不是本村的"), remedy=_("核对事项编号"))
    return number


def _state(request: HttpRequest) -> None:
    said = request.POST
    if not request.keeps_states:
        raise Http404("没有这一页")
    line = services.NewState(
        said.get("id_number", ""), said.get("kind", ""), registering.day(said.get("since", "")),
        registering.day(said.get("until", "")),
    )  # fmt: skip
    services.import_states(
        village=request.village.code, source=said.get("source", ""), lines=[line], by=request.actor, at=request.now
    )  # fmt: skip
