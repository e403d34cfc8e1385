"""Cases that are not finished, with the edition they stand on: for those who follow a change of law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingbai.cases.models import Case


@dataclass(frozen=True)
class Underway:
    """A running or suspended case and the version it began under."""

    number: str
    power: str
    procedure: str
    village: str
    title: str
    status: str
    edition: int


def underway() -> Iterator[Underway]:
    """Every case that is running or suspended, by number; read in portions."""
    rows = Case.objects.filter(status__in=[Case.Status.running, Case.Status.suspended]).order_by("number")
    columns = ("number", "power", "procedure", "village", "title", "status", "edition")
    for row in rows.values_list(*columns).iterator(chunk_size=1000):
        yield Underway(*row)
