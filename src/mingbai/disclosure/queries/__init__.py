"""What the public may read. Every face reads here, and nothing a face reads comes from anywhere else."""

from __future__ import annotations

from mingbai.disclosure.queries.assets import (
    PublicObject,
    PublicObjects,
    objects_in,
    objects_named,
    stock_take_results,
)
from mingbai.disclosure.queries.contract import ContractWhole, contract_whole
from mingbai.disclosure.queries.contracts import (
    Payment,
    PublicContract,
    PublicContracts,
    contracts_in,
    kinds_of,
    late_in,
)
from mingbai.disclosure.queries.due import Owed, State, due, villages_that_publish
from mingbai.disclosure.queries.labour import PublicRoll, PublicRolls, rolls_in
from mingbai.disclosure.queries.land import PublicLand, land_in
from mingbai.disclosure.queries.meetings import MeetingSummary, coming_meetings, meeting, of_meeting
from mingbai.disclosure.queries.money import MoneyLine, MoneyPage, later_papers, money
from mingbai.disclosure.queries.months import published_by_day
from mingbai.disclosure.queries.objections import PublicObjection, objections_in, objections_to
from mingbai.disclosure.queries.reading import (
    MAX_PAGE,
    CaseSummary,
    Notice,
    Page,
    Publication,
    by_order,
    case,
    cases,
    entry_of,
    file,
    findings,
    head,
    id_of_entry,
    newest_at,
    of_case,
    of_cases,
    on_notice,
    public_json,
    publication,
    publications,
    resolutions,
)
from mingbai.disclosure.queries.since import ended_cases, ids_since, places_since, taken_down_since
from mingbai.disclosure.rules.values import PublicField, PublicPaper

__all__ = [
    "MAX_PAGE",
    "CaseSummary",
    "ContractWhole",
    "MeetingSummary",
    "MoneyLine",
    "MoneyPage",
    "Notice",
    "Owed",
    "Page",
    "Payment",
    "PublicContract",
    "PublicContracts",
    "PublicField",
    "PublicLand",
    "PublicObject",
    "PublicObjection",
    "PublicObjects",
    "PublicPaper",
    "PublicRoll",
    "PublicRolls",
    "Publication",
    "State",
    "by_order",
    "case",
    "cases",
    "coming_meetings",
    "contract_whole",
    "contracts_in",
    "due",
    "ended_cases",
    "entry_of",
    "file",
    "findings",
    "head",
    "id_of_entry",
    "ids_since",
    "kinds_of",
    "land_in",
    "late_in",
    "later_papers",
    "meeting",
    "money",
    "newest_at",
    "objections_in",
    "objections_to",
    "objects_in",
    "objects_named",
    "of_case",
    "of_cases",
    "of_meeting",
    "on_notice",
    "places_since",
    "public_json",
    "publication",
    "publications",
    "published_by_day",
    "resolutions",
    "rolls_in",
    "stock_take_results",
    "taken_down_since",
    "villages_that_publish",
]
