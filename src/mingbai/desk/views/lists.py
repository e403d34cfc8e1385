"""What one reads at the desk: what awaits me, and a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingbai.cases import queries as cases
from mingbai.cases.queries.approving import hands
from mingbai.complaints import queries as complaints
from mingbai.desk import drafts, opening, relieving
from mingbai.desk.charting.scope import may_draft
from mingbai.desk.views import linter, withdrawing
from mingbai.desk.views.access import for_case, for_office_holder
from mingbai.evidence import queries as evidence


@require_GET
@for_office_holder
def home(request: HttpRequest) -> HttpResponse:
    """What awaits me, what awaits others, my drafts, and what I may begin."""
    context = {
        "today": request.today,
        "awaiting": cases.awaiting(request.actor, request.today),
        "others": cases.waiting_for_others(request.actor, request.today),
        "objections": complaints.unanswered(request.actor, request.today),
        "to_sign": cases.signatures_for(request.actor, request.today),
        "overdue": cases.overdue_below(request.actor, request.today),
        "drafts": drafts.of(request.user),
        "charts": may_draft(request.actor, request.today),
        "may_open": opening.may_open(request.actor, request.today),
        "relief": bool(relieving.villages_of(request.actor, request.today)) or relieving.may_file(request),
        "keeps_the_list": linter.concerns(request.actor, request.today),
        "takes_down": bool(withdrawing.reach(request.actor, request.today)),
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/home.html", context)


@require_GET
@for_case
def case(request: HttpRequest) -> HttpResponse:
    """One case as its office-holders see it: where it stands and what has been done."""
    steps = cases.awaiting(request.actor, request.today)
    context = {
        "case": request.case,
        "mine": [step for step in steps if step.case == request.case.number],
        "deadlines": cases.deadlines_of(request.case.number),
        "hands": hands(request.case, request.today),
        "newer": cases.newer(request.case, request.actor, request.today),
        "today": request.today,
        "papers": evidence.papers_of(f"case:{request.case.number}"),
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/case.html", context)
