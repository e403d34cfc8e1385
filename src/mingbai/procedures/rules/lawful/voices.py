"""A no is a no: what was voted down, refused or found bad goes no further until the same hands say yes."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.lawful.common import DECISION, binding, has_verdict, ids, payments
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

DECIDING = ("resolve", "decide")
EXAMINING = ("accept_application", "investigate", "review")
ALONE = (
    "propose", "consult", "party_review", "appraise", "confirm", "political_review", "pre_review", "admit",
    "party_approve", "full_vote", "full_approve", "activist",
)  # fmt: skip
HANDS = ("approve", "accept", "review")
GOING_ON = ("grant",)
AGAIN = {"publish_decision": DECIDING, "award_publicity": ("compete", *DECIDING)}
OPEN = Citation("vcol", "第36条")


def voices(runs: Runs) -> list[Node]:
    """Whoever can say no to the matter."""
    return [
        node for node in runs.nodes.values()
        if has_verdict(node) and (node.stage in (*DECIDING, *EXAMINING, *ALONE) or node.hand in HANDS)
    ]  # fmt: skip


def _lifting(runs: Runs, node: Node) -> set[str]:
    """Whose yes lifts this no: its own; of those who examine, or approve, any; and a body that decides the matter anew."""
    found = {node.id, *ids(runs.stage(*DECIDING))}
    if node.stage in EXAMINING:
        found |= set(ids(runs.stage(*EXAMINING)))
    if node.hand == "approve":
        found |= set(ids(runs.hand("approve")))
    return found


def _goals(runs: Runs, node: Node) -> list[str]:
    """What must not happen after its no: of who accepts and reviews, that it is paid; of others, that it binds."""
    bound = payments(runs) if node.hand in ("accept", "review") else binding(runs)
    return [*ids(bound), *ids(runs.stage(*GOING_ON)), *runs.ends(stopped=False)]


def _cited(runs: Runs) -> Iterator[Citation]:
    yield from dict.fromkeys(node.citation for node in voices(runs) if node.citation)


@obligation("refusal", by=_cited, when=lambda runs: bool(voices(runs)))
def a_no_is_a_no(runs: Runs) -> Iterator[Failure]:
    """没有通过的、不同意的、不合格的，不能照样办下去"""
    for node in voices(runs):
        around = runs.way(_goals(runs, node), after=node.id, refused=True, without_yes=_lifting(runs, node))
        if around:
            said = f"“{node.title}”没有说行，也能照样办下去"
            yield failed(runs, "refusal", said, node.citation or DECISION, around)


@obligation("overruled", OPEN, when=lambda runs: bool(runs.stage("overrule")))
def an_objection_that_is_not_overruled_goes_back(runs: Runs) -> Iterator[Failure]:
    """异议没有被驳回的，重新评议，不能照样办下去"""
    again = ids(runs.stage("appraise", *DECIDING))
    for node in runs.stage("overrule"):
        around = runs.way(ids(runs.stage(*GOING_ON)), after=node.id, refused=True, without=[node.id, *again])
        if around:
            said = f"“{node.title}”没有驳回异议，也能照样办下去"
            yield failed(runs, "overruled", said, node.citation or OPEN, around)


@obligation("upheld", OPEN, when=lambda runs: bool(runs.stage("objection")))
def an_upheld_objection_goes_back(runs: Runs) -> Iterator[Failure]:
    """异议成立的，重新来过，不能照样办下去"""
    goals = [*ids(binding(runs)), *ids(runs.stage("confirm", "grant")), *runs.ends(stopped=False)]
    for node in runs.stage("objection"):
        around = runs.way(goals, after=node.id, granted=True, without=_again(runs, node))
        if around:
            said = f"“{node.title}”认为异议成立，也能照样办下去"
            yield failed(runs, "upheld", said, node.citation or OPEN, around)


def _again(runs: Runs, handler: Node) -> list[str]:
    """What has to be done again when this objection is upheld: what the notice was about."""
    found: list[str] = []
    for notice in runs.nodes.values():
        if notice.kind == "publicity" and handler.id in runs.next_to(notice.id, "objection", "raised"):
            found += ids(runs.stage(*AGAIN.get(notice.stage, (*EXAMINING, "appraise", "announce"))))
    return found


VOICES: tuple[Obligation, ...] = (
    a_no_is_a_no,
    an_upheld_objection_goes_back,
    an_objection_that_is_not_overruled_goes_back,
)
