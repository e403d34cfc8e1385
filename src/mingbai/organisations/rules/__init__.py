"""Pure rules: mandates and exclusions; the district's files of places and offices."""

from __future__ import annotations

from mingbai.organisations.rules.files import (
    CitationText,
    DivisionLine,
    OfficesText,
    pinyin_initials,
    read_divisions,
    read_offices,
)
from mingbai.organisations.rules.mandates import (
    Actor,
    Incompatible,
    Mandate,
    find_conflict,
    holds_over,
    may_see,
    offices_above,
)
from mingbai.organisations.rules.people import DEPARTURES, RETURN, is_number, last_move, number_key

__all__ = [
    "DEPARTURES",
    "RETURN",
    "Actor",
    "CitationText",
    "DivisionLine",
    "Incompatible",
    "Mandate",
    "OfficesText",
    "find_conflict",
    "holds_over",
    "is_number",
    "last_move",
    "may_see",
    "number_key",
    "offices_above",
    "pinyin_initials",
    "read_divisions",
    "read_offices",
]
