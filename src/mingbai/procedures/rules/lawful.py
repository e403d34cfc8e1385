"""Lawful: what must come first cannot be walked around. Each rule cites its article and shows the path that breaks it.

A vote or a signature counts only on the way that is taken when it said yes; the way of its no proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.graph import SEPARATOR, WAITING, Node, Procedure
from mingbai.procedures.rules.paths import granting, path_between, titles
from mingbai.procedures.rules.report import Failure, Rule

OPENNESS = Citation("policy-huaishang", "第三部分(三)")
FOUR = Citation("party-rural", "第19条", Confidence.likely)
DECISION = Citation("vcol", "第28条")
PUBLISHED = Citation("vcol", "第35条第4款")
WATCHED = Citation("vcol", "第37条")
AWARD = Citation("bidding-reg", "第54条")
ACCOUNTS = Citation("accounting", "第35条")
TOWN = Citation("social-assistance-law", "第44条")
LEVELS = {"list": "清单", "rules": "制度", "procedure": "程序", "process": "过程", "result": "结果"}
COMMITTEE = "village_supervision_committee"
STAGES = ("propose", "consult", "party_review", "resolve", "publish_decision", "publish_result")
NAMES = ("村党组织提议", "村“两委”商议", "党员大会审议", "村民（代表）会议决议", "决议公开", "实施结果公开")
LEAST = {
    "publish_decision": (15, PUBLISHED),
    "publish_result": (15, PUBLISHED),
    "award_publicity": (3, AWARD),
}
APART = (
    ("propose", "approve", ACCOUNTS), ("propose", "accept", WATCHED), ("propose", "pay", ACCOUNTS),
    ("handle", "accept", WATCHED), ("approve", "pay", ACCOUNTS), ("accept", "pay", ACCOUNTS),
    ("accept", "approve", ACCOUNTS), ("review", "approve", ACCOUNTS),
)  # fmt: skip
HANDS = {
    "propose": "提出",
    "handle": "经办",
    "approve": "审批",
    "accept": "验收",
    "pay": "付款",
    "review": "审核",
}


def _hand(procedure: Procedure, hand: str) -> list[Node]:
    return [node for node in procedure.nodes.values() if node.hand == hand]


def _stage(procedure: Procedure, *stages: str) -> list[Node]:
    return [node for node in procedure.nodes.values() if node.stage in stages]


def _binding(procedure: Procedure) -> list[Node]:
    return [
        node for node in procedure.nodes.values()
        if node.kind == "payment" or node.id.rsplit(SEPARATOR, 1)[-1] == "contract"
    ]  # fmt: skip


def decision_before_money(procedure: Procedure) -> Iterator[Failure]:
    """没有通过的决定或审批，到不了合同和付款"""
    deciding = [*_stage(procedure, "resolve", "decide"), *_hand(procedure, "approve")]
    yes = [way for node in deciding for way in granting(procedure, node)]
    for node in _binding(procedure):
        around = path_between(procedure, procedure.start, [node.id], without_ways=yes)
        if around:
            yield Failure("decision", f"不经决定就能到“{node.title}”", DECISION, titles(procedure, around))


def approval_before_payment(procedure: Procedure) -> Iterator[Failure]:
    """没有监督委员会审核过、审批人同意的单子，付不了款"""
    watching = [node for node in _hand(procedure, "review") if COMMITTEE in node.offices]
    for hand, nodes, article in (
        ("review", watching, WATCHED),
        ("approve", _hand(procedure, "approve"), ACCOUNTS),
    ):
        yes = [way for node in nodes for way in granting(procedure, node)]
        for node in _binding(procedure):
            around = path_between(procedure, procedure.start, [node.id], without_ways=yes)
            if around and node.kind == "payment":
                said = f"不经{HANDS[hand]}就能到“{node.title}”"
                yield Failure("approval", said, article, titles(procedure, around))


def acceptance_before_payment(procedure: Procedure) -> Iterator[Failure]:
    """签了合同的，验收合格才能付款"""
    yes = [way for node in _hand(procedure, "accept") for way in granting(procedure, node)]
    payments = [node.id for node in procedure.nodes.values() if node.kind == "payment"]
    for contract in _binding(procedure):
        around = path_between(procedure, contract.id, payments, without_ways=yes)
        if contract.kind != "payment" and around:
            yield Failure("acceptance", "没有验收合格就能付款", WATCHED, titles(procedure, around))


def deliberations_in_order(procedure: Procedure) -> Iterator[Failure]:
    """四议两公开一步不少，次序不乱，前一步通过才到后一步"""
    last = len(STAGES) - (1 if procedure.part else 0)
    for place, stage in enumerate(STAGES[:last]):
        here = _stage(procedure, stage)
        if not here:
            yield Failure("stages", f"四议两公开少了“{NAMES[place]}”", FOUR)
        elif 0 < place < 5:
            yield from _in_order(procedure, place, here)


def _in_order(procedure: Procedure, place: int, here: list[Node]) -> Iterator[Failure]:
    yes = [way for node in _stage(procedure, STAGES[place - 1]) for way in granting(procedure, node)]
    around = path_between(procedure, procedure.start, [node.id for node in here], without_ways=yes)
    if around:
        said = f"“{NAMES[place - 1]}”没有通过也能到“{NAMES[place]}”"
        yield Failure("order", said, FOUR, titles(procedure, around))


def decision_is_published(procedure: Procedure) -> Iterator[Failure]:
    """会议定了的事，先公开决议再往下办"""
    shown = [node.id for node in _stage(procedure, "publish_decision")]
    beyond = [node.id for node in _binding(procedure)] + _good_ends(procedure)
    for node in _stage(procedure, "resolve"):
        for choice, place in granting(procedure, node):
            to = procedure.nodes[choice].exits[place].to
            around = path_between(procedure, to, beyond, without=shown)
            if around:
                path = titles(procedure, [node.id, *around])
                yield Failure("published", "决议不公开就能往下办", PUBLISHED, path)


def _good_ends(procedure: Procedure) -> list[str]:
    return [node.id for node in procedure.nodes.values() if node.kind == "end" and not node.stopped]


def award_is_published(procedure: Procedure) -> Iterator[Failure]:
    """比选、交易、招标的结果没有公示，签不了合同"""
    shown = [node.id for node in _stage(procedure, "award_publicity")]
    contracts = [node.id for node in _binding(procedure) if node.kind != "payment"]
    for award in _stage(procedure, "compete"):
        around = path_between(procedure, award.id, contracts, without=shown)
        if around:
            yield Failure("award", "成交没有公示就能签合同", AWARD, titles(procedure, around))


def result_is_published(procedure: Procedure) -> Iterator[Failure]:
    """付了钱或者办成了，公开了结果才能办结"""
    shown = [node.id for node in _stage(procedure, "publish_result")]
    firsts = [node.id for node in procedure.nodes.values() if node.kind == "payment"]
    firsts += [node.id for node in _stage(procedure, "publish_decision")]
    ends = [node.id for node in procedure.nodes.values() if node.kind == "end"]
    for first in firsts:
        goals = ends if procedure.nodes[first].kind == "payment" else _good_ends(procedure)
        around = path_between(procedure, first, goals, without=shown)
        if around:
            yield Failure("result", "不公开结果就能办结", PUBLISHED, titles(procedure, around))


def report_after_publicity(procedure: Procedure) -> Iterator[Failure]:
    """要上报镇、区确认的，公示之后才能上报"""
    shown = [node.id for node in procedure.nodes.values() if node.kind == "publicity"]
    for node in _hand(procedure, "report"):
        around = path_between(procedure, procedure.start, [node.id], without=shown)
        if around:
            yield Failure("report", f"没有公示就能到“{node.title}”", TOWN, titles(procedure, around))


def notices_hang_long_enough(procedure: Procedure) -> Iterator[Failure]:
    """每次公开、公示都不短于法定的天数"""
    for node in procedure.nodes.values():
        if node.kind != "publicity":
            continue
        days, article = LEAST.get(node.stage, (1, PUBLISHED))
        limit = node.limit
        if limit is None or limit.bound != "min" or limit.value < days:
            yield Failure("notice", f"“{node.title}”不足 {days} 日", article, (node.title,))


def what_must_come_first_does(procedure: Procedure) -> Iterator[Failure]:
    """写明要先办的，从哪条路走都绕不开"""
    for node in procedure.nodes.values():
        for group in node.after_groups:
            around = path_between(procedure, procedure.start, [node.id], without=set(group) - {node.id})
            if around:
                first = procedure.nodes[group[0]].title
                said = f"绕开“{first}”就能到“{node.title}”"
                yield Failure("after", said, node.citation or DECISION, titles(procedure, around))


def hands_are_separate(procedure: Procedure) -> Iterator[Failure]:
    """提出、经办、审批、验收、付款是不同的手"""
    for one, other, article in APART:
        for node in _hand(procedure, one):
            for second in _hand(procedure, other):
                if not _apart(procedure, node, second):
                    said = f"{HANDS[one]}和{HANDS[other]}可以是同一个人"
                    yield Failure("hands", said, article, (node.title, second.title))


def _apart(procedure: Procedure, one: Node, other: Node) -> bool:
    said = other.id in one.separate_from or one.id in other.separate_from
    # Kept apart by an office that nobody below the town can hold as well, or never in one case.
    never = not path_between(procedure, one.id, [other.id]) and not path_between(
        procedure, other.id, [one.id]
    )
    return said or never or _different_levels(one, other)


def _different_levels(one: Node, other: Node) -> bool:
    town = ("town_", "district_")
    levels = [{office.startswith(town) for office in node.offices} for node in (one, other)]
    return levels[0].isdisjoint(levels[1])


def five_disclosures_are_mapped(procedure: Procedure) -> Iterator[Failure]:
    """五公开的每一级都写明公开什么"""
    for level, name in LEVELS.items():
        if level not in procedure.disclosures:
            yield Failure("five", f"五公开少了“{name}”这一级", OPENNESS)


def steps_name_known_hands(procedure: Procedure) -> Iterator[Failure]:
    """付款的环节写明是付款的手"""
    for node in procedure.nodes.values():
        if node.kind == "payment" and node.hand != "pay":
            yield Failure("hand", f"“{node.title}”没有写明是付款的手", ACCOUNTS, (node.title,))
        if node.kind in WAITING and node.kind != "payment" and node.hand == "pay":
            yield Failure("hand", f"“{node.title}”不是付款，不能写成付款的手", ACCOUNTS, (node.title,))


def _has_contract(procedure: Procedure) -> bool:
    return any(node.kind != "payment" for node in _binding(procedure))


def _pays(procedure: Procedure) -> bool:
    return any(node.kind == "payment" for node in procedure.nodes.values())


def _deliberates(procedure: Procedure) -> bool:
    whole = procedure.nature == "self_government" and not procedure.part
    return whole or bool(_stage(procedure, *STAGES[:-1]))


LAWFUL: tuple[tuple[Rule, Callable[[Procedure], bool]], ...] = (
    (decision_before_money, lambda chart: bool(_binding(chart))),
    (approval_before_payment, _pays),
    (acceptance_before_payment, lambda chart: _pays(chart) and _has_contract(chart)),
    (deliberations_in_order, _deliberates),
    (decision_is_published, lambda chart: bool(_stage(chart, "resolve"))),
    (award_is_published, lambda chart: bool(_stage(chart, "compete"))),
    (result_is_published, lambda chart: not chart.part),
    (report_after_publicity, lambda chart: bool(_hand(chart, "report"))),
    (notices_hang_long_enough, lambda chart: any(node.kind == "publicity" for node in chart.nodes.values())),
    (what_must_come_first_does, lambda chart: any(node.after_groups for node in chart.nodes.values())),
    (hands_are_separate, lambda chart: any(node.hand for node in chart.nodes.values())),
    (steps_name_known_hands, _pays),
    (five_disclosures_are_mapped, lambda chart: not chart.part),
)
"""Each rule, and to which charts it says anything: what does not apply is not claimed as proved."""
