"""One case, driven through our interpreter and through SpiffWorkflow at once, by answers drawn at random."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from time import perf_counter

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from mingbai.procedures.rules.expressions import holds
from mingbai.procedures.rules.graph import SEPARATOR, Node, Procedure
from mingbai.procedures.rules.interpreter import StepAct, advance, scoped, start

SUMS = (0, 1, 2, 3, 9, 100, 4_999, 5_000, 5_001, 100_000, 500_000, 2_000_000, 10_000_000, 500_000_000)
LONGEST = 45
"""Steps after which a path that goes round and round is left."""


class Spoken(PythonScriptEngine):
    """SpiffWorkflow asks for Python; this answers in the charts' own language, from facts kept beside the workflow."""

    def __init__(self, procedure: Procedure, parameters: dict[str, int]) -> None:
        super().__init__()
        self.procedure, self.parameters = procedure, parameters
        self.facts: dict[str, dict] = {"case": {"title": "一件事"}}

    def evaluate(self, task, expression, external_context=None):
        """Whether a condition holds where the task stands: in its own process, with what the caller passes."""
        scope = scope_of(task.workflow)
        given = {
            name: self.facts[node][value]
            for name, (node, value) in self.procedure.given.get(scope, {}).items()
            if value in self.facts.get(node, {})
        }
        env = {
            **scoped(self.facts, scope),
            "param": self.parameters,
            "case": self.facts["case"],
            "given": given,
        }
        return holds(expression, env)


def scope_of(workflow) -> str:
    """The prefix of everything in a called process: the calls that lead to it."""
    calls = []
    while workflow.parent_task_id is not None:
        task = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        calls.insert(0, local(task))
        workflow = task.workflow
    return "".join(call + SEPARATOR for call in calls)


def local(task) -> str:
    """The chart's id of a task: the last part of its own, without the number of a copied end."""
    return task.task_spec.bpmn_id.rpartition(".")[2].partition("-")[0]


def flat(task) -> str:
    """The id of a task in the compiled chart."""
    return scope_of(task.workflow) + local(task)


def specs(bpmn: bytes, id: str) -> tuple:
    """A process and those it calls, checked against BPMN's own schema and parsed."""
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_xml(etree.fromstring(bpmn), filename=id)
    return parser.get_spec(id), parser.get_subprocess_specs(id)


@dataclass
class Ran:
    """A path that both engines went: steps done, the end (None when it was left), seconds spent in each engine."""

    done: list[str] = field(default_factory=list)
    end: str | None = None
    ours: float = 0.0
    theirs: float = 0.0


def run(procedure: Procedure, bpmn: tuple, seed: int) -> Ran:
    """One random path through both.

    Raises:
        AssertionError: the engines disagree about what waits, what was done, or where it ended.
    """
    chance = random.Random(f"{procedure.id}{seed}")
    parameters = {name: chance.choice(SUMS) for name in figures(procedure)}
    eagerness = chance.choice((0.3, 0.6, 0.8, 0.95))
    engine = Spoken(procedure, parameters)
    workflow = BpmnWorkflow(*bpmn, script_engine=engine)
    workflow.do_engine_steps()
    state, ran = start(procedure, engine.facts["case"]), Ran()
    while ran.end is None and len(ran.done) < LONGEST:
        waiting = sorted(one for one in state.marking if procedure.waits(one))
        ready = {flat(task): task for task in workflow.get_tasks(state=TaskState.READY, manual=True)}
        assert sorted(ready) == waiting, (procedure.id, seed, ran.done, sorted(ready), waiting)
        step = chance.choice(waiting)
        values = answers(procedure.nodes[step], chance, eagerness)
        engine.facts = {**engine.facts, step: values}
        begun = perf_counter()
        outcome = advance(procedure, state, StepAct(step, f"person {len(ran.done)}", values), parameters)
        between = perf_counter()
        ready[step].run()
        workflow.do_engine_steps()
        ran.ours, ran.theirs = ran.ours + between - begun, ran.theirs + perf_counter() - between
        state, ran.end = outcome.state, outcome.ended
        ran.done.append(step)
    compare(workflow, ran)
    return ran


def compare(workflow, ran: Ran) -> None:
    """What the other engine has in its own books: steps in the order in which it completed them, and its end."""
    done = sorted(
        workflow.get_tasks(state=TaskState.COMPLETED, manual=True), key=lambda task: task.last_state_change
    )
    assert [flat(task) for task in done] == ran.done
    assert workflow.completed == (ran.end is not None)
    ends = [
        local(task)
        for task in workflow.get_tasks(state=TaskState.COMPLETED)
        if type(task.task_spec).__name__ == "EndEvent" and task.workflow is workflow
    ]
    assert ends == ([ran.end] if ran.end else []), (ends, ran)


def figures(procedure: Procedure) -> set[str]:
    """The parameters that a chart's conditions read."""
    text = " ".join(way.when or "" for node in procedure.nodes.values() for way in node.exits)
    return {
        word.partition(".")[2]
        for word in text.replace("(", " ").replace(")", " ").split()
        if word.startswith("param.")
    }


def answers(node: Node, chance: random.Random, eagerness: float) -> dict[str, str | int]:
    """Something for every field; the first answer of a choice, which mostly leads on, as often as `eagerness` says."""
    values: dict[str, str | int] = {}
    for one in node.fields:
        if one.options:
            first = chance.random() < eagerness
            values[one.id] = one.options[0].id if first else chance.choice(one.options).id
        else:
            values[one.id] = chance.choice(SUMS) if one.kind in ("money", "integer") else "字"
    if node.kind == "meeting":
        yes = chance.random() < eagerness
        values["result"] = "passed" if yes else chance.choice(("not_passed", "no_quorum"))
    return values
