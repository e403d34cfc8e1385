"""The proof that a chart is sound and lawful, on everything that a case of it can do: which obligations there are."""

from __future__ import annotations

from collections.abc import Iterable

from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.known import Known, district_obligations
from mingbai.procedures.rules.lawful import LAWFUL
from mingbai.procedures.rules.report import Failure, Finding, Obligation, Report
from mingbai.procedures.rules.runs import Runs
from mingbai.procedures.rules.sound import SOUND, is_whole

__all__ = ["OBLIGATIONS", "Failure", "Finding", "Known", "Report", "check", "first_failure"]
OBLIGATIONS: tuple[Obligation, ...] = (*SOUND, *LAWFUL)


def check(procedure: Procedure, known: Known | None = None) -> Report:
    """Prove a chart; all obligations are looked at, none stops at the first failure.

    known: what the district has set; with it, a figure or a body that is not there is found, and an office at another level.
    """
    runs = Runs(procedure)
    return Report(
        tuple(
            Finding(one.id, one.sentence, tuple(one.cites(runs)), tuple(one.find(runs)))
            for one in _applying(runs, known)
        )
    )


def first_failure(procedure: Procedure, known: Known | None = None) -> Failure | None:
    """The first thing that is wrong with a chart, or None: as `check`, but it stops there."""
    runs = Runs(procedure)
    return next((found for one in _applying(runs, known) for found in one.find(runs)), None)


def _applying(runs: Runs, known: Known | None) -> Iterable[Obligation]:
    """Soundness first: where it cannot be followed to its end, nothing else can be proved."""
    every = OBLIGATIONS if is_whole(runs) else SOUND
    return [one for one in (*every, *district_obligations(known)) if one.applies(runs)]
