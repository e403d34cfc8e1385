"""The villages by town, and finding one; a case on notice as a line of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import CaseSummary
from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.figures import Period, period
from mingbai.portal.pages import reading

SHOWN_FIRST = 5


@dataclass(frozen=True)
class Town:
    """A town with its villages."""

    code: str
    name: str
    villages: tuple[DivisionView, ...]


@dataclass(frozen=True)
class NoticeLine:
    """A case on notice: where, what, how much, how long still."""

    case: str
    title: str
    step: str
    village: str
    place: str
    town: str
    sum: Money | None
    sum_name: str
    period: Period
    down: bool = False


@dataclass(frozen=True)
class Home:
    """The district's page."""

    notices: tuple[NoticeLine, ...]
    notice_count: int
    towns: tuple[Town, ...]
    village_count: int


class Places:
    """Names of villages and towns, two queries for a whole page."""

    def __init__(self) -> None:
        self.villages: Mapping[str, DivisionView] = {one.code: one for one in organisations.villages()}
        self.towns: Mapping[str, DivisionView] = {one.code: one for one in organisations.towns()}

    def place(self, code: str) -> str:
        """A village's short name, or nothing."""
        return self.villages[code].short if code in self.villages else ""

    def town(self, code: str) -> str:
        """The name of a village's town."""
        parent = self.villages[code].parent if code in self.villages else ""
        return self.towns[parent].short if parent in self.towns else ""

    def by_town(self, wanted: Iterable[str] | None = None) -> tuple[Town, ...]:
        """Every town with its villages, towns without any left out."""
        chosen = self.villages if wanted is None else {code: self.villages[code] for code in wanted}
        grouped = tuple(
            Town(town.code, town.short, tuple(v for v in chosen.values() if v.parent == town.code))
            for town in self.towns.values()
        )
        return tuple(town for town in grouped if town.villages)


def home(today: date) -> Home:
    """The district's page: five notices with their sums, then everything by town."""
    places = Places()
    running = disclosure.on_notice(today, limit=100)
    first = notice_lines(running[:SHOWN_FIRST], places, today, sums=True)
    return Home(first, len(running), places.by_town(), len(places.villages))


def notice_lines(
    cases: Iterable[CaseSummary], places: Places, today: date, *, sums: bool = False
) -> tuple[NoticeLine, ...]:
    """Cases on notice as lines; with `sums` one more query each."""
    return tuple(_line(case, places, today, sums) for case in cases if case.notice)


def _line(case: CaseSummary, places: Places, today: date, sums: bool) -> NoticeLine:
    found = reading.price(disclosure.of_case(case.number)) if sums else None
    assert case.notice
    return NoticeLine(
        case=case.number,
        title=case.title,
        step="、".join(case.here),
        village=case.village,
        place=places.place(case.village),
        town=places.town(case.village),
        sum=found[1] if found else None,
        sum_name=found[0] if found else "",
        period=period(case.notice.since, case.notice.until, today),
        down=case.notice.down,
    )
