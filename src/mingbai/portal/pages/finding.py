"""Looking something up: a place, a power, a number, or any words in what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import wording
from mingbai.catalogue.rules.powers import Power
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication
from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.portal.pages import reading
from mingbai.portal.pages.places import NoticeLine, Places, Town, notice_lines
from mingbai.search.queries import GROUPS, search

NEWEST = 12
LONGEST_QUERY = 60
MOST_VILLAGES = 12


@dataclass(frozen=True)
class Asked:
    """What was asked: words, within which village, among which group of things, after which key."""

    q: str
    village: str = ""
    group: str = ""
    before: int = 0


@dataclass(frozen=True)
class Recent:
    """A publication in a list: where, what it is about, which act; `sum` is what it moved, if money."""

    publication: Publication
    place: str
    what: str
    sum: Money | None = None


@dataclass(frozen=True)
class Choice:
    """A group of things to look among, and the address that does."""

    title: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Found:
    """What a query found; `go` is the one address it can only mean, `more` the address of the next page."""

    q: str
    go: str = ""
    village: str = ""
    place: str = ""
    towns: tuple[Town, ...] = ()
    count: int = 0
    powers: tuple[Power, ...] = ()
    choices: tuple[Choice, ...] = ()
    hits: tuple[Recent, ...] = ()
    more: str = ""
    first: bool = True
    notices: tuple[NoticeLine, ...] = ()
    recent: tuple[Recent, ...] = ()


def find(asked: Asked, today: date) -> Found:
    """What was asked for; without words, what is on notice now and what was published last."""
    q = asked.q.strip()[:LONGEST_QUERY]
    if not q and not asked.village and not asked.group:
        return _news(today)
    if go := _exact(q):
        return Found(q, go)
    places = Places()
    codes = (
        [] if not q else [one.code for one in organisations.find_villages(q) if one.code in places.villages]
    )
    if len(codes) == 1 and not asked.village and _means(q, places.villages[codes[0]]):
        return Found(q, reverse("portal:village", args=codes))
    return _answer(Asked(q, asked.village, asked.group, asked.before), codes, places, today)


def _news(today: date) -> Found:
    places = Places()
    notices = notice_lines(disclosure.on_notice(today, limit=100), places, today)
    newest = disclosure.publications(limit=NEWEST, newest_first=True).items
    return Found("", notices=notices, recent=lines(newest, _names(places)))


def _answer(asked: Asked, codes: Sequence[str], places: Places, today: date) -> Found:
    hits = search(asked.q, place=asked.village, group=asked.group, before=asked.before)
    first = not asked.before and not asked.village and not asked.group
    return Found(
        asked.q,
        village=asked.village,
        place=places.place(asked.village),
        towns=places.by_town(codes[:MOST_VILLAGES]) if first else (),
        count=len(codes),
        powers=_powers(asked.q, today) if first else (),
        choices=tuple(_choices(asked)),
        hits=lines(hits.items, _names(places)),
        more=_go_on(asked, hits.before) if hits.before else "",
        first=first,
    )


def _means(q: str, village: organisations.DivisionView) -> bool:
    """Whether the words are a village's whole name or code, or its initials, and not just a part of them."""
    return q in (village.code, village.name, village.short) or (q.isascii() and q.isalpha())


def _powers(q: str, today: date) -> tuple[Power, ...]:
    found = catalogue.powers(catalogue.current(today))
    return tuple(one for one in found if q in one.name or q in wording.short(one))


def _choices(asked: Asked) -> list[Choice]:
    titles = {"": _("全部"), **group_titles()}
    return [
        Choice(title, address(one, asked.q, asked.village), one == asked.group)
        for one, title in titles.items()
    ]


def group_titles() -> dict[str, str]:
    """The groups of things as readers know them, in the order in which they are offered."""
    titles = {
        "money": _("钱"),
        "matters": _("办的事"),
        "meetings": _("会议"),
        "property": _("合同和家底"),
        "lists": _("发放名单"),
        "watching": _("异议和监督"),
    }
    return {one: titles[one] for one in GROUPS}


def _go_on(asked: Asked, before: int) -> str:
    return address(asked.group, asked.q, asked.village, before)


def address(group: str, q: str = "", village: str = "", before: int = 0) -> str:
    """Where a group of things is found, in a village, by words, after a key."""
    wanted = {"q": q, "village": village, "group": group, "before": str(before or "")}
    return "/find/?" + urlencode({key: value for key, value in wanted.items() if value})


def _names(places: Places) -> Mapping[str, str]:
    return {code: one.short for code, one in places.villages.items()}


def lines(found: Sequence[Publication], names: Mapping[str, str]) -> tuple[Recent, ...]:
    """Publications as lines of a list; `names`: those of the villages by code, empty for one that needs no naming."""
    return tuple(_recent(one, names) for one in found)


def _recent(publication: Publication, names: Mapping[str, str]) -> Recent:
    step = str(publication.data.get("step_title") or "")
    what = f"{publication.kind_title}：{step}" if step else publication.kind_title
    summary = reading.shown(publication, "摘要") or publication.title
    place = names.get(publication.village, _("区里的事"))
    fen = publication.data.get("amount_fen") if publication.kind == reading.PAID else None
    return Recent(
        publication, f"{place}：{summary}" if place else summary, what, Money(int(fen)) if fen else None
    )


def _exact(q: str) -> str:
    """The address of the case or publication with exactly this number."""
    if q.count("-") == 3 and disclosure.case(q):
        return reverse("portal:case", args=[q])
    if q.count("-") == 1 and disclosure.publication(q):
        return reverse("portal:publication", args=[q])
    return ""
