"""When a meeting can vote and when a motion is carried: whole numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingbai.kernel import Citation, Refused
from mingbai.meetings.rules.bodies import Base, BodyRule, Passing, Unit


class Result(StrEnum):
    """What a motion came to."""

    passed = "passed"
    not_passed = "not_passed"
    no_quorum = "no_quorum"


@dataclass(frozen=True)
class Share:
    """A count of those who came (`present`) out of those entitled."""

    entitled: int
    present: int


@dataclass(frozen=True)
class Votes:
    """What was cast: 同意, 反对, 弃权, 废票 (`spoilt`), and 未投: present, and took no part in this vote.

    written: how many of these came as written opinions of members who were not there.
    """

    agree: int
    against: int
    abstain: int
    spoilt: int = 0
    not_cast: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        """All votes, those of people present and written ones, cast or not."""
        return self.agree + self.against + self.abstain + self.spoilt + self.not_cast


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
    votes: Votes,
    households: Share | None = None,
    passing: Passing | None = None,
) -> Decision:
    """Decide one motion.

    `entitled` and `present` count persons after recusal; every one present voted for, against, abstained, spoilt
    the paper or took no part, unless the meeting had no quorum and did not vote. `households` is the same meeting
    counted by household, for bodies that may also convene that way (村民委员会组织法 第26条). `passing` is the
    majority that the law asks for this very matter, where it is another than the body's own.

    Raises:
        Refused: the figures contradict each other, or the body has no written majority.
    """
    asked = passing or _passing(rule)
    majority = asked.majority
    _check_counts(rule, entitled, present, votes)
    if households is not None:
        _check_share(rule, households, "户")
    persons = Share(entitled, present)
    needed_agree = majority.needed(entitled if asked.base is Base.roll else present)
    met, needed_present = _quorum(rule, persons, households, asked)
    _check_total(rule, present, votes, met=met)
    result = _result(met, votes.agree >= needed_agree)
    sentence = say(rule, persons, needed_present, votes, needed_agree, result, households)
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


def _passing(rule: BodyRule) -> Passing:
    if rule.passing is None:
        raise Refused(
            f"{rule.title}没有写明表决规则，系统不能代为判定",
            basis=rule.citation,
            remedy="请先把章程规定的到会和通过比例写入议事规则",
        )
    return Passing(rule.passing, rule.passing_base)


def _check_counts(rule: BodyRule, entitled: int, present: int, votes: Votes) -> None:
    counts = (votes.agree, votes.against, votes.abstain, votes.spoilt, votes.not_cast, votes.written)
    for count in (entitled, present, *counts):
        if type(count) is not int or count < 0:
            raise Refused("人数和票数必须是不小于零的整数", basis=rule.citation, remedy="请按会议记录填写")
    _check_share(rule, Share(entitled, present), "人")
    if votes.written and not rule.written_opinions:
        raise Refused(f"{rule.title}不计书面意见", basis=rule.citation, remedy="只计到会的人的票")


def _check_share(rule: BodyRule, share: Share, unit: str) -> None:
    for count in (share.entitled, share.present):
        if type(count) is not int or count < 0:
            raise Refused("人数和户数必须是不小于零的整数", basis=rule.citation, remedy="请按会议记录填写")
    if share.present > share.entitled:
        raise Refused(
            f"实到{share.present}{unit}，多于应到{share.entitled}{unit}",
            basis=rule.citation,
            remedy="请核对名册和签到表",
        )


def _check_total(rule: BodyRule, present: int, votes: Votes, *, met: bool) -> None:
    """All votes together are those present and the written ones; without a quorum nobody need have voted."""
    expected = present + votes.written
    if votes.total == expected or (not met and votes.total == 0):
        return
    written = f"，会前书面意见{votes.written}份" if votes.written else ""
    raise Refused(
        f"票数不符：参加表决{present}人{written}，各种票合计{votes.total}票",
        basis=rule.citation,
        remedy="请按会议记录核对票数：弃权、废票、没有投的也要计入",
    )


def _quorum(rule: BodyRule, persons: Share, households: Share | None, passing: Passing) -> tuple[bool, int]:
    """Whether any alternative is met, and the number of persons the first alternative asks for.

    A rule without a written quorum still needs as many to come as must agree: the derived reading of
    农村集体经济组织法 第28条.
    """
    if not rule.quorum:
        needed = passing.majority.needed(persons.entitled) if passing.base is Base.roll else 1
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


def say(
    rule: BodyRule, persons: Share, needed_present: int, votes: Votes, needed_agree: int, result: Result,
    households: Share | None = None,
) -> str:  # fmt: skip
    """The outcome in one sentence: the figures, what was needed, what is short, and a tie when it is one."""
    doubt = "（议事规则待确认）" if rule.to_be_confirmed else ""
    came = f"应到{persons.entitled}人，实到{persons.present}人，到会至少须{needed_present}人"
    homes = _by_household(rule, households)
    if result is Result.no_quorum:
        lacking = needed_present - persons.present
        short = f"，还差{lacking}人" if lacking > 0 else ""
        return f"{came}{short}{homes}：到会人数不足，不能表决{doubt}。"
    if result is Result.passed:
        return f"{came}{homes}；{_cast(votes)}，通过至少须{needed_agree}票：通过{doubt}。"
    tie = "，同意和反对一样多" if votes.agree == votes.against else ""
    short = f"，还差{needed_agree - votes.agree}票"
    return f"{came}{homes}；{_cast(votes)}，通过至少须{needed_agree}票{short}{tie}：未通过{doubt}。"


def _by_household(rule: BodyRule, households: Share | None) -> str:
    """The same meeting by household, where the body may also convene that way and every household is known."""
    way = next((one for one in rule.quorum if one.unit is Unit.households), None)
    if way is None or households is None:
        return ""
    needed = way.majority.needed(households.entitled)
    return f"（按户：应到{households.entitled}户，实到{households.present}户，到会至少须{needed}户）"


def _cast(votes: Votes) -> str:
    words = [f"同意{votes.agree}票", f"反对{votes.against}票", f"弃权{votes.abstain}票"]
    words += [f"废票{votes.spoilt}张"] if votes.spoilt else []
    words += [f"没有投的{votes.not_cast}人"] if votes.not_cast else []
    words += [f"其中会前书面意见{votes.written}份"] if votes.written else []
    return "，".join(words)
