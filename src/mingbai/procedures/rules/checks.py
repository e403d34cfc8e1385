"""The proof that a chart is sound and lawful, on the compiled graph: which rules there are, and what a report says."""

from __future__ import annotations

from collections.abc import Callable, Collection

from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.lawful import LAWFUL
from mingbai.procedures.rules.report import Failure, Report, Rule
from mingbai.procedures.rules.sound import SOUND, figures_are_set

__all__ = ["RULES", "Failure", "Report", "check"]
RULES: tuple[tuple[Rule, Callable[[Procedure], bool]], ...] = (
    *((rule, lambda _: True) for rule in SOUND),
    *LAWFUL,
)


def check(procedure: Procedure, parameters: Collection[str] | None = None) -> Report:
    """Prove a chart; all rules run, none stops at the first failure.

    `parameters`: the names that the district sets; with them, a condition on a figure nobody set is found.
    The first line of a rule's docstring is the sentence that is said when it holds.
    """
    failures: list[Failure] = []
    proved: list[str] = []
    for rule, applies in RULES:
        if not applies(procedure):
            continue
        found = list(rule(procedure))
        failures += found
        if not found:
            proved.append((rule.__doc__ or "").splitlines()[0])
    if parameters is not None:
        failures += figures_are_set(procedure, parameters)
    return Report(not failures, tuple(proved), tuple(failures))
