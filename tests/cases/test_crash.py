"""The process killed in the middle of an act: afterwards the act is whole or was never begun."""

from __future__ import annotations

import os
import signal

import pytest
from django.db import connection, connections

from mingbai.cases import queries, services
from mingbai.journal.queries import entries_of, head, verify_chain


def killed_at(statement: int, act) -> bool:
    """Run an act in a process that is killed (SIGKILL) before its n-th statement; whether the act got through."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        seen = 0

        def failpoint(execute, sql, params, many, context):
            nonlocal seen
            seen += 1
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(failpoint):
            act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the act was refused"
    return not os.WIFSIGNALED(status)


@pytest.mark.parametrize("step", ["request", "decide__party_propose", "contract", "pay"])
def test_nothing_is_half_done(lasting_world, step):
    world = lasting_world
    number = world.open()
    world.forward(number, until=step)
    node = world.node(number, step)
    ready = {
        "case": number, "step": step, "values": world.values(number, step),
        "papers": world.papers(number, step), "occurred_on": world.day,
        "by": world.fitting(number, node), "at": world.at,
    }  # fmt: skip
    before = queries.case(number), head()
    for statement in range(1, 100):
        if killed_at(statement, lambda: services.complete_step(**ready)):
            break
        assert (queries.case(number), head()) == before, f"half done before statement {statement}"
    assert statement > 8
    assert queries.case(number).version == before[0].version + 1
    assert entries_of(f"case:{number}")[-1].data["step"] == step
    assert verify_chain() == ()
