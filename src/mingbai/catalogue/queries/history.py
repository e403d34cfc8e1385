"""The public change record: which editions there are, what each changed, why, on what authority."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from mingbai.catalogue.models import EditionRow
from mingbai.catalogue.queries.editions import Edition, catalogue, edition, together
from mingbai.catalogue.rules import Parameter
from mingbai.catalogue.rules.change_record import change_record
from mingbai.catalogue.rules.changes import Change
from mingbai.kernel import Citation, Refused

_CHART = re.compile(r"(?m)^procedure: *([a-z0-9-]+)")
_WORD = re.compile(r"[a-z0-9_]+")


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
    """Every edition with its reason, latest first; one query."""
    return tuple(_reason(row) for row in _rows().order_by("-number"))


def reason(number: int) -> Reason:
    """Why edition `number` was confirmed.

    Raises:
        Refused: there is none.
    """
    row = _rows().filter(pk=number).first()
    if row is None:
        raise Refused(f"没有第 {number} 版权力清单", remedy="请区里先确认清单")
    return _reason(row)


def _rows() -> QuerySet[EditionRow]:
    """Editions with why and ratification, without their files."""
    return EditionRow.objects.select_related("why", "ratification").defer("files")


def _reason(row: EditionRow) -> Reason:
    why, ratified = getattr(row, "why", None), getattr(row, "ratification", None)
    citation = Citation.from_dict(why.citation) if why and why.citation else None
    return Reason(
        row.number, row.since, why.reason if why else "", citation, why.case if why else "",
        bool(why and why.emergency), why.ratify_by if why else None, ratified.ratified_on if ratified else None,
    )  # fmt: skip


def to_ratify() -> tuple[Reason, ...]:
    """Emergency editions that nobody has ratified yet, by their last day; one query."""
    waiting = _rows().filter(why__emergency=True, ratification__isnull=True).order_by("why__ratify_by")
    return tuple(_reason(row) for row in waiting)


def changes(held: Edition) -> tuple[Change, ...]:
    """What an edition changed against the one before it; nothing for the first. Worked out once a process."""
    return _changes(edition(held.number - 1), held) if held.number > 1 else ()


def changes_of(numbers: Iterable[int]) -> dict[int, tuple[Change, ...]]:
    """What each of these editions changed. At most two queries, however many they are."""
    wanted = set(numbers)
    held = together(wanted | {number - 1 for number in wanted})
    return {one: _changes(held[one - 1], held[one]) if one > 1 else () for one in sorted(wanted & set(held))}


@lru_cache(maxsize=64)
def _changes(before: Edition, after: Edition) -> tuple[Change, ...]:
    return change_record(before.files, catalogue(before), after.files, catalogue(after))


def power_changed_in(numbers: Iterable[int], power: str) -> tuple[int, ...]:
    """Those of these editions that say something else of a power (text, chart, figures), latest first. Two queries."""
    wanted = sorted(numbers, reverse=True)
    held = together({*wanted, *(number - 1 for number in wanted)})
    return tuple(one for one in wanted if one in held and _differs(held.get(one - 1), held[one], power))


def stands_since(held: Edition, power: str) -> int:
    """The edition since which a power (text, chart, figures) is as `held` says; at most two queries."""
    found = power_changed_in(range(1, held.number + 1), power)
    return found[0] if found else held.number


@lru_cache(maxsize=4096)
def _differs(before: Edition | None, after: Edition, power: str) -> bool:
    old, new = _text(before, power), _text(after, power)
    if old != new or before is None or before.files["parameters.yaml"] == after.files["parameters.yaml"]:
        return old != new
    # Only where the figures' file changed is it read: which figures of this power are others.
    return _figures(before, power, new) != _figures(after, power, new)


def _text(held: Edition | None, power: str) -> tuple[str, str]:
    """The words of a power and of its chart; empty where there are none."""
    files = held.files if held else {}
    named = (one for one in files if one.startswith("powers/") and one.partition("-")[2] == f"{power}.yaml")
    text = files.get(next(named, ""), "")
    chart = _CHART.search(text)
    return text, files.get(f"procedures/{chart[1]}.yaml", "") if chart else ""


def _figures(held: Edition, power: str, text: tuple[str, str]) -> list[Parameter]:
    words = {word for part in text for word in _WORD.findall(part)}
    figures = catalogue(held).parameters.values()
    return [one for one in figures if power in one.powers or one.id in words]
