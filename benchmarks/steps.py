"""One durable step of a case beside a step of django-viewflow, same process, same database, same run.

    MINGBAI_DATA=/some/empty/folder [DATABASE_URL=postgresql://…] python benchmarks/steps.py

Prints the median in milliseconds of our steps by kind, of all of them, and of the peer's, the ratio, and the bytes
of state a finished case keeps beside what SpiffWorkflow serialises for a flow of as many tasks. Not a timed test:
it passes no judgement.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "cases"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer_settings")


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one act."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def ours(cases: int) -> tuple[dict[str, list[float]], int]:
    """Whole small-works cases from request to archive, by kind of step: papers and people made beforehand, days
    waited out, only the step timed; and the bytes of state that a finished case keeps."""
    from world import World

    from mingbai.cases import queries
    from mingbai.cases.models import Case

    world, number = World(), ""
    times: dict[str, list[float]] = {}
    for _ in range(cases):
        number = world.open(power="procurement-small-works")
        while queries.case(number).here:
            kind, milliseconds = step(world, number)
            times.setdefault(kind, []).append(milliseconds)
            world.wait()
    return times, len(Case.objects.get(number=number).state.encode())


def step(world: Any, number: str) -> tuple[str, float]:
    """Do the step that waits; its kind and its milliseconds."""
    from mingbai.cases import queries, services

    name = queries.case(number).here[0].step
    world.ready(number, name)
    if name == "quote":
        world.open_quotes(number, name, {})
    node = world.node(number, name)
    given = {
        "case": number,
        "step": name,
        "values": world.values(number, name),
        "papers": world.papers(number, name),
        "occurred_on": world.day,
        "by": world.fitting(number, node),
        "at": world.at,
    }
    return node.kind, timed(lambda: services.complete_step(**given))


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
    mine, state = ours(4)
    every = [one for times in mine.values() for one in times]
    theirs = viewflow(len(every))
    first, second = statistics.median(every), statistics.median(theirs)
    print(f"database         {connection.vendor}")
    for kind, times in sorted(mine.items()):
        print(f"mingbai {kind:<10} median {statistics.median(times):.2f} ms over {len(times)}")
    print(f"mingbai any step   median {first:.2f} ms over {len(every)}")
    print(f"viewflow step      median {second:.2f} ms over {len(theirs)}, ratio {first / second:.2f}")
    print(f"mingbai state    {state} bytes a case; SpiffWorkflow tasks {spiff_bytes(30)} bytes")


if __name__ == "__main__":
    main()
