"""One durable step of a case beside a step of django-viewflow, same process, same database, same run.

    MINGBAI_DATA=/some/empty/folder [DATABASE_URL=postgresql://…] python benchmarks/steps.py

Prints the median of many steps in milliseconds for each, the ratio, and the bytes of state a case keeps beside what
SpiffWorkflow serialises for a flow of as many tasks. Not a timed test: it passes no judgement.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "cases"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer_settings")


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one act."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def ours(cases: int) -> tuple[list[float], int]:
    """Steps of real small-works cases up to the resolution: papers and people made beforehand, only the step timed."""
    from world import World

    from mingbai.cases import queries, services
    from mingbai.cases.models import Case

    world, times, number = World(), [], ""
    for _ in range(cases):
        number = world.open(power="procurement-small-works")
        for _ in range(5):
            step = queries.case(number).here[0].step
            node = world.node(number, step)
            by, values, papers = (
                world.fitting(number, node),
                world.values(number, step),
                world.papers(number, step),
            )
            at, on = world.at, world.day
            times.append(
                timed(
                    lambda: services.complete_step(
                        case=number, step=step, values=values, papers=papers, occurred_on=on, by=by, at=at
                    )
                )
            )
    return times, len(Case.objects.get(number=number).state.encode())


def viewflow(steps: int) -> list[float]:
    """As many steps of the peer: each its own process, one handled step, through viewflow's own activation."""
    from django.db import transaction
    from peer.flows import PeerFlow
    from viewflow.workflow.models import Process

    times = []
    for _ in range(steps):
        PeerFlow.begin.run(title="村西排水沟整修")
        task = Process.objects.latest("pk").task_set.filter(flow_task=PeerFlow.step).get()

        def finish() -> None:
            with transaction.atomic():
                PeerFlow.step.run(task)

        times.append(timed(finish))
    return times


def spiff_bytes(tasks: int) -> int:
    """What SpiffWorkflow serialises for a straight flow of as many tasks, half of them done."""
    from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
    from SpiffWorkflow.bpmn.specs.defaults import ManualTask
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    spec = BpmnProcessSpec("peer")
    last = spec.start
    for index in range(tasks):
        task = ManualTask(spec, f"step_{index}")
        last.connect(task)
        last = task
    last.connect(spec.end)
    workflow = BpmnWorkflow(spec)
    return len(json.dumps(BpmnWorkflowSerializer().to_dict(workflow)["tasks"]).encode())


def main() -> None:
    """Run and print."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    Path(os.environ["MINGBAI_DATA"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    mine, state = ours(40)
    theirs = viewflow(len(mine))
    first, second = statistics.median(mine), statistics.median(theirs)
    print(f"database         {connection.vendor}")
    print(f"mingbai step     median {first:.2f} ms over {len(mine)} steps")
    print(f"viewflow step    median {second:.2f} ms over {len(theirs)} steps, ratio {first / second:.2f}")
    print(f"mingbai state    {state} bytes a case; SpiffWorkflow tasks {spiff_bytes(30)} bytes")


if __name__ == "__main__":
    main()
