"""Acts: places, offices, people and their numbers, mandates, kinship, departures, accounts."""

from __future__ import annotations

from mingbai.organisations.services.departing import record_departure, record_return
from mingbai.organisations.services.numbering import add_people, give_numbers, hold_numbers
from mingbai.organisations.services.registering import (
    add_person,
    create_user,
    declare_kinship,
    give_mandate,
    load_divisions,
    load_offices,
)

__all__ = [
    "add_people", "add_person", "create_user", "declare_kinship", "give_mandate", "give_numbers", "hold_numbers",
    "load_divisions", "load_offices", "record_departure", "record_return",
]  # fmt: skip
