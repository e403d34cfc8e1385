"""Which body may decide a matter in a village on a day, by the rules and by what its assembly delegated."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mingbai.catalogue.queries import Edition
from mingbai.meetings.models import Delegation, ResolutionRow, RollVersion
from mingbai.meetings.rules.competence import COLLECTIVE, MATTERS_FILE, Matters, Setting, read_matters
from mingbai.organisations import queries as organisations


@lru_cache(maxsize=16)
def _read(text: str) -> Matters:
    return read_matters(text)


def matters(edition: Edition) -> Matters:
    """All matters of an edition; none in an edition that was confirmed before there was such a table."""
    text = edition.files.get(MATTERS_FILE)
    return _read(text) if text else ()


def delegated(village: str, on: date) -> frozenset[str]:
    """The matters that the assembly of a village has delegated and not taken back by a day."""
    rows = Delegation.objects.filter(village=village, since__lte=on).order_by("since", "id")
    standing = dict(rows.values_list("matter", "granted"))
    return frozenset(matter for matter, granted in standing.items() if granted)


def setting(village: str, on: date, case: str = "") -> Setting:
    """What decides who is competent in a village on a day; for a case, also which bodies passed it already.

    A village has a collective organisation when one of its bodies has a roll by then.
    """
    rolls = RollVersion.objects.filter(village=village, body__startswith=COLLECTIVE, since__lte=on)
    passed = ResolutionRow.objects.filter(case=case, result="passed").values_list("body", flat=True)
    return Setting(
        on=on,
        delegated=delegated(village, on),
        has_collective=rolls.exists(),
        residents=organisations.division(village).committee == "residents",
        passed=frozenset(passed) if case else None,
    )
