"""Whose hands: proposing, handling, reviewing, approving, accepting and paying apart; who is interested stays away."""

from __future__ import annotations

from collections.abc import Iterator

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.graph import Node
from mingbai.procedures.rules.lawful.common import ACCOUNTS, WATCHED, apart, together
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

RECUSED = Citation("local-unknown", "回避惯例", Confidence.assumed)
SECOND = Citation("local-unknown", "四人分离、联签惯例", Confidence.assumed)
APART = (
    ("propose", "approve", ACCOUNTS), ("propose", "accept", WATCHED), ("propose", "pay", ACCOUNTS),
    ("handle", "accept", WATCHED), ("approve", "pay", ACCOUNTS), ("accept", "pay", ACCOUNTS),
    ("accept", "approve", ACCOUNTS), ("review", "approve", ACCOUNTS), ("propose", "review", ACCOUNTS),
    ("review", "pay", ACCOUNTS), ("approve", "approve", SECOND),
)  # fmt: skip
HANDS = {
    "propose": "提出",
    "handle": "经办",
    "approve": "审批",
    "accept": "验收",
    "pay": "付款",
    "review": "审核",
}


@obligation(
    "hands", ACCOUNTS, WATCHED, SECOND, when=lambda runs: any(node.hand for node in runs.nodes.values())
)
def hands_are_separate(runs: Runs) -> Iterator[Failure]:
    """提出、经办、审核、审批、验收、付款是不同的手，第二个签字是第二个人"""
    for one, other, article in APART:
        for node in runs.hand(one):
            for second in runs.hand(other):
                if node.id != second.id and not apart(runs, node, second):
                    said = f"{HANDS[one]}“{node.title}”和{HANDS[other]}“{second.title}”可以是同一个人"
                    yield failed(runs, "hands", said, article, together(runs, node, second))


def _asking(runs: Runs) -> list[Node]:
    return [node for node in runs.nodes.values() if node.stage == "apply" or node.hand == "propose"]


def _deciding(runs: Runs) -> list[Node]:
    return [
        *runs.stage("accept_application", "review", "confirm", "investigate"),
        *runs.hand("approve", "accept", "review"),
    ]


@obligation("recusal", RECUSED, when=lambda runs: bool(_asking(runs) and _deciding(runs)))
def who_asks_does_not_decide(runs: Runs) -> Iterator[Failure]:
    """谁提出、谁代办申请，谁就不审查、不决定这件事"""
    said: set[str] = set()
    for asking in _asking(runs):
        for deciding in _deciding(runs):
            if deciding.id not in said and not apart(runs, asking, deciding):
                said.add(deciding.id)
                words = f"“{asking.title}”和“{deciding.title}”可以是同一个人"
                yield failed(runs, "recusal", words, RECUSED, together(runs, asking, deciding))


HANDS_APART: tuple[Obligation, ...] = (hands_are_separate, who_asks_does_not_decide)
