"""Who worked for the village and what it paid: each month's roll, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import PublicRoll
from mingbai.kernel import Refused
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
    village = organisations.division(code)
    if village.level != "village":
        raise Refused(_("这个代码不是村居"), remedy=_("请从名单里选"))
    found = disclosure.rolls_in(code, before)
    return LabourPage(village, organisations.division(village.parent), found.items, found.next)
