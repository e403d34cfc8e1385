"""Level pieces of lines in the channels between rows: who lies above whom, so that few lines cross."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations


@dataclass
class Track:
    """A level piece of a line in the channel below a row; `slot` counts from the top.

    Pieces with one `target` may lie on one another; returns to a shape are kept apart from the ways to it.
    """

    channel: int
    start: float
    end: float
    target: str
    drops_from: float | None
    drops_to: float | None
    slot: int = 0


def slot_tracks(tracks: list[Track]) -> None:
    """Give the level pieces of one channel their slots, so that as few lines as can be cross.

    Pieces to one target lie together; the orders of up to six targets are all tried.
    """
    targets = list(dict.fromkeys(one.target for one in tracks))
    orders = permutations(targets) if len(targets) <= 6 else iter([tuple(targets)])
    best = min(orders, key=lambda order: _crossings(tracks, order))
    slots: dict[str, int] = {}
    for place, target in enumerate(best):
        mine = [one for one in tracks if one.target == target]
        over = [
            slots[other.target] for other in tracks if other.target in best[:place]
            and any(_touch(one, other) for one in mine)
        ]  # fmt: skip
        slots[target] = 1 + max(over, default=-1)
    for one in tracks:
        one.slot = slots[one.target]


def _crossings(tracks: list[Track], order: tuple[str, ...]) -> int:
    rank = {target: place for place, target in enumerate(order)}
    cost = 0
    for one in tracks:
        for other in tracks:
            if one.target == other.target:
                continue
            above = rank[other.target] < rank[one.target]
            upright = one.drops_from if above else one.drops_to
            cost += upright is not None and _spans(other, upright)
            same = above and other.drops_to is not None and one.drops_from is not None
            cost += 100 * (same and abs((other.drops_to or 0) - (one.drops_from or 0)) < 7)
    return cost


def _spans(track: Track, x: float) -> bool:
    low, high = sorted((track.start, track.end))
    return low < x < high


def _touch(one: Track, other: Track) -> bool:
    """Whether two pieces may not share a slot: they overlap, or uprights at one end would lie on one another."""
    low, high = sorted((one.start, one.end))
    under, over = sorted((other.start, other.end))
    return low < over + 8 and under < high + 8
