"""Writing down an objection for somebody who telephones or brings a sheet; the receipt is read or printed for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from mingbai.complaints import services
from mingbai.desk import objecting, opening
from mingbai.desk.receiving import bounded
from mingbai.desk.views import objections
from mingbai.desk.views.access import for_office_holder
from mingbai.kernel import Refused
from mingbai.organisations.rules import may_see


@require_http_methods(["GET", "POST"])
@bounded
@csrf_protect
@for_office_holder
def record(request: HttpRequest) -> HttpResponse:
    """Which case or line, how it came, what was said; then the receipt, once."""
    entered = request.POST if request.method == "POST" else request.GET
    lodged, about, refusal = None, None, None
    try:
        about = _about(request, entered)
        if request.method == "POST" and request.POST.get("do") != "find":
            lodged = _record(request, about)
    except Refused as problem:
        refusal = problem
    context = objections.form(entered, about, request.now) | {
        "lodged": lodged,
        "refusal": refusal,
        "channels": [("phone", _("打电话")), ("paper", _("书面"))],
        "who": opening.describe(request.actor, request.today),
    }
    return render(request, "desk/objection_record.html", context, status=422 if refusal else 200)


def _about(request: HttpRequest, entered: dict[str, str]) -> objecting.About | None:
    about = objecting.find(entered, public=False)
    if about is not None and not may_see(request.actor, about.village, request.today):
        raise Refused(
            _("%(place)s的事不能在这里登记") % {"place": about.place},
            remedy=_("核对编号；请那个村或者镇（街）的工作人员登记"),
        )
    return about


def _record(request: HttpRequest, about: objecting.About | None) -> services.Lodged:
    return services.lodge_objection(
        channel=request.POST.get("channel", ""),
        by=request.actor,
        ticket=request.POST.get("ticket", ""),
        **objections.words(request, about),
    )
