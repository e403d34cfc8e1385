"""What can be followed without an account: everything, a village, a power, a case, a word. Queries of a few rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary, MeetingSummary, Publication
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.search.queries import search

AT_ONCE = 50
LONGEST_WORD = 60


@dataclass(frozen=True)
class Followed:
    """What is followed: its title, its page, and the newest publications of it, newest first.

    older: the key from which to ask for what came before them, 0 when there is nothing more.
    """

    title: str
    page: str
    items: tuple[Publication, ...]
    older: int = 0


@dataclass(frozen=True)
class Dated:
    """What of it stands in a calendar."""

    title: str
    page: str
    cases: tuple[CaseSummary, ...]
    meetings: tuple[MeetingSummary, ...] = ()


def everything(before: int = 0) -> Followed:
    """Every publication of the district."""
    return _page(_("区里各村的公布"), "/", before)


def village(code: str, before: int = 0) -> Followed:
    """What a village publishes.

    Raises:
        Refused: no such village.
    """
    return _page(organisations.division(code).short, f"/v/{code}/", before, village=code)


def power(id: str, today: date, before: int = 0) -> Followed:
    """What is published of a power, in every village.

    Raises:
        Refused: no such power in the list in force.
    """
    return _page(_power(id, today), f"/powers/{id}/", before, power=id)


def case(number: str) -> Followed:
    """Everything published of a case.

    Raises:
        Refused: nothing was published of such a case.
    """
    found = _case(number)
    newest = tuple(reversed(disclosure.of_case(number)))
    return Followed(found.title, f"/cases/{number}/", newest)


def word(typed: str, before: int = 0) -> Followed:
    """What is published with these words in it.

    Raises:
        Refused: nothing was typed, or too much.
    """
    typed = typed.strip()
    if not typed or len(typed) > LONGEST_WORD:
        raise Refused("没有写要跟着看的词", remedy=f"写一个词，最多 {LONGEST_WORD} 个字")
    hits = search(typed, before=before, limit=AT_ONCE)
    return Followed(_("写到“%(q)s”的") % {"q": typed}, "/find/", hits.items, hits.before)


def village_days(code: str, today: date) -> Dated:
    """Publicity periods, due days and meetings of a village.

    Raises:
        Refused: no such village.
    """
    place = organisations.division(code)
    cases = disclosure.cases(code, disclosure.MAX_PAGE, running=True)
    return Dated(place.short, f"/v/{code}/", cases, disclosure.coming_meetings(code, today, AT_ONCE))


def power_days(id: str, today: date) -> Dated:
    """Publicity periods and due days of a power, in every village.

    Raises:
        Refused: no such power in the list in force.
    """
    cases = disclosure.cases(None, disclosure.MAX_PAGE, power=id, running=True)
    return Dated(_power(id, today), f"/powers/{id}/", cases)


def case_days(number: str) -> Dated:
    """Publicity period and due day of a case.

    Raises:
        Refused: nothing was published of such a case.
    """
    found = _case(number)
    return Dated(found.title, f"/cases/{number}/", (found,))


def _page(title: str, page: str, before: int, **asked: str) -> Followed:
    found = disclosure.publications(**asked, newest_first=True, before=before or None, limit=AT_ONCE)
    return Followed(title, page, found.items, found.next or 0)


def _power(id: str, today: date) -> str:
    return catalogue.power(catalogue.current(today), id).name


def _case(number: str) -> CaseSummary:
    found = disclosure.case(number)
    if found is None:
        raise Refused("没有公布过这件事", remedy="核对编号")
    return found
