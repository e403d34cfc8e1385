"""What every page carries: whose site it is, whether it is a demonstration, large print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused

LARGE_COOKIE = "mingbai_large"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Site:
    """The district whose site this is; `owner_lines` stand in the footer."""

    name: str
    owner_lines: tuple[str, ...]
    disclaimer: str


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `district_site`, `data_until`, `demo`, `large`. Two small queries at most.

    `data_until` is when the newest publication was made, so that a page says the same for as long as nothing new
    is published.
    """
    return {
        "district_site": SimpleLazyObject(lambda: _whose(request)),
        "data_until": SimpleLazyObject(_data_until),
        "demo": settings.MINGBAI_DEMO,
        "large": request.COOKIES.get(LARGE_COOKIE) == "1",
    }


def _whose(request: HttpRequest) -> Site:
    """By the edition that the view has read already, where it has."""
    try:
        return site_of(getattr(request, "edition", None) or catalogue.latest())
    except Refused:
        return Site("", (_("还没有装入区县数据"),), "")


def _data_until() -> str:
    newest = disclosure.newest_at()
    return _minute(newest) if newest else ""


def site_of(edition: Edition) -> Site:
    """Whose site it is by an edition that the view has read already."""
    district = catalogue.district(edition)
    lines = (
        _("主办：%(it)s") % {"it": district.organiser},
        _("联系：%(it)s") % {"it": district.contact},
        _("网站标识码：%(it)s") % {"it": district.identification_code},
        _("ICP 备案号：%(it)s") % {"it": district.icp_number},
        _("公安备案号：%(it)s") % {"it": district.police_number},
    )
    return Site(district.name, lines, district.disclaimer)


def _minute(now: datetime) -> str:
    local = now.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
