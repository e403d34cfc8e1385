"""What several rules ask of a chart: what binds, whose hands are apart, at which level an office is."""

from __future__ import annotations

from collections.abc import Iterable

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.graph import SEPARATOR, WAITING, Node
from mingbai.procedures.rules.runs import Answer, Runs, Trail

NOTICE = Citation("policy-huaishang", "第三部分(二)")
DECISION = Citation("vcol", "第28条")
PUBLISHED = Citation("vcol", "第35条第4款")
WATCHED = Citation("vcol", "第37条")
ACCOUNTS = Citation("accounting", "第35条")
FOUR = Citation("party-rural", "第19条", Confidence.likely)
CONTRACTS = ("contract", "sign")
"""What the facts call the step that signs a contract, and the paper that it leaves."""


def local_id(node: Node) -> str:
    """A node's id inside the chart that it was written in."""
    return node.id.rsplit(SEPARATOR, 1)[-1]


def ids(nodes: Iterable[Node]) -> list[str]:
    """Their ids."""
    return [node.id for node in nodes]


def contracts(runs: Runs) -> list[Node]:
    """The steps that sign a contract."""
    return [
        node for node in runs.nodes.values()
        if node.kind == "task" and local_id(node) in CONTRACTS
    ]  # fmt: skip


def payments(runs: Runs) -> list[Node]:
    """The steps by which money leaves the village's account."""
    return [node for node in runs.nodes.values() if node.kind == "payment"]


def binding(runs: Runs) -> list[Node]:
    """Contracts and payments: what binds the village."""
    return [*contracts(runs), *payments(runs)]


def notices(runs: Runs) -> list[Node]:
    """Everything that hangs in public."""
    return [node for node in runs.nodes.values() if node.kind == "publicity"]


def done_by(node: Node, *levels: str) -> bool:
    """Whether only offices of these levels (village, town, district) may do it."""
    return bool(node.offices) and all(level(one) in levels for one in node.offices)


def level(office: str) -> str:
    """The level of an office; `known` proves that the district's list of offices says the same."""
    return next((one for one in ("town", "district") if office.startswith(one + "_")), "village")


def authority(office: str) -> str:
    """Of which authority an office is: in a village and in a town one person may hold several, not across districts'."""
    return office if level(office) == "district" else level(office)


def apart(runs: Runs, one: Node, other: Node) -> bool:
    """Whether two steps cannot be done by one person: the chart says so, the authorities differ, or never in one case."""
    if other.id in one.separate_from or one.id in other.separate_from:
        return True
    if {*map(authority, one.offices)}.isdisjoint(map(authority, other.offices)):
        return True
    return other.id not in runs.following(one.id) and one.id not in runs.following(other.id)


def together(runs: Runs, one: Node, other: Node) -> Trail:
    """A way on which both are done, to show it."""
    first, second = (one, other) if other.id in runs.following(one.id) else (other, one)
    return (*runs.way([first.id])[:-1], *runs.way([second.id], after=first.id))


def has_verdict(node: Node) -> bool:
    """Whether a step can say yes or no."""
    return node.kind == "meeting" or any(field.id == "verdict" for field in node.fields)


def around(runs: Runs, goals: Iterable[Node], firsts: Iterable[Node], *, after: str = "") -> Trail:
    """A way to one of `goals` on which none of `firsts` said yes (or was done, where it has no yes to say)."""
    first = list(firsts)
    voting = [node.id for node in first if has_verdict(node)]
    plain = [node.id for node in first if not has_verdict(node)]
    return runs.way(ids(goals), after=after, without=plain, without_yes=voting)


def waiting(runs: Runs) -> list[Node]:
    """Everything that somebody does."""
    return [node for node in runs.nodes.values() if node.kind in WAITING]


def answering(runs: Runs, *words: str) -> set[Answer]:
    """All answers with one of these words."""
    return {
        (node.id, field.id, option.id)
        for node in runs.nodes.values() for field in node.fields for option in field.options
        if option.id in words
    }  # fmt: skip
