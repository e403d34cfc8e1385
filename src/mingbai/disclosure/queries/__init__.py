"""What the public may read. Every face reads here, and nothing a face reads comes from anywhere else."""

from __future__ import annotations

from mingbai.disclosure.queries.money import MoneyLine, MoneyPage, money
from mingbai.disclosure.queries.reading import (
    MAX_PAGE,
    CaseSummary,
    Notice,
    Page,
    Publication,
    case,
    cases,
    file,
    findings,
    head,
    id_of_entry,
    of_case,
    of_cases,
    on_notice,
    public_json,
    publication,
    publications,
    resolutions,
)
from mingbai.disclosure.rules.values import PublicField, PublicPaper

__all__ = [
    "MAX_PAGE",
    "CaseSummary",
    "MoneyLine",
    "MoneyPage",
    "Notice",
    "Page",
    "PublicField",
    "PublicPaper",
    "Publication",
    "case",
    "cases",
    "file",
    "findings",
    "head",
    "id_of_entry",
    "money",
    "of_case",
    "of_cases",
    "on_notice",
    "public_json",
    "publication",
    "publications",
    "resolutions",
]
