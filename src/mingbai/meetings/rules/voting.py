"""When a meeting can vote and when a motion is carried: whole numbers only.

A majority is a fraction of a base. “以上” includes the number itself (民法典 第1259条), “过半数” does not:
`at_least 2/3` of 9 is 6, `more_than 1/2` of 8 is 5. Nothing is ever divided into a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingbai.kernel import Citation, Confidence, Refused


class Result(StrEnum):
    """What a motion came to."""

    passed = "passed"
    not_passed = "not_passed"
    no_quorum = "no_quorum"


class Base(StrEnum):
    """Of what a majority is taken: of all who are entitled, or of those who came."""

    roll = "roll"
    present = "present"


class Unit(StrEnum):
    """What a quorum alternative counts."""

    persons = "persons"
    households = "households"


@dataclass(frozen=True)
class Majority:
    """A fraction with its comparison: `strict` is 超过/过半数, otherwise 以上 (the number itself counts)."""

    numerator: int
    denominator: int
    strict: bool

    def needed(self, base: int) -> int:
        """The smallest whole number that reaches this majority of `base`; never below one."""
        share = base * self.numerator
        least = share // self.denominator + 1 if self.strict else -(-share // self.denominator)
        return max(1, least)

    def __str__(self) -> str:
        words = "超过" if self.strict else "不少于"
        return f"{words}{self.denominator}分之{self.numerator}"


@dataclass(frozen=True)
class Quorum:
    """One way of reaching a quorum; a body with several needs any one of them."""

    unit: Unit
    majority: Majority
    label: str


@dataclass(frozen=True)
class Notice:
    """How many calendar days ahead a meeting is called; `exception` says when less will do."""

    days: int
    exception: str


@dataclass(frozen=True)
class BodyRule:
    """How one body meets and decides, from `since` on. A rule without `passing` cannot be decided here."""

    id: str
    title: str
    since: date
    convened_by: str
    eligible: str
    quorum: tuple[Quorum, ...]
    passing: Majority | None
    passing_base: Base
    recused_leave_base: bool
    notice: Notice | None
    citation: Citation
    notes: tuple[str, ...] = ()

    @property
    def to_be_confirmed(self) -> bool:
        return self.citation.confidence is Confidence.assumed


@dataclass(frozen=True)
class Share:
    """A count of those who came (`present`) out of those entitled."""

    entitled: int
    present: int


@dataclass(frozen=True)
class Decision:
    """The outcome with the two figures that decided it, a sentence for readers, and the article."""

    result: Result
    needed_present: int
    needed_agree: int
    sentence: str
    citation: Citation


def count_base(rule: BodyRule, *, roll: int, recused: int) -> int:
    """How many are entitled once `recused` members of the `roll` stand aside.

    Where the rule takes a majority of those who came, the recused leave the base as well as the vote;
    where the law asks for a share of all members, they do not: recusal must not make a statutory
    majority easier (docs/decisions/0003-recusal-base.md, assumed).
    """
    return roll - recused if rule.recused_leave_base else roll


def decide(
    rule: BodyRule,
    *,
    entitled: int,
    present: int,
    agree: int,
    against: int,
    abstain: int,
    households: Share | None = None,
) -> Decision:
    """Decide one motion.

    `entitled` and `present` count persons after recusal; every one present voted for, against or
    abstained, unless the meeting had no quorum and did not vote. `households` is the same meeting counted
    by household, for bodies that may also convene that way (村民委员会组织法 第26条).
    Raises `Refused` when the figures contradict each other or the body has no written majority.
    """
    passing = _passing(rule)
    _check_counts(rule, entitled, present, (agree, against, abstain))
    if households is not None:
        _check_counts(rule, households.entitled, households.present, ())
    persons = Share(entitled, present)
    needed_agree = passing.needed(entitled if rule.passing_base is Base.roll else present)
    met, needed_present = _quorum(rule, persons, households, passing)
    voted = agree + against + abstain
    if met and voted != present:
        raise Refused(
            f"票数不符：参加表决{present}人，同意、反对、弃权合计{voted}票",
            basis=rule.citation,
            remedy="请按会议记录核对票数，弃权也要计入",
        )
    if not met and voted not in (0, present):
        raise Refused(
            f"票数不符：参加表决{present}人，合计{voted}票", basis=rule.citation, remedy="请核对票数"
        )
    result = _result(met, agree >= needed_agree)
    sentence = _sentence(rule, persons, needed_present, (agree, against, abstain), needed_agree, result)
    return Decision(result, needed_present, needed_agree, sentence, rule.citation)


def check_notice(rule: BodyRule, *, notified_on: date | None, held_on: date, urgent_reason: str) -> None:
    """Refuse a meeting called later than the rule allows; the day of the call is not counted (民法典 201).

    Where the rule allows urgent calls, a stated `urgent_reason` will do. Without `notified_on` nothing is
    checked: that the day of the call is unknown is for supervision to show, not for a vote to guess.
    """
    if rule.notice is None or notified_on is None:
        return
    if notified_on > held_on:
        raise Refused("通知日期晚于开会日期", basis=rule.citation, remedy="请核对通知日期")
    if (held_on - notified_on).days >= rule.notice.days or (rule.notice.exception and urgent_reason.strip()):
        return
    raise Refused(
        f"{rule.title}应当提前{rule.notice.days}日通知，实际只提前{(held_on - notified_on).days}日",
        basis=rule.citation,
        remedy="请改期召开；规则允许临时通知的，请写明理由",
    )


def _passing(rule: BodyRule) -> Majority:
    if rule.passing is None:
        raise Refused(
            f"{rule.title}没有写明表决规则，系统不能代为判定",
            basis=rule.citation,
            remedy="请先把章程规定的到会和通过比例写入议事规则",
        )
    return rule.passing


def _check_counts(rule: BodyRule, entitled: int, present: int, votes: tuple[int, ...]) -> None:
    for count in (entitled, present, *votes):
        if type(count) is not int or count < 0:
            raise Refused("人数和票数必须是不小于零的整数", basis=rule.citation, remedy="请按会议记录填写")
    if present > entitled:
        raise Refused(
            f"实到{present}人，多于应到{entitled}人", basis=rule.citation, remedy="请核对名册和签到表"
        )


def _quorum(rule: BodyRule, persons: Share, households: Share | None, passing: Majority) -> tuple[bool, int]:
    """Whether any alternative is met, and the number of persons the first alternative asks for.

    A rule without a written quorum still needs as many to come as must agree: the derived reading of
    农村集体经济组织法 第28条.
    """
    if not rule.quorum:
        needed = passing.needed(persons.entitled) if rule.passing_base is Base.roll else 1
        return persons.present >= needed, needed
    met, shown = False, 0
    for way in rule.quorum:
        share = persons if way.unit is Unit.persons else households
        if share is None:
            continue
        needed = way.majority.needed(share.entitled)
        met = met or share.present >= needed
        shown = shown or needed
    return met, shown


def _result(met: bool, carried: bool) -> Result:
    if not met:
        return Result.no_quorum
    return Result.passed if carried else Result.not_passed


def _sentence(
    rule: BodyRule,
    persons: Share,
    needed_present: int,
    votes: tuple[int, int, int],
    needed_agree: int,
    result: Result,
) -> str:
    agree, against, abstain = votes
    doubt = "（议事规则待确认）" if rule.to_be_confirmed else ""
    came = f"应到{persons.entitled}人，实到{persons.present}人，到会至少须{needed_present}人"
    if result is Result.no_quorum:
        return f"{came}：到会人数不足，不能表决{doubt}。"
    outcome = "通过" if result is Result.passed else "未通过"
    cast = f"同意{agree}票，反对{against}票，弃权{abstain}票，通过至少须{needed_agree}票"
    return f"{came}；{cast}：{outcome}{doubt}。"
