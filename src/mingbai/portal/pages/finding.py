"""Looking something up: a village by name, initials or code; a case or publication by its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import reading
from mingbai.portal.pages.places import NoticeLine, Places, Town, notice_lines

NEWEST = 12
LONGEST_QUERY = 60


@dataclass(frozen=True)
class Recent:
    """A publication in the list of the newest."""

    publication: Publication
    place: str
    what: str


@dataclass(frozen=True)
class Found:
    """What a query found; `go` is the one address it can only mean."""

    q: str
    go: str
    towns: tuple[Town, ...]
    count: int
    notices: tuple[NoticeLine, ...]
    recent: tuple[Recent, ...]


def find(q: str, today: date) -> Found:
    """What `q` may mean; without a query, what is on notice now and what was published last."""
    q = q.strip()[:LONGEST_QUERY]
    if go := _exact(q):
        return Found(q, go, (), 1, (), ())
    places = Places()
    if q:
        codes = [one.code for one in organisations.find_villages(q) if one.code in places.villages]
        go = reverse("portal:village", args=codes) if len(codes) == 1 else ""
        return Found(q, go, places.by_town(codes), len(codes), (), ())
    notices = notice_lines(disclosure.on_notice(today, limit=100), places, today)
    newest = disclosure.publications(limit=NEWEST, newest_first=True).items
    return Found(q, "", (), 0, notices, tuple(_recent(one, places) for one in newest))


def _recent(publication: Publication, places: Places) -> Recent:
    step = str(publication.data.get("step_title") or "")
    what = f"{publication.kind_title}：{step}" if step else publication.kind_title
    summary = reading.shown(publication, "摘要") or publication.title
    place = places.place(publication.village) or _("区里的事")
    return Recent(publication, f"{place}：{summary}", what)


def _exact(q: str) -> str:
    """The address of the case or publication with exactly this number."""
    if q.count("-") == 3 and disclosure.case(q):
        return reverse("portal:case", args=[q])
    if q.count("-") == 1 and disclosure.publication(q):
        return reverse("portal:publication", args=[q])
    return ""
