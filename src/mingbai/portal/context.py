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
from mingbai.kernel import Refused

LARGE_COOKIE = "mingbai_large"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Site:
    """The district whose site this is; `owner_lines` stand in the footer, `now` is when the page was made."""

    name: str
    owner_lines: tuple[str, ...]
    disclaimer: str
    now: str


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `district_site`, `demo`, `large`. One small query, unless the view brings its own."""
    now = getattr(request, "now", None)
    return {
        "district_site": SimpleLazyObject(lambda: _latest(now)),
        "demo": settings.MINGBAI_DEMO,
        "large": request.COOKIES.get(LARGE_COOKIE) == "1",
    }


def _latest(now: datetime | None) -> Site:
    try:
        return site_of(catalogue.latest(), now)
    except Refused:
        return Site("", (_("还没有装入区县数据"),), "", _minute(now) if now else "")


def site_of(edition: Edition, now: datetime | None) -> Site:
    """Whose site it is by an edition that the view has read already."""
    district = catalogue.district(edition)
    lines = (
        _("主办：%(it)s") % {"it": district.organiser},
        _("联系：%(it)s") % {"it": district.contact},
        _("网站标识码：%(it)s") % {"it": district.identification_code},
        _("ICP 备案号：%(it)s") % {"it": district.icp_number},
        _("公安备案号：%(it)s") % {"it": district.police_number},
    )
    return Site(district.name, lines, district.disclaimer, _minute(now) if now else "")


def _minute(now: datetime) -> str:
    local = now.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
