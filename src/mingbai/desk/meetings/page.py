"""The page from which a hall is run: who is here, what is before the meeting, what may be done next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingbai.desk.meetings.drawing import Bar, Gauge, ballot_bar
from mingbai.desk.meetings.minutes import draft_minutes
from mingbai.meetings import queries as meetings
from mingbai.meetings.events import Resolution
from mingbai.meetings.queries import Meeting
from mingbai.meetings.rules import Base, Unit
from mingbai.meetings.rules.entries import SECRET, Method, Way
from mingbai.meetings.rules.floor import Floor, Item, Seat, Stage

A_FORM = 100
"""So many members stand in one form: a form with every name of a village would be too large to send."""

FEW = 200
"""A longer roll is not listed again for each item of the agenda."""


@dataclass(frozen=True)
class Row:
    """A member of the roll; `way` is how he takes part, empty while he is not here; `proxy` who speaks for him."""

    person: str
    name: str
    household: str
    way: str = ""
    proxy: str = ""


@dataclass(frozen=True)
class Part:
    """So many members of the roll in one form; `first` and `last` are their places on the roll."""

    first: int
    last: int
    rows: tuple[Row, ...]

    @property
    def here(self) -> int:
        """How many of them are here."""
        return sum(bool(one.way) for one in self.rows)


@dataclass(frozen=True)
class Choice:
    """One way of voting: may it be chosen, is it in use, and what it came to."""

    method: str
    label: str
    used: bool
    counts: Mapping[str, int]

    @property
    def by_hand(self) -> bool:
        """Whether people count it; the electronic box counts itself."""
        return self.method != Method.electronic


@dataclass(frozen=True)
class ItemPage:
    """One item of the agenda with what may be done about it; `typed` is what a refused form said, by its kind."""

    item: Item
    recused: tuple[tuple[str, str, str], ...]
    aside: tuple[str, ...]
    voters: int
    choices: tuple[Choice, ...]
    resolution: Resolution | None
    bar: Bar | None
    typed: Mapping[str, Mapping[str, str]]

    @property
    def missing(self) -> int:
        """How many of those who vote are in no count yet."""
        return self.voters - self.item.counted


@dataclass(frozen=True)
class Hall:
    """The whole page."""

    meeting: Meeting
    gauges: tuple[Gauge, ...]
    ways: tuple[tuple[str, str, int], ...]
    parts: tuple[Part, ...]
    pairs: tuple[tuple[str, str], ...]
    items: tuple[ItemPage, ...]
    checkers: tuple[tuple[str, str, str, str], ...]
    minutes: str
    typed: Mapping[str, Mapping[str, str]]

    @property
    def floor(self) -> Floor:
        """The meeting as it stands."""
        return self.meeting.floor

    @property
    def may_stand_aside(self) -> tuple[tuple[str, str], ...]:
        """Who can be chosen as standing aside: of a small roll anybody, of a large one who is here."""
        seats = self.floor.seats
        shown = seats if len(seats) <= FEW else self.floor.came
        return tuple((person, seats[person].name) for person in shown)

    @property
    def to_check(self) -> int:
        """How many of those here have neither approved nor declined the minutes."""
        return sum(not state for _person, _name, state, _why in self.checkers)

    @property
    def busy(self) -> bool:
        """Whether a vote runs: then nobody comes or goes."""
        return any(one.stage is Stage.voting for one in self.floor.items)

    @property
    def begun(self) -> bool:
        """Whether a vote was begun or is over: then the meeting cannot be called off."""
        return any(one.stage in (Stage.voting, Stage.decided) for one in self.floor.items)

    @property
    def done(self) -> bool:
        """Whether nothing on the agenda is open."""
        return all(one.stage in (Stage.decided, Stage.dropped) for one in self.floor.items)


def _ways(floor: Floor) -> Iterator[tuple[str, str, int]]:
    """The ways of taking part that the rule knows, each with how many are here so."""
    labels = {Way.in_person: _("本人"), Way.proxy: _("委托"), Way.remote: _("远程")}
    known = {Way.in_person: "x", Way.proxy: floor.rule.proxy, Way.remote: floor.rule.remote}
    for way, count in floor.ways().items():
        if known[way]:
            yield str(way), labels[way], count


def hall(meeting: Meeting, place: str, typed: Mapping[str, Mapping[str, str]] | None = None) -> Hall:
    """The page of a meeting in a village of that name; `typed` is what a refused form said, by the form's name."""
    floor, typed = meeting.floor, typed or {}
    over = any(one.stage is Stage.decided for one in floor.items)
    decided = {one.item: one for one in meetings.resolutions_at(meeting.number)} if over else {}
    rows = [_row(floor, seat) for seat in floor.seats.values()]
    return Hall(
        meeting=meeting,
        gauges=tuple(_gauges(floor)),
        ways=tuple(_ways(floor)),
        parts=tuple(
            Part(at + 1, min(at + A_FORM, len(rows)), tuple(rows[at : at + A_FORM]))
            for at in range(0, len(rows), A_FORM)
        ),
        pairs=tuple(_pairs(floor)),
        items=tuple(_item(floor, one, decided.get(one.number), typed) for one in floor.items),
        checkers=tuple(_checkers(floor)),
        minutes=floor.minutes or draft_minutes(meeting, place, decided),
        typed=typed,
    )


