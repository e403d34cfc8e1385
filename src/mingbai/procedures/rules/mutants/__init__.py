"""Does the proof see damage? Every chart is damaged in every way there is, and the proof must refuse what is unlawful.

A mutant says beforehand, from the law and from the undamaged chart, whether it breaks the law (`roles`); the proof is
not asked. One that is unlawful and passes the proof is a hole in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingbai.procedures.rules.checks import first_failure
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.mutants.hands import damaged_hands
from mingbai.procedures.rules.mutants.mutant import Mutant
from mingbai.procedures.rules.mutants.order import damaged_order
from mingbai.procedures.rules.mutants.saying import damaged_words
from mingbai.procedures.rules.runs import Runs

__all__ = ["Mutant", "Trial", "mutants", "trial"]


@dataclass(frozen=True)
class Trial:
    """What became of the mutants of one chart.

    killed: unlawful ones that the proof refuses, by the obligation that refuses them first; survivors: unlawful ones
    that it lets pass; harmless: lawful ones that it lets pass; strict: lawful ones that it refuses all the same,
    because the chart's own words (`after`, what a choice reads) forbid them.
    """

    chart: str
    killed: tuple[tuple[Mutant, str], ...]
    survivors: tuple[Mutant, ...]
    harmless: tuple[Mutant, ...]
    strict: tuple[tuple[Mutant, str], ...]

    @property
    def unlawful(self) -> int:
        """How many were unlawful."""
        return len(self.killed) + len(self.survivors)

    @property
    def made(self) -> int:
        """How many were made."""
        return self.unlawful + len(self.harmless) + len(self.strict)


def mutants(chart: Procedure) -> Iterator[Mutant]:
    """Every mutant of a chart, always the same ones in the same order."""
    runs = Runs(chart)
    yield from damaged_order(runs)
    yield from damaged_hands(runs)
    yield from damaged_words(runs)


def trial(chart: Procedure) -> Trial:
    """Damage a chart in every way and prove each result."""
    seen = [(one, first_failure(one.chart)) for one in mutants(chart)]
    return Trial(
        chart.id,
        tuple((one, failure.rule) for one, failure in seen if one.unlawful and failure),
        tuple(one for one, failure in seen if one.unlawful and not failure),
        tuple(one for one, failure in seen if not one.unlawful and not failure),
        tuple((one, failure.rule) for one, failure in seen if not one.unlawful and failure),
    )
