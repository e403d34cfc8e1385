"""The proof that a chart is sound and lawful, on the compiled graph. Each rule is one function and cites its article."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.graph import WAITING, Node, Procedure

FIVE = ("list", "rules", "procedure", "process", "result")
POLICY = Citation("policy-huaishang", "第三部分(二)")
OPENNESS = Citation("policy-huaishang", "第三部分(三)")
DECISION = Citation("vcol", "第28条")
PUBLISHED = Citation("vcol", "第35条第4款")
AWARD = Citation("bidding-reg", "第54条")
FOUR = Citation("party-rural", "第19条", Confidence.likely)
_STAGES = ("propose", "consult", "party_review", "resolve", "publish_decision")
_MINIMUM = {"publish_decision": (15, PUBLISHED), "publish_result": (15, PUBLISHED), "award_publicity": (3, AWARD)}


@dataclass(frozen=True)
class Failure:
    """What is unlawful or unsound, under which article, and the path on the chart that shows it."""

    rule: str
    sentence: str
    citation: Citation
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        path = f"（{' → '.join(self.path)}）" if self.path else ""
        return f"{self.sentence}{path}，{self.citation.text()}"


@dataclass(frozen=True)
class Report:
    """What was proved, in sentences, and what failed."""

    ok: bool
    proved: tuple[str, ...]
    failures: tuple[Failure, ...]


Rule = Callable[[Procedure], Iterator[Failure]]


def check(procedure: Procedure) -> Report:
    """Prove a chart; all rules run, none stops at the first failure."""
    failures: list[Failure] = []
    proved: list[str] = []
    for rule in RULES:
        found = list(rule(procedure))
        failures += found
        if not found:
            proved.append((rule.__doc__ or "").splitlines()[0])
    return Report(not failures, tuple(proved), tuple(failures))


def path_between(
    procedure: Procedure, start: str, goals: Iterable[str], without: Iterable[str] = ()
) -> tuple[str, ...]:
    """A shortest path from `start` to any of `goals` that avoids `without`; empty when there is none."""
    wanted, shut = set(goals), set(without)
    came: dict[str, str | None] = {start: None}
    queue = deque([start] if start not in shut else [])
    while queue:
        here = queue.popleft()
        if here in wanted:
            return _unwound(came, here)
        for way in procedure.nodes[here].exits:
            if way.to not in came and way.to not in shut:
                came[way.to] = here
                queue.append(way.to)
    return ()


def _unwound(came: dict[str, str | None], last: str) -> tuple[str, ...]:
    path, here = [last], came[last]
    while here is not None:
        path.append(here)
        here = came[here]
    return tuple(reversed(path))


def _titles(procedure: Procedure, path: Iterable[str]) -> tuple[str, ...]:
    return tuple(procedure.nodes[one].title or one for one in path)


def _of_kind(procedure: Procedure, *kinds: str) -> list[Node]:
    return [node for node in procedure.nodes.values() if node.kind in kinds]


def _at_stage(procedure: Procedure, *stages: str) -> list[Node]:
    return [node for node in procedure.nodes.values() if node.stage in stages]


def _named(procedure: Procedure, name: str) -> list[Node]:
    return [node for node in procedure.nodes.values() if node.id.rsplit("__", 1)[-1] == name]


def every_node_reaches_an_end(procedure: Procedure) -> Iterator[Failure]:
    """从每一步都走得到结束，没有走不出去的圈"""
    ends = [node.id for node in _of_kind(procedure, "end")]
    for node in procedure.nodes.values():
        if not path_between(procedure, node.id, ends):
            yield Failure("end", f"从“{node.title}”走不到结束", POLICY, (node.title,))


def every_node_is_reached(procedure: Procedure) -> Iterator[Failure]:
    """从开始走得到每一步，没有摆设"""
    for node in procedure.nodes.values():
        if not path_between(procedure, procedure.start, [node.id]):
            yield Failure("reach", f"从开始走不到“{node.title}”", POLICY, (node.title,))


def nothing_gets_stuck(procedure: Procedure) -> Iterator[Failure]:
    """分头办的都会合得拢，不会卡住"""
    seen, queue = set[tuple[str, ...]](), deque([(procedure.start,)])
    while queue and len(seen) < 20_000:
        marking = queue.popleft()
        if marking in seen:
            continue
        seen.add(marking)
        following = list(_steps(procedure, marking))
        if not following and any(procedure.nodes[one].kind != "end" for one in marking):
            yield Failure("stuck", "会卡住", POLICY, _titles(procedure, marking))
        queue.extend(following)


def _steps(procedure: Procedure, marking: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for one in set(marking):
        node, rest = procedure.nodes[one], list(marking)
        if node.kind == "end":
            continue
        needed = 1
        if node.kind == "join":
            needed = sum(way.to == one for other in procedure.nodes.values() for way in other.exits)
        if marking.count(one) < needed:
            continue
        for _ in range(needed):
            rest.remove(one)
        ways = [way.to for way in node.exits]
        for new in [ways] if node.kind == "both" else [[way] for way in ways]:
            yield tuple(sorted(rest + new))


def every_step_is_complete(procedure: Procedure) -> Iterator[Failure]:
    """每一步都写明谁办、多久、要什么单据、什么纪律"""
    for node in procedure.nodes.values():
        if node.kind not in WAITING:
            continue
        for has, what in (
            (node.offices, "谁来办"), (node.limit, "时限"), (node.papers, "单据"), (node.discipline, "纪律"),
            (node.citation, "出处"),
        ):  # fmt: skip
            if not has:
                yield Failure("complete", f"“{node.title}”没有写明{what}", POLICY, (node.title,))


def decision_before_money(procedure: Procedure) -> Iterator[Failure]:
    """没有会议决定到不了合同，没有会议决定或者分档审批到不了付款"""
    met = [node.id for node in _at_stage(procedure, "resolve", "decide")]
    approved = [node.id for node in procedure.nodes.values() if node.hand == "approve"]
    for node, decided in [
        *((one, [*met, *approved]) for one in _of_kind(procedure, "payment")),
        *((one, met) for one in _named(procedure, "contract")),
    ]:
        around = path_between(procedure, procedure.start, [node.id], decided)
        if around:
            yield Failure("decision", f"不经决定就能到“{node.title}”", DECISION, _titles(procedure, around))


def deliberations_in_order(procedure: Procedure) -> Iterator[Failure]:
    """四议两公开一步不少，次序不乱"""
    for scope in sorted({node.scope for node in _at_stage(procedure, "resolve")}):
        steps = [[n.id for n in _at_stage(procedure, stage) if n.scope == scope] for stage in _STAGES]
        for earlier, later, stage in zip(steps, steps[1:], _STAGES[1:], strict=False):
            around = path_between(procedure, procedure.start, later, earlier) if later else ()
            if not earlier or not later or around:
                yield Failure("order", f"{stage} 之前的一议可以绕开", FOUR, _titles(procedure, around))
    if procedure.part:
        return
    if procedure.nature == "self_government" and not _at_stage(procedure, "resolve", "decide"):
        yield Failure("order", "村民自治事项没有四议两公开", FOUR)


def award_published_before_contract(procedure: Procedure) -> Iterator[Failure]:
    """比选、交易、招标的结果没有公示，签不了合同"""
    shown = [node.id for node in _at_stage(procedure, "award_publicity")]
    for award in _at_stage(procedure, "compete"):
        around = path_between(procedure, award.id, [node.id for node in _named(procedure, "contract")], shown)
        if around:
            yield Failure("award", "成交没有公示就能签合同", AWARD, _titles(procedure, around))


def result_published_after_money(procedure: Procedure) -> Iterator[Failure]:
    """付了钱，一定公开结果才能办结"""
    shown = [node.id for node in _at_stage(procedure, "publish_result")]
    ends = [node.id for node in _of_kind(procedure, "end")]
    for payment in _of_kind(procedure, "payment"):
        around = path_between(procedure, payment.id, ends, shown)
        if around:
            yield Failure("result", "付了钱不公开结果就能办结", PUBLISHED, _titles(procedure, around))


def notices_hang_long_enough(procedure: Procedure) -> Iterator[Failure]:
    """每次公开都不短于法定的天数"""
    for node in _of_kind(procedure, "publicity"):
        days, citation = _MINIMUM.get(node.stage, (1, PUBLISHED))
        limit = node.limit
        if limit is None or limit.bound != "min" or limit.value < days:
            yield Failure("notice", f"“{node.title}”不足 {days} 日", citation, (node.title,))


def hands_are_separate(procedure: Procedure) -> Iterator[Failure]:
    """提出、审批、验收、付款不是同一双手"""
    first = procedure.nodes[procedure.start]
    approvers = [node for node in procedure.nodes.values() if node.hand == "approve"]
    pairs = [(node, first) for node in [*approvers, *_of_kind(procedure, "payment")]]
    pairs += [(pay, approver) for pay in _of_kind(procedure, "payment") for approver in approvers]
    pairs += [(accept, first) for accept in _named(procedure, "accept")]
    for node, other in pairs:
        if node.id == other.id or other.id in node.separate_from or other.stage in _STAGES:
            continue
        if set(node.offices) & set(other.offices):
            path = (other.title, node.title)
            yield Failure("hands", f"“{other.title}”和“{node.title}”可以是同一个人办", POLICY, path)


def five_disclosures_are_mapped(procedure: Procedure) -> Iterator[Failure]:
    """五公开的每一项都写明公开什么"""
    for one in () if procedure.part else FIVE:
        if one not in procedure.disclosures:
            yield Failure("five", f"五公开少了 {one}", OPENNESS)


RULES: tuple[Rule, ...] = (
    every_node_reaches_an_end,
    every_node_is_reached,
    nothing_gets_stuck,
    every_step_is_complete,
    decision_before_money,
    deliberations_in_order,
    award_published_before_contract,
    result_published_after_money,
    notices_hang_long_enough,
    hands_are_separate,
    five_disclosures_are_mapped,
)
