"""What a village owes to publish and how it stands on a day, from what was published and nothing else.

Kept per process for one position of the records and one day: every page and every office sees the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.rules.folder import Catalogue
from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, views
from mingbai.disclosure.rules.due import Law, Owed, State, due_on
from mingbai.disclosure.rules.due_facts import Edition, Facts, Listed, Posting, Shown
from mingbai.disclosure.rules.due_file import DUE, DueTable, load_due
from mingbai.disclosure.rules.due_visits import Places, visits
from mingbai.disclosure.rules.values import legal_day
from mingbai.organisations import queries as organisations
from mingbai.procedures.rules.text import charts_in
from mingbai.relief.queries.payments import payment_lists
from mingbai.relief.rules.schemes import EXCLUSIONS_FILE, Matrix, read_exclusions

__all__ = ["Owed", "State", "due"]
VOUCHER, EDITION = "ledger.voucher_posted", "edition.confirmed"
CASE = "case."


def due(village: str, on: date, since: date | None = None) -> tuple[Owed, ...]:
    """Every duty of a village that arose since a day (a year before `on`), as it stands `on` that day; first due first.

    What was missing before `since` and still is comes too. A village that has published nothing yet owes nothing here.

    Raises:
        Refused: no edition is in force that day.
    """
    edition = catalogue.current(on)
    if DUE not in edition.files:
        return ()
    facts = _facts(village, edition)
    return due_on(_law(edition.number), facts, on, since or on - timedelta(days=365))


@lru_cache(maxsize=4)
def _law(edition: int) -> Law:
    held = catalogue.edition(edition)
    said = catalogue.catalogue(held)
    return Law(load_due(held.files[DUE]), _postings(said), said.calendar)


def _postings(said: Catalogue) -> dict[str, Posting]:
    notices = said.publicity.notices if said.publicity else ()
    return {
        place: Posting(row.kind, row.title, row.owner[0], row.citation) for row in notices for place in row.at
    }


@lru_cache(maxsize=4)
def _places(edition: int) -> Places:
    """Which chart a step stands in: a called chart's own place, not that of the box that calls it."""
    charts = charts_in(catalogue.edition(edition).files)
    called = {
        (one.procedure, node.id): node.calls for one in charts.values() for node in one.nodes if node.calls
    }
    return Places(called)


@lru_cache(maxsize=4)
def _schemes(edition: int) -> Matrix | None:
    files = catalogue.edition(edition).files
    return read_exclusions(files[EXCLUSIONS_FILE]) if EXCLUSIONS_FILE in files else None


def _facts(village: str, edition: catalogue.Edition) -> Facts:
    """Three queries: what was published of the village, of the district's editions, which lists were made."""
    table = _law(edition.number).table
    found = _published(village, table)
    began = min((legal_day(one.published_at) for one in found), default=None)
    editions = views(PublicationRow.objects.filter(kind=EDITION).order_by("order"))
    return Facts(
        village=village,
        began=began,
        shown=tuple(_shown(one) for one in (*found, *editions)),
        visits=visits(_acts(found), _places(edition.number)),
        lists=_lists(village, edition),
        editions=tuple(
            Edition(int(one.data["number"]), date.fromisoformat(str(one.data["since"]))) for one in editions
        ),
        lines=_lines(found),
    )


def _published(village: str, table: DueTable) -> list[Publication]:
    wanted = {act for one in table.duties for act in one.trigger.acts}
    wanted |= {
        act
        for one in table.duties
        if one.done_by
        for act in (*one.done_by.acts, one.done_by.or_before)
        if act
    }
    wanted |= {VOUCHER, "case.opened", "case.step_completed", "case.notice_started", "case.notice_reposted"}
    wanted |= {
        "case.notice_interrupted",
        "case.notice_rehung",
        "case.step_returned",
        "case.withdrawn",
        "case.closed",
    }
    return list(views(PublicationRow.objects.filter(village=village, kind__in=wanted).order_by("order")))


def _acts(found: Iterable[Publication]) -> list[tuple[Shown, dict[str, object]]]:
    return [(_shown(one), dict(one.data)) for one in found if one.kind.startswith(CASE)]


def _shown(one: Publication) -> Shown:
    return Shown(
        one.kind, one.id, one.occurred_on, legal_day(one.published_at), one.title, _ref(one),
        str(one.data.get("duty") or ""), one.case,
    )  # fmt: skip


def _ref(one: Publication) -> str:
    """What it is about where that is no single act."""
    said = one.data
    match one.kind:
        case "ledger.period_closed" | "ledger.book_opened":
            return str(said.get("month") or "")
        case "relief.list_published":
            return f"{said.get('scheme')}/{str(said.get('month') or '')[:7]}"
        case "register.stock_take_closed":
            return str(said.get("as_of") or "")[:4]
        case "disclosure.matter_published":
            return str(said.get("period") or "")
        case "edition.confirmed":
            return str(said.get("number") or "")
    return ""


def _lists(village: str, edition: catalogue.Edition) -> tuple[Listed, ...]:
    """The payment lists that were made, without those of schemes of which nothing is publicised."""
    matrix = _schemes(edition.number)
    open_to_all = {one.id: one.title for one in matrix.schemes if not one.private} if matrix else {}
    return tuple(
        Listed(f"{one.scheme}/{one.month:%Y-%m}", f"{open_to_all[one.scheme]} {one.month:%Y-%m}", legal_day(one.recorded_at))
        for one in payment_lists(village)
        if one.scheme in open_to_all
    )  # fmt: skip


def _lines(found: Iterable[Publication]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in found:
        if one.kind == VOUCHER:
            month = str(one.data.get("number") or "")[:7]
            counted[month] = counted.get(month, 0) + 1
    return counted


def villages_that_publish() -> tuple[str, ...]:
    """Codes of the villages of which anything was published, in order; two queries."""
    known = {one.code for one in organisations.villages()}
    rows = PublicationRow.objects.values_list("village", flat=True).distinct()
    return tuple(sorted(code for code in rows if code in known))
