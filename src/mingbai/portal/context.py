"""What every page carries: whose site it is, whether it is a demonstration, large print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
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
    """The context processor: `site`, `demo`, `large`. One small query."""
    return {
        "site": _site(getattr(request, "now", None)),
        "demo": settings.MINGBAI_DEMO,
        "large": request.COOKIES.get(LARGE_COOKIE) == "1",
    }


def _site(now: datetime | None) -> Site:
    said = _minute(now) if now else ""
    try:
        district = catalogue.district(catalogue.latest())
    except Refused:
        return Site("", (_("还没有装入区县数据"),), "", said)
    lines = (
        _("主办：%(owner)s") % {"owner": district.organiser},
        district.contact,
        district.identification_code,
        district.icp_number,
        district.police_number,
    )
    return Site(district.name, tuple(line for line in lines if line), district.disclaimer, said)


def _minute(now: datetime) -> str:
    local = now.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
