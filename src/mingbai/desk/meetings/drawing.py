"""Votes and quorums as bars: everybody entitled from left to right, and the line that had to be reached."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.meetings.events import Resolution

WIDTH = 1000


@dataclass(frozen=True)
class Segment:
    """One part of a bar: its class, where it begins and how wide it is in thousandths, and how many it stands for."""

    kind: str
    x: int
    width: int
    count: int


@dataclass(frozen=True)
class Bar:
    """A vote drawn; `needed` is where agreement had to reach, in thousandths."""

    segments: tuple[Segment, ...]
    needed: int
    needed_count: int
    entitled: int


def ballot_bar(one: Resolution) -> Bar | None:
    """The bar of a resolution; None when nobody was entitled."""
    counts = {name: getattr(one, name) for name in ("agree", "against", "abstain", "spoilt", "not_cast")}
    whole = max(one.entitled, sum(counts.values()))
    if not whole:
        return None
    counts["absent"] = whole - sum(counts.values())
    segments, begun = [], 0
    for kind, count in counts.items():
        left, right = begun * WIDTH // whole, (begun + count) * WIDTH // whole
        segments += [Segment(kind, left, right - left, count)] if count else []
        begun += count
    needed = min(one.needed_agree, whole)
    return Bar(tuple(segments), needed * WIDTH // whole, one.needed_agree, one.entitled)


@dataclass(frozen=True)
class Gauge:
    """One way of reaching a quorum: of so many so many are here and so many needed, in persons or households."""

    label: str
    by_household: bool
    entitled: int
    present: int
    needed: int

    @property
    def lacking(self) -> int:
        """How many more have to come."""
        return max(0, self.needed - self.present)

    @property
    def here(self) -> int:
        """Where the bar of those here ends, in thousandths."""
        return min(WIDTH, self.present * WIDTH // max(1, self.entitled))

    @property
    def line(self) -> int:
        """Where the line of those needed stands, in thousandths."""
        return min(WIDTH, self.needed * WIDTH // max(1, self.entitled))
