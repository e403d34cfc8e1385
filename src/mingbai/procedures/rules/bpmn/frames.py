"""Rectangles and lines of a picture, and where words find room between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mingbai.procedures.rules.drawing.measure import text_width, wrap

SMALL = 11
LINE = 14.0
LABEL = 100.0
"""How wide words beside a shape or a line may become before they wrap."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A rectangle, in pixels from the top left corner of its pool."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Frame) -> bool:
        """Whether two rectangles overlap; touching does not count."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def within(self, other: Frame) -> bool:
        """Whether it lies wholly inside the other."""
        return (
            self.x >= other.x
            and self.y >= other.y
            and self.x + self.width <= other.x + other.width
            and self.y + self.height <= other.y + other.height
        )


def size_of(words: str) -> tuple[float, float]:
    """Width and height of words as a label."""
    whole = text_width(words, SMALL) <= LABEL
    lines = [words] if whole else [line for part in words.split() for line in wrap(part, SMALL, LABEL)]
    return max((text_width(line, SMALL) for line in lines), default=0.0) + 4, LINE * len(lines)


def strips(points: Sequence[Point]) -> Iterable[Frame]:
    """The pieces of a line as very thin rectangles."""
    for (x, y), (x1, y1) in pairwise(points):
        yield Frame(min(x, x1) - 1, min(y, y1) - 1, abs(x - x1) + 2, abs(y - y1) + 2)


class Room:
    """A pool that fills with labels."""

    def __init__(self, pool: Frame, taken: Iterable[Frame]) -> None:
        self.pool, self.taken = pool, list(taken)

    def put(self, places: Sequence[Frame]) -> Frame:
        """The first of the places that is free, else the one that meets the fewest things; taken from then on."""
        found = min(places, key=self._cost)
        self.taken.append(found)
        return found

    def _cost(self, place: Frame) -> int:
        return sum(place.meets(one) for one in self.taken) + 100 * (not place.within(self.pool))
