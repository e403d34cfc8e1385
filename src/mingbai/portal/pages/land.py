"""Land of households that is let or taken, line by line as it was published; names are masked at the door."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication, PublicField, PublicLand
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView

MASKED = "—"


@dataclass(frozen=True)
class Told:
    """A list or requisition: what is said of the whole, then a row for each household's line.

    rows: order, name (masked as the rule says), group, area in mu, sum in yuan.
    """

    one: PublicLand
    title: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    rule: str


@dataclass(frozen=True)
class LandPage:
    """Everything the page shows; `next` is the key of the following page."""

    village: DivisionView
    town: DivisionView
    items: tuple[Told, ...]
    next: int | None


def land_page(code: str, after: int) -> LandPage:
    """A page of a village's land.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    items, following = disclosure.land_in(code, after)
    return LandPage(village, town, tuple(map(_told, items)), following)


def _told(it: PublicLand) -> Told:
    whole = [one for one in it.one.fields if "·" not in one.label]
    facts = tuple((one.label, one.value or one.masked_rule or MASKED) for one in whole)
    rule = next((one.masked_rule for one in it.one.fields if one.value is None and one.masked_rule), "")
    return Told(it, _("征地补偿") if it.taken else _("流转清单"), facts, _rows(it.one), rule)


def _rows(one: Publication) -> tuple[tuple[str, ...], ...]:
    lines: dict[str, list[PublicField]] = {}
    for field in one.fields:
        order, mark, _label = field.label.partition("·")
        if mark:
            lines.setdefault(order, []).append(field)
    return tuple((order, *(field.value or MASKED for field in found)) for order, found in lines.items())
