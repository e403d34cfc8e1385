"""A meeting as it stands: who is here and how, what is before it, what was counted. Folded from its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mingbai.meetings.rules.bodies import BodyRule, Passing
from mingbai.meetings.rules.entries import Came, Counted, Method, Way
from mingbai.meetings.rules.voting import Decision, Share, Votes, count_base, decide


class Stage(StrEnum):
    """Where an item of the agenda is."""

    waiting = "waiting"
    voting = "voting"
    decided = "decided"
    dropped = "dropped"


class Standing(StrEnum):
    """Where the meeting is."""

    called = "called"
    sitting = "sitting"
    ended = "ended"
    cancelled = "cancelled"


@dataclass(frozen=True)
class Seat:
    """A member on the roll of the day; `household` is empty where unknown."""

    person: str
    name: str
    household: str = ""


@dataclass
class Item:
    """One motion of the agenda.

    recused: person → why; given with the item by declared kinship, and whoever stood aside on the floor.
    passing: the majority the law asks for this matter, where it is another than the body's.
    revisions: earlier wordings with the reason of the change, oldest first.
    """

    number: int
    motion: str
    case: str = ""
    step: str = ""
    matter: str = ""
    passing: Passing | None = None
    recused: dict[str, str] = field(default_factory=dict)
    revisions: list[tuple[str, str]] = field(default_factory=list)
    stage: Stage = Stage.waiting
    methods: tuple[Method, ...] = ()
    counts: dict[Method, Counted] = field(default_factory=dict)
    voters: frozenset[str] = frozenset()
    dropped: str = ""

    @property
    def counted(self) -> int:
        """All votes counted so far, written opinions left out."""
        return sum(one.total for method, one in self.counts.items() if method is not Method.written)

    def votes(self) -> Votes:
        """The counts of every method together."""
        counts = self.counts.values()
        written = self.counts.get(Method.written)
        return Votes(
            agree=sum(one.agree for one in counts),
            against=sum(one.against for one in counts),
            abstain=sum(one.abstain for one in counts),
            spoilt=sum(one.spoilt for one in counts),
            not_cast=sum(one.not_cast for one in counts),
            written=written.total if written else 0,
        )


@dataclass
class Floor:
    """The whole meeting; `seats` is the roll as of the day, `by_household` when each household sends one."""

    rule: BodyRule
    held_on: date
    starts_at: str
    place: str
    notified_on: date | None
    seats: Mapping[str, Seat]
    items: list[Item]
    by_household: bool = False
    urgent_reason: str = ""
    group: str = ""
    standing: Standing = Standing.called
    came: dict[str, Came] = field(default_factory=dict)
    minutes: str = ""
    approved: set[str] = field(default_factory=set)
    declined: dict[str, str] = field(default_factory=dict)
    papers: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[date, str]] = field(default_factory=list)
    cancelled: str = ""

    def item(self, number: int) -> Item | None:
        """The item of that number, if the agenda has it."""
        return next((one for one in self.items if one.number == number), None)

    def ways(self, item: Item | None = None) -> dict[Way, int]:
        """How many take part in each way; of those who may vote on the item, when one is given."""
        aside = set(item.recused) if item else set[str]()
        here = [one.way for person, one in self.came.items() if person not in aside]
        return {way: here.count(way) for way in Way}

    def voters(self, item: Item) -> frozenset[str]:
        """Who is here, in whatever way, and may vote on the item."""
        return frozenset(self.came) - frozenset(item.recused)

    def entitled(self, item: Item) -> int:
        """The base after recusal, by the body's rule."""
        aside = len(set(item.recused) & set(self.seats))
        return count_base(self.rule, roll=len(self.seats), recused=aside)

    def households(self, item: Item, voters: Iterable[str]) -> Share | None:
        """The same meeting by household; None unless every member's household is known: never half a count."""
        if not all(seat.household for seat in self.seats.values()):
            return None
        leaves = set(item.recused) if self.rule.recused_leave_base else set[str]()
        entitled = {seat.household for person, seat in self.seats.items() if person not in leaves}
        came = {self.seats[person].household for person in voters}
        return Share(len(entitled), len(came & entitled))

    def decision(self, item: Item) -> Decision:
        """What the item comes to with the counts as they are. Raises `Refused` when they do not add up."""
        voters = item.voters if item.stage is not Stage.waiting else self.voters(item)
        return decide(
            self.rule,
            entitled=self.entitled(item),
            present=len(voters),
            votes=item.votes(),
            households=self.households(item, voters),
            passing=item.passing,
        )
