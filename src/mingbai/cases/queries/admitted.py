"""The register of tasks that may be handed down to villages (村级事务准入): nothing but closed cases, never typed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingbai.cases.models import Case, StepRun
from mingbai.cases.queries import charts
from mingbai.procedures.rules.interpreter import from_json

_APPLIED, _ADMITTED = "compile", "admit_task"


@dataclass(frozen=True)
class AdmittedTask:
    """A task that was admitted by a case: from `since` to `until`, both included."""

    case: str
    task: str
    basis: str
    since: date
    until: date
    support: str
    office: str
    document: str
    admitted_on: date

    def in_force(self, on: date) -> bool:
        """Whether villages are to do it that day."""
        return self.since <= on <= self.until


def admitted_tasks(on: date | None = None) -> tuple[AdmittedTask, ...]:
    """Every task ever admitted, or those in force on a day, by the day they end.

    What is not here a village need not do (`task-refusal`).
    """
    found = (one for one in _register() if on is None or one.in_force(on))
    return tuple(sorted(found, key=lambda one: (one.until, one.case)))


def _register() -> Iterator[AdmittedTask]:
    rows = Case.objects.filter(number__startswith=charts.OWN_AFFAIR, status=Case.Status.closed)
    for row in rows.prefetch_related("steps"):
        _, chart = charts.of(row)
        done = [run for run in row.steps.all() if run.status == StepRun.Status.done]
        stages = {chart.nodes[run.node].stage: run for run in sorted(done, key=lambda run: run.pk)}
        if _ADMITTED in stages and not chart.nodes[row.ended].stopped:
            yield _task(row, stages[_APPLIED], stages[_ADMITTED])


def _task(row: Case, applied: StepRun, admitted: StepRun) -> AdmittedTask:
    facts = from_json(row.state).facts
    said, settled = facts[applied.node], facts[admitted.node]
    return AdmittedTask(
        row.number, str(said["task"]), str(said["basis"]), date.fromisoformat(str(said["since"])),
        date.fromisoformat(str(said["until"])), str(said["support"]), applied.office,
        str(settled.get("document", "")), admitted.done_on or row.opened_on,
    )  # fmt: skip
