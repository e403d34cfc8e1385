"""The pages of one village. A page that goes on takes `?before=` or `?after=`, the key of the one before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingbai.kernel import Refused
from mingbai.portal.context import site_of
from mingbai.portal.pages import assets, contract, contracts, debts, due, labour, land, news, villages
from mingbai.portal.pages import money as money_pages

_KEY = re.compile(r"[0-9]{1,15}\Z", re.ASCII)


def _show(request: HttpRequest, template: str, make: Callable[..., Any], *asked: Any) -> HttpResponse:
    """The page that was asked for, or none where there is no such village."""
    try:
        page = make(*asked)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    return render(request, template, {"page": page, "here": "villages"})


def _key(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if _KEY.match(asked) else 0


@require_safe
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village; `?month=2026-09` for an earlier month's money."""
    try:
        page = villages.village_page(code, request.GET.get("month", ""), request.today)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown
    context = {"page": page, "here": "villages", "district_site": site_of(page.edition)}
    return render(request, "portal/village.html", context)


@require_safe
def money(request: HttpRequest, code: str) -> HttpResponse:
    """A village's money of a month; `?month=2026-09` for an earlier one."""
    page = _money(request, code, request.GET.get("month", ""))
    kinds = (("xlsx", _("电子表格")), ("csv", _("纯文本表")), ("json", _("给程序用的")))
    return render(request, "portal/money.html", {"page": page, "kinds": kinds, "here": "villages"})


@require_safe
def money_file(request: HttpRequest, code: str, month: str, kind: str) -> HttpResponse:
    """The same month to take away."""
    page = _money(request, code, month)
    answer = HttpResponse(money_pages.as_file(page, kind), content_type=money_pages.KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{code}-{month}.{kind}"'
    return answer


def _money(request: HttpRequest, code: str, month: str) -> money_pages.MoneyOfMonth:
    try:
        return money_pages.money_page(code, month, request.today)
    except Refused as unknown:
        raise Http404(unknown.reason) from unknown


@require_safe
def village_news(request: HttpRequest, code: str) -> HttpResponse:
    """What was published in a village this month, beside last month."""
    return _show(request, "portal/news.html", news.news, code, request.today)


@require_safe
def village_due(request: HttpRequest, code: str) -> HttpResponse:
    """What a village owes to publish, and whether it has."""
    return _show(request, "portal/due.html", due.due_page, code, request.today)


@require_safe
def village_labour(request: HttpRequest, code: str) -> HttpResponse:
    """A village's rolls of labour, newest first."""
    return _show(request, "portal/labour.html", labour.labour_page, code, _key(request, "before"))


@require_safe
def village_contracts(request: HttpRequest, code: str) -> HttpResponse:
    """A village's contracts, newest first."""
    asked = code, request.today, _key(request, "before")
    return _show(request, "portal/contracts.html", contracts.contracts_page, *asked)


@require_safe
def village_contract(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One contract, sum by sum."""

    def make(*asked: Any) -> Any:
        found = contract.contract_page(*asked)
        if found is None:
            raise Http404(_("没有公布过这份合同"))
        return found

    return _show(request, "portal/contract.html", make, code, number, request.today)


@require_safe
def village_debts(request: HttpRequest, code: str) -> HttpResponse:
    """Who owes a village and whom it owes, by age."""
    asked = code, request.today, request.GET.get("after", "")[:40]
    return _show(request, "portal/debts.html", debts.debts_page, *asked)


@require_safe
def village_assets(request: HttpRequest, code: str) -> HttpResponse:
    """A village's assets; `?family=resource` its land."""
    asked = code, request.GET.get("family", ""), _key(request, "after")
    return _show(request, "portal/assets.html", assets.assets_page, *asked)


@require_safe
def village_land(request: HttpRequest, code: str) -> HttpResponse:
    """A village's land that is let or taken."""
    return _show(request, "portal/land.html", land.land_page, code, _key(request, "after"))
