"""What the rule of a body says: who makes it up, how it is convened, when it can vote and what carries a motion.

A majority is a fraction of a base. “以上” includes the number itself (民法典 第1259条), “过半数” does not:
`at_least 2/3` of 9 is 6, `more_than 1/2` of 8 is 5. Nothing is ever divided into a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingbai.kernel import Citation, Confidence, Refused


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
class Passing:
    """A majority with what it is taken of."""

    majority: Majority
    base: Base


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
class MemberShare:
    """How large a part of the members a kind of person must be at least (村民代表占组成人员五分之四以上)."""

    kind: str
    majority: Majority


@dataclass(frozen=True)
class Composition:
    """Of how many members a body is made: at least, at most, an odd number; and which kinds must be among them."""

    at_least: int = 0
    at_most: int | None = None
    odd: bool = False
    shares: tuple[MemberShare, ...] = ()

    def fault(self, members: int) -> str:
        """What is wrong with a body of so many members, in words; empty when nothing is."""
        if members < self.at_least:
            return f"至少{self.at_least}人，名册上只有{members}人"
        if self.at_most is not None and members > self.at_most:
            return f"最多{self.at_most}人，名册上有{members}人"
        return f"须是单数，名册上有{members}人" if self.odd and members % 2 == 0 else ""


@dataclass(frozen=True)
class Meets:
    """How often a body meets at least: so many times a year, half year, quarter or month."""

    times: int
    per: str


@dataclass(frozen=True)
class Request:
    """Who may ask that the body be convened, and how many of them it takes; then it must be (应当召集)."""

    who: str
    majority: Majority


@dataclass(frozen=True)
class BodyRule:
    """How one body meets and decides, from `since` on. A rule without `passing` cannot be decided here.

    offices: who may convene it; recorded_by: who else may write down who came and what was counted.
    proxy: who may stand in for an absent member by written mandate; remote: by what means members may take part
    from afar; both empty where the law says nothing of it, and then it may not be.
    written_opinions: opinions handed in before the meeting count among the votes (发展党员工作细则 第22条).
    by_group: it meets group by group, and one roll names the group of each member.
    left_by: by which departures a member leaves the body (died, moved_away, left_membership).
    secret: the ballot must be secret. term_years: after so many years a roll must be elected anew.
    """

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
    offices: tuple[str, ...] = ()
    recorded_by: tuple[str, ...] = ()
    composition: Composition = Composition()
    term_years: int | None = None
    meets: Meets | None = None
    requests: tuple[Request, ...] = ()
    proxy: str = ""
    remote: str = ""
    written_opinions: bool = False
    secret: bool = False
    left_by: tuple[str, ...] = ("died",)
    by_group: bool = False

    @property
    def to_be_confirmed(self) -> bool:
        return self.citation.confidence is Confidence.assumed


Bodies = tuple[BodyRule, ...]


def find_body(bodies: Iterable[BodyRule], body: str, on: date) -> BodyRule:
    """The rule of `body` in force on a day. Raises `Refused` when there is none: never a guess."""
    dated = [rule for rule in bodies if rule.id == body and rule.since <= on]
    if not dated:
        raise Refused(
            f"{on.isoformat()}没有“{body}”的议事规则", remedy="请在区级议事规则文件中补充该会议的规则"
        )
    return max(dated, key=lambda rule: rule.since)
