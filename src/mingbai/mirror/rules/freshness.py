"""Which files of a copy are still as the site shows them: what was published since, and what depends on the day."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_PLACE = re.compile(r"/(?:v/(\d+)/|p/(\d+)-|(?:cases|meetings|contracts)/[^/]*?(\d{12}|\d{6})(?:-|/))")
_LASTING = re.compile(r"/(p|static)/|/log/tile/(?!.*\.p/)|/powers/[\w-]+\.pdf|/powers/[\w-]+/card\.pdf")
"""What says the same on every day."""


@dataclass(frozen=True)
class Position:
    """To where the records go: newest publication, size of the log, legal day."""

    head: int
    size: int
    day: str


@dataclass(frozen=True)
class Since:
    """What happened after a position: the places that published, whether the district did, whether the day changed."""

    places: frozenset[str]
    district: bool
    another_day: bool


def place_of(address: str) -> str:
    """The village an address belongs to, or nothing for what belongs to the whole district."""
    found = _PLACE.match(address)
    return next((one for one in found.groups() if one), "") if found else ""


def is_fresh(address: str, since: Since, over: Collection[str]) -> bool:
    """Whether a file made at that position says today what the site says.

    over: addresses of cases and meetings that have ended, so that no day changes them.
    """
    if address.startswith("/log/"):
        return _LASTING.match(address) is not None
    place = place_of(address)
    if place in since.places or (since.district and not address.startswith(("/p/", "/static/"))):
        return False
    if not place and since.places and not _LASTING.match(address):
        return False
    return not since.another_day or _LASTING.match(address) is not None or address in over
