"""The public change record: which editions there are, what each changed, why, on what authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mingbai.catalogue.models import EditionReasonRow, EditionRow, RatificationRow
from mingbai.catalogue.queries.editions import Edition, catalogue, edition
from mingbai.catalogue.rules.change_record import change_record
from mingbai.catalogue.rules.changes import Change
from mingbai.kernel import Citation


@dataclass(frozen=True)
class Reason:
    """Why an edition was confirmed; an emergency one is to be ratified by `ratify_by`, and was on `ratified_on`."""

    number: int
    since: date
    reason: str
    citation: Citation | None
    case: str
    emergency: bool
    ratify_by: date | None
    ratified_on: date | None

    def unratified(self, on: date) -> bool:
        """Whether that day it is an emergency edition whose last day for ratification has gone by."""
        return self.ratified_on is None and self.ratify_by is not None and self.ratify_by < on


def editions() -> tuple[Reason, ...]:
    """Every edition with its reason, latest first."""
    numbers = EditionRow.objects.order_by("-number").values_list("number", flat=True)
    return tuple(reason(number) for number in numbers)


def reason(number: int) -> Reason:
    """Why edition `number` was confirmed.

    Raises:
        Refused: there is none.
    """
    held = edition(number)
    why = EditionReasonRow.objects.filter(edition_id=number).first()
    ratified = RatificationRow.objects.filter(edition_id=number).values_list("ratified_on", flat=True).first()
    citation = Citation.from_dict(why.citation) if why and why.citation else None
    return Reason(
        number, held.since, why.reason if why else "", citation, why.case if why else "",
        bool(why and why.emergency), why.ratify_by if why else None, ratified,
    )  # fmt: skip


def to_ratify() -> tuple[Reason, ...]:
    """Emergency editions that nobody has ratified yet, by their last day."""
    waiting = EditionReasonRow.objects.filter(emergency=True).order_by("ratify_by")
    found = (reason(number) for number in waiting.values_list("edition_id", flat=True))
    return tuple(one for one in found if one.ratified_on is None)


def changes(held: Edition) -> tuple[Change, ...]:
    """What an edition changed against the one before it; nothing for the first. Worked out once a process."""
    return _changes(held.number, held.digest) if held.number > 1 else ()


@lru_cache(maxsize=64)
def _changes(number: int, _digest: str) -> tuple[Change, ...]:
    before, after = edition(number - 1), edition(number)
    return change_record(before.files, catalogue(before), after.files, catalogue(after))
