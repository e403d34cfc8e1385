"""Money of the village: decided, contracted, accepted, reviewed, approved, paid, each before the next and by its own hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingbai.kernel import Citation
from mingbai.procedures.rules.graph import WAITING
from mingbai.procedures.rules.lawful.common import (
    ACCOUNTS,
    DECISION,
    WATCHED,
    binding,
    contracts,
    ids,
    payments,
)
from mingbai.procedures.rules.paths import leading_to
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

AWARD = Citation("bidding-reg", "第54条")
WRITTEN = Citation("bidding", "第46条")
RIVALS = Citation("bidding", "第28条")
ENOUGH = re.compile(r">= 3\b|\.verdict == 'good'")
"""What the exit of a competition asks that may go on: three of them, or a verdict that it is valid."""
COMMITTEE = "village_supervision_committee"


@obligation("decision", DECISION, when=lambda runs: bool(binding(runs)))
def decision_before_money(runs: Runs) -> Iterator[Failure]:
    """没有通过的决定或审批，到不了合同和付款"""
    deciding = ids([*runs.stage("resolve", "decide"), *runs.hand("approve")])
    for node in binding(runs):
        around = runs.way([node.id], without_yes=deciding)
        if around:
            yield failed(runs, "decision", f"不经决定就能到“{node.title}”", DECISION, around)


@obligation("watched", WATCHED, when=lambda runs: bool(payments(runs)))
def review_before_payment(runs: Runs) -> Iterator[Failure]:
    """没有监督委员会审核过的单子，付不了款"""
    watching = [node.id for node in runs.hand("review") if COMMITTEE in node.offices]
    around = runs.way(ids(payments(runs)), without_yes=watching)
    if around:
        yield failed(runs, "watched", "不经监督委员会审核就能付款", WATCHED, around)


@obligation("approval", ACCOUNTS, when=lambda runs: bool(payments(runs)))
def approval_before_payment(runs: Runs) -> Iterator[Failure]:
    """没有审批人同意，付不了款"""
    around = runs.way(ids(payments(runs)), without_yes=ids(runs.hand("approve")))
    if around:
        yield failed(runs, "approval", "不经审批就能付款", ACCOUNTS, around)


@obligation("acceptance", WATCHED, when=lambda runs: bool(payments(runs) and contracts(runs)))
def acceptance_before_payment(runs: Runs) -> Iterator[Failure]:
    """签了合同的，验收合格才能付款"""
    accepting = ids(runs.hand("accept"))
    for contract in contracts(runs):
        around = runs.way(ids(payments(runs)), after=contract.id, without_yes=accepting)
        if around:
            yield failed(runs, "acceptance", "没有验收合格就能付款", WATCHED, around)


@obligation("award", AWARD, when=lambda runs: bool(runs.stage("compete") and contracts(runs)))
def award_is_published(runs: Runs) -> Iterator[Failure]:
    """比选、交易、招标的结果没有公示，签不了合同"""
    shown = ids(runs.stage("award_publicity"))
    for award in runs.stage("compete"):
        around = runs.way(ids(contracts(runs)), after=award.id, without=shown)
        if around:
            yield failed(runs, "award", "成交没有公示就能签合同", AWARD, around)


@obligation("contracted", WRITTEN, when=lambda runs: bool(runs.stage("compete") and payments(runs)))
def contract_before_payment(runs: Runs) -> Iterator[Failure]:
    """比选、交易、招标成交的，签了书面合同才付款"""
    for award in runs.stage("compete"):
        around = runs.way(ids(payments(runs)), after=award.id, without=ids(contracts(runs)))
        if around:
            yield failed(runs, "contracted", "没有书面合同就能付款", WRITTEN, around)


@obligation("rivals", RIVALS, when=lambda runs: bool(runs.stage("compete")))
def too_few_rivals_begin_again(runs: Runs) -> Iterator[Failure]:
    """不足三家的、流标的，重新来，不能照样成交"""
    competing = ids(runs.stage("compete"))
    dealing = [*ids(runs.stage("award_publicity")), *ids(contracts(runs))]
    on = leading_to(runs.procedure, dealing, without=competing)
    for award in runs.stage("compete"):
        choice = runs.nodes[award.exits[0].to]
        if choice.kind != "choice":
            yield failed(runs, "rivals", f"“{award.title}”不看够不够三家", RIVALS, [award.id])
        for way in choice.exits if choice.kind == "choice" else ():
            if way.to in on and not ENOUGH.search(way.when or ""):
                said = f"“{award.title}”不足三家或者流标，也照样成交"
                yield failed(runs, "rivals", said, RIVALS, [*runs.way([award.id]), choice.id, way.to])


@obligation("hand", ACCOUNTS, when=lambda runs: bool(payments(runs)))
def paying_hands_pay(runs: Runs) -> Iterator[Failure]:
    """付款的环节写明是付款的手"""
    for node in runs.nodes.values():
        if node.kind == "payment" and node.hand != "pay":
            yield failed(runs, "hand", f"“{node.title}”没有写明是付款的手", ACCOUNTS, [node.id])
        if node.kind in WAITING and node.kind != "payment" and node.hand == "pay":
            yield failed(runs, "hand", f"“{node.title}”不是付款，不能写成付款的手", ACCOUNTS, [node.id])


MONEY: tuple[Obligation, ...] = (
    decision_before_money,
    review_before_payment,
    approval_before_payment,
    acceptance_before_payment,
    award_is_published,
    contract_before_payment,
    too_few_rivals_begin_again,
    paying_hands_pay,
)