def _row(floor: Floor, seat: Seat) -> Row:
    came = floor.came.get(seat.person)
    if came is None:
        return Row(seat.person, seat.name, seat.household)
    proxy = floor.seats[came.proxy].name if came.proxy else ""
    return Row(seat.person, seat.name, seat.household, str(came.way), proxy)


def _gauges(floor: Floor) -> Iterator[Gauge]:
    """Every way of reaching the quorum with what is here, before anybody stands aside."""
    rule, persons, here = floor.rule, len(floor.seats), len(floor.came)
    if not rule.quorum:
        of_roll = rule.passing is not None and rule.passing_base is Base.roll
        needed = rule.passing.needed(persons) if rule.passing and of_roll else 1
        yield Gauge("", False, persons, here, needed)
    for way in rule.quorum:
        if way.unit is Unit.persons:
            yield Gauge(way.label, False, persons, here, way.majority.needed(persons))
        elif all(seat.household for seat in floor.seats.values()):
            homes = {seat.household for seat in floor.seats.values()}
            came = {floor.seats[person].household for person in floor.came}
            yield Gauge(way.label, True, len(homes), len(came), way.majority.needed(len(homes)))


def _pairs(floor: Floor) -> Iterator[tuple[str, str]]:
    """Who is absent and could be spoken for by whom: a member of the household who is here himself."""
    if not floor.rule.proxy:
        return
    here: dict[str, list[Seat]] = {}
    for person, came in floor.came.items():
        seat = floor.seats[person]
        if came.way is Way.in_person and seat.household:
            here.setdefault(seat.household, []).append(seat)
    for seat in floor.seats.values():
        for stands in here.get(seat.household, ()) if seat.person not in floor.came else ():
            label = _("%(absent)s 由 %(proxy)s 代表") % {"absent": seat.name, "proxy": stands.name}
            yield f"{seat.person}|{stands.person}", label


def _item(
    floor: Floor, item: Item, resolution: Resolution | None, typed: Mapping[str, Mapping[str, str]]
) -> ItemPage:
    voters = item.voters if item.stage in (Stage.voting, Stage.decided) else floor.voters(item)
    recused = tuple(
        (who, floor.seats[who].name, why) for who, why in item.recused.items() if who in floor.seats
    )
    suffix = f"-{item.number}"
    said = {form.removesuffix(suffix): post for form, post in typed.items() if form.endswith(suffix)}
    return ItemPage(
        item, recused, tuple(who for who, _name, _why in recused), len(voters),
        tuple(_choices(floor, item)), resolution, ballot_bar(resolution) if resolution else None, said,
    )  # fmt: skip


def _choices(floor: Floor, item: Item) -> Iterator[Choice]:
    labels = {
        Method.hands: _("举手"), Method.paper: _("记名票"), Method.secret: _("无记名票"),
        Method.electronic: _("电子票"), Method.written: _("会前书面意见"),
    }  # fmt: skip
    for method in lawful_methods(floor):
        count = item.counts.get(method)
        counts = (
            count.model_dump(include={"agree", "against", "abstain", "spoilt", "not_cast"}) if count else {}
        )
        yield Choice(str(method), labels[method], method in item.methods, counts)


def lawful_methods(floor: Floor) -> Sequence[Method]:
    """The ways of voting that the body's rule knows."""
    rule = floor.rule
    known = [one for one in Method if not rule.secret or one in SECRET | {Method.written}]
    unknown = {Method.electronic: not rule.remote, Method.written: not rule.written_opinions}
    return [one for one in known if not unknown.get(one)]


def _checkers(floor: Floor) -> Iterator[tuple[str, str, str, str]]:
    """Those who check the minutes: (person, name, approved or declined, why not)."""
    for person, came in floor.came.items():
        if came.way is Way.proxy:
            continue
        state = "approved" if person in floor.approved else "declined" if person in floor.declined else ""
        yield person, floor.seats[person].name, state, floor.declined.get(person, "")
