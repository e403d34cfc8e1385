"""Where lines touch diamonds and circles: what the routing led to a shape's frame is led to its outline."""

from __future__ import annotations

from math import sqrt

from mingbai.procedures.rules.bpmn.flow import END, EXCLUSIVE, PARALLEL, START
from mingbai.procedures.rules.bpmn.frames import Point


def docked(points: list[Point], tag: str, centre: Point, half: float) -> list[Point]:
    """The line with its first point drawn in to the outline of the shape, or led round to its corner.

    Points are (across, along); a line leaves the frame along, beyond `half` of the centre, or else across.
    """
    if tag not in (START, END, EXCLUSIVE, PARALLEL):
        return points
    across, along = points[0]
    off, far = across - centre[0], along - centre[1]
    if abs(far) < half - 0.5:
        return [(across - _sign(off) * _inset(tag, far, half), along), *points[1:]]
    if abs(off) >= half:
        return [(centre[0] + _sign(off) * half, centre[1]), (across, centre[1]), *points[1:]]
    return [(across, along - _sign(far) * _inset(tag, off, half)), *points[1:]]


def _inset(tag: str, off: float, half: float) -> float:
    """How far inside its frame the outline is, `off` from the middle."""
    return abs(off) if tag in (EXCLUSIVE, PARALLEL) else half - sqrt(max(half * half - off * off, 0.0))


def _sign(value: float) -> float:
    return 1.0 if value > 0 else -1.0


def towards(one: Point, other: Point, far: float) -> Point:
    """The point `far` from one on the way to the other; the way is level or upright."""
    if abs(other[0] - one[0]) > abs(other[1] - one[1]):
        return one[0] + _sign(other[0] - one[0]) * far, one[1]
    return one[0], one[1] + _sign(other[1] - one[1]) * far


def straightened(points: list[Point]) -> list[Point]:
    """Without points that stand on one another or between two others on one line."""
    kept: list[Point] = []
    for point in points:
        if kept and _near(kept[-1], point, 0) and _near(kept[-1], point, 1):
            continue
        if len(kept) > 1 and any(
            _near(kept[-2], point, axis) and _near(kept[-1], point, axis) for axis in (0, 1)
        ):
            kept.pop()
        kept.append(point)
    return kept


def _near(one: Point, other: Point, axis: int) -> bool:
    return abs(one[axis] - other[axis]) < 0.5
