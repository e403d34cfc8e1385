"""Damage to what a chart says of its steps: who, how long, with what, how, why, by which body, what of it is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingbai.kernel import Confidence, FieldKind
from mingbai.procedures.rules.graph import WAITING, Exit, Field, Limit, Node, Option, Procedure
from mingbai.procedures.rules.mutants.editing import led_to, with_node
from mingbai.procedures.rules.mutants.mutant import Mutant
from mingbai.procedures.rules.mutants.roles import HELPING
from mingbai.procedures.rules.runs import Runs

COMPLETE = "实施方案第三部分(二)：每一步写明谁办、多久、单据、纪律、依据"
OPEN = "实施方案第三部分(三)：五公开"
OTHER_BODY = {
    "propose": "liangwei", "consult": "supervision_committee", "party_review": "liangwei", "resolve": "liangwei",
    "decide": "supervision_committee", "appraise": "liangwei", "admit": "party_branch_general",
    "full_vote": "liangwei",
}  # fmt: skip
DECIDED_ABOVE = ("accept_application", "review", "confirm")
PARTY_ABOVE = ("pre_review", "party_approve", "full_approve")
OPENED_BY_LAW = ("publish_decision", "award_publicity", "candidate_publicity", "cultivate", "probation")
HEARD = Field(
    "objection", "有没有人提异议", FieldKind.choice, options=(Option("none", "没有"), Option("raised", "有"))
)


def damaged_words(runs: Runs) -> Iterator[Mutant]:
    """Every damage to what a chart says."""
    chart = runs.procedure
    for node in [one for one in chart.nodes.values() if one.kind in WAITING]:
        yield from _incomplete(chart, node)
        yield from _hurried(chart, node)
        yield from _other_body(chart, node)
        yield from _lowered(chart, node)
        if node.stage == "resolve" and node.supervised:
            yield Mutant(
                f"unwatched:{node.id}",
                with_node(chart, replace(node, supervised=False)),
                "村民委员会组织法37条：监督委员会列席",
            )
    for level in chart.disclosures:
        kept = tuple(one for one in chart.disclosures if one != level)
        yield Mutant(f"undisclosed:{level}", replace(chart, disclosures=kept), OPEN)
    yield from _exposed(chart)


def _incomplete(chart: Procedure, node: Node) -> Iterator[Mutant]:
    for operator, damaged in (
        ("no_limit", replace(node, limit=None)),
        ("no_papers", replace(node, papers=())),
        ("no_discipline", replace(node, discipline="")),
        ("no_office", replace(node, offices=())),
        ("no_source", replace(node, citation=None)),
    ):
        yield Mutant(f"{operator}:{node.id}", with_node(chart, damaged), COMPLETE)


def _hurried(chart: Procedure, node: Node) -> Iterator[Mutant]:
    """A day less where there is a least, a day more where there is a most."""
    limit = node.limit
    if limit is None:
        return
    local = "这个天数是当地定的，不是法定的"
    article = _days_of_law(node, limit)
    step = -1 if limit.bound == "min" else 1
    if limit.value + step >= 1:
        shorter = replace(node, limit=replace(limit, value=limit.value + step))
        yield Mutant(
            f"{'shorter' if step < 0 else 'longer'}:{node.id}", with_node(chart, shorter), article, local
        )
    if limit.bound == "min":
        other = replace(node, limit=replace(limit, bound="max"))
        public = article or ("公示要贴满，不是最多贴几天" if node.kind == "publicity" else "")
        yield Mutant(f"at_most:{node.id}", with_node(chart, other), public, local)


def _days_of_law(node: Node, limit: Limit) -> str:
    """The article that sets these days: the limit's own, unless it says itself that it is local."""
    local = limit.citation.law == "local-unknown" or limit.citation.confidence is Confidence.assumed
    if not local:
        return f"{limit.citation.law}{limit.citation.article}"
    return (
        "村民委员会组织法35条、招标投标法实施条例54条、发展党员工作细则"
        if node.stage in OPENED_BY_LAW
        else ""
    )


def _other_body(chart: Procedure, node: Node) -> Iterator[Mutant]:
    other = OTHER_BODY.get(node.stage)
    if other and node.kind == "meeting":
        damaged = with_node(chart, replace(node, body=other))
        yield Mutant(f"other_body:{node.id}", damaged, "由法律写明的会来定")
        signed = replace(node, kind="task", body="", hand="handle")
        yield Mutant(f"no_meeting:{node.id}", with_node(chart, signed), "由法律写明的会来定")
        called = with_node(chart, replace(node, offices=("town_government",)))
        article = "" if node.stage in ("consult", "appraise") else "村民委员会组织法25条：村里的会由村里召集"
        if node.body != "liangwei":
            yield Mutant(f"convener:{node.id}", called, article, "法律没有写由谁召集")


def _lowered(chart: Procedure, node: Node) -> Iterator[Mutant]:
    """The village does what only the town or the district may do."""
    if chart.nature in HELPING and node.stage in DECIDED_ABOVE:
        offices = ("village_committee", *(one for one in node.offices if node.stage == "review"))
        damaged = with_node(chart, replace(node, offices=offices))
        yield Mutant(f"lowered:{node.id}", damaged, "社会救助法44条：镇里受理审核，区里确认")
        if node.stage == "confirm" and all(one.startswith("district_") for one in node.offices):
            town = with_node(chart, replace(node, offices=("town_government",)))
            yield Mutant(f"handed_down:{node.id}", town, "社会救助法44条：下放要有规定")
    if chart.nature == "party" and node.stage in PARTY_ABOVE:
        damaged = with_node(chart, replace(node, offices=("village_party_secretary",)))
        yield Mutant(f"lowered:{node.id}", damaged, "发展党员工作细则25条：党委审批")
    pays = any(one.kind == "payment" for one in chart.nodes.values())
    if pays and node.hand == "review" and "village_supervision_committee" in node.offices:
        damaged = with_node(chart, replace(node, offices=("village_committee",)))
        yield Mutant(f"watched_by_itself:{node.id}", damaged, "村民委员会组织法37条：监督委员会审核")


def _exposed(chart: Procedure) -> Iterator[Mutant]:
    """A notice about a child."""
    if not chart.children:
        return
    law = "事实无人抚养儿童保障意见第二部分(二)：不公示"
    yield Mutant("unmarked:chart", replace(chart, children=False), law)
    for node in [one for one in chart.nodes.values() if one.stage in ("confirm", "grant")]:
        notice = replace(
            node, id="exposed", kind="publicity", title="张榜", stage="", hand="", fields=(HEARD,), after=(),
            after_groups=(), separate_from=(), limit=node.limit and replace(node.limit, bound="min"),
            exits=(Exit(node.id),),
        )  # fmt: skip
        shown = with_node(led_to(chart, node.id, notice.id), notice)
        yield Mutant(f"exposed:{node.id}", shown, law)
