"""Acts: places, offices, people and their numbers, mandates, kinship, departures, accounts."""

from __future__ import annotations

from mingbai.organisations.services.registering import (
    add_person,
    create_user,
    declare_kinship,
    give_mandate,
    load_divisions,
    load_offices,
)

__all__ = [
    "add_person", "create_user", "declare_kinship", "give_mandate", "load_divisions", "load_offices",
]  # fmt: skip
