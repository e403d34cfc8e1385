"""Feeds (Atom, RFC 4287) that any reader program follows: without an account, and without our knowing who reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import condition, require_safe

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.kernel import Refused
from mingbai.portal.pages import following
from mingbai.portal.pages.following import Followed
from mingbai.portal.templatetags.notation import long_day

EMPTY = datetime(2000, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"[1-9][0-9]{0,14}\Z", re.ASCII)


class PagedAtom(Atom1Feed):
    """A feed that says where its older entries are (RFC 5005, section 3), so that a late reader misses nothing."""

    def latest_post_date(self) -> datetime:
        """The instant of the newest entry; of an empty feed always the same."""
        latest: datetime = super().latest_post_date() if self.items else EMPTY
        return latest

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """The elements of the feed, and the link to the older page."""
        super().add_root_elements(handler)
        if self.feed["older"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["older"]})


def position(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """The newest publication and the legal day."""
    return f'"{disclosure.head()}-{request.today.isoformat()}"'


def _feed(make: Callable[..., Followed]) -> Callable[..., HttpResponse]:
    @require_safe
    @condition(etag_func=position)
    def view(request: HttpRequest, **asked: str) -> HttpResponse:
        try:
            found = make(request, _before(request), **asked)
        except Refused as unknown:
            raise Http404(unknown.reason) from unknown
        answer = HttpResponse(_written(request, found), content_type="application/atom+xml; charset=utf-8")
        answer["Cache-Control"] = "no-cache"
        return answer

    return view


def _before(request: HttpRequest) -> int:
    asked = request.GET.get("before", "")
    return int(asked) if _KEY.match(asked) else 0


def _written(request: HttpRequest, found: Followed) -> str:
    base = settings.MINGBAI_BASE_URL.rstrip("/")
    feed = PagedAtom(
        title=_plain(found.title),
        link=base + found.page,
        description="",
        subtitle=_("公布一条，这里就多一条。每一条都能点进去验。"),
        language="zh-CN",
        author_name=_("明白"),
        feed_guid=_address(request, 0, base),
        feed_url=_address(request, _before(request), base),
        older=_address(request, found.older, base) if found.older else "",
    )
    for one in found.items:
        feed.add_item(
            title=_plain(f"{one.kind_title}：{one.title}" if one.title != one.kind_title else one.title),
            link=f"{base}/p/{one.id}/",
            unique_id=f"{base}/p/{one.id}/",
            description="<br>".join(escape(_plain(line)) for line in _lines(one)),
            author_name=one.office_title or None,
            pubdate=one.published_at,
            updateddate=one.published_at,
        )
    return str(feed.writeString("utf-8"))


def _address(request: HttpRequest, before: int, base: str) -> str:
    """The address of the feed, or of the page of it before a key; nothing that was asked beside remains in it."""
    asked = {name: request.GET[name] for name in ("q",) if name in request.GET}
    asked |= {"before": str(before)} if before else {}
    return f"{base}{request.path}" + (f"?{urlencode(asked)}" if asked else "")


def _plain(text: str) -> str:
    """The text without characters that XML cannot carry."""
    return "".join(one for one in text if one.isprintable())


def _lines(one: Publication) -> list[str]:
    """What is told of a publication: the day, then every line; what is withheld says so."""
    told = [f"{field.label}：{_('遮住') if field.value is None else field.value}" for field in one.fields]
    return [long_day(one.occurred_on), *told]


everything = _feed(lambda request, before: following.everything(before))
village = _feed(lambda request, before, code: following.village(code, before))
power = _feed(lambda request, before, id: following.power(id, request.today, before))
case = _feed(lambda request, before, number: following.case(number))
word = _feed(lambda request, before: following.word(request.GET.get("q", ""), before))
