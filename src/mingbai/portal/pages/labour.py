"""Who worked for the village and what it paid: each month's roll, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import PublicRoll
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView


@dataclass(frozen=True)
class LabourPage:
    """Everything the page shows; `next` is the key of the following page."""

    village: DivisionView
    town: DivisionView
    items: tuple[PublicRoll, ...]
    next: int | None


def labour_page(code: str, before: int) -> LabourPage:
    """A page of a village's rolls, newest first.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    found = disclosure.rolls_in(code, before)
    return LabourPage(village, town, found.items, found.next)
