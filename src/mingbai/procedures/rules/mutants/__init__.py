"""Does the proof see damage? Every chart is damaged in every way there is, and the proof must refuse what is unlawful.

A mutant says beforehand, from the law and from the undamaged chart, whether it breaks the law (`roles`); the proof is
not asked. One that is unlawful and passes the proof is a hole in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.mutants.hands import damaged_hands
from mingbai.procedures.rules.mutants.mutant import Mutant
from mingbai.procedures.rules.mutants.order import damaged_order
from mingbai.procedures.rules.mutants.saying import damaged_words
from mingbai.procedures.rules.runs import Runs

__all__ = ["Mutant", "mutants"]


def mutants(chart: Procedure) -> Iterator[Mutant]:
    """Every mutant of a chart, always the same ones in the same order."""
    runs = Runs(chart)
    yield from damaged_order(runs)
    yield from damaged_hands(runs)
    yield from damaged_words(runs)
