"""Figures drawn from numbers: day cells, account-book digits, the step line of a balance. Pure geometry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingbai.kernel import Money
from mingbai.kernel.day_boxes import MOST_CELLS, DayCell, Period, period

__all__ = [
    "MOST_CELLS",
    "BalanceLine",
    "Bar",
    "DayCell",
    "Digit",
    "Movement",
    "Period",
    "balance_line",
    "ballot_bar",
    "digits",
    "period",
]


PLACES = ("分", "角", "元", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿")


@dataclass(frozen=True)
class Digit:
    """One cell of an account book: the place above, the digit below."""

    place: str
    digit: str
    rule: str


def digits(sum_: Money) -> tuple[Digit, ...]:
    """A sum in account-book cells, fen last; at least up to 元. A minus sign gets a cell of its own."""
    text = f"{abs(sum_.fen):03d}"
    places = PLACES[: len(text)]
    cells = [
        Digit(place, digit, {"角": "point", "百": "thousand", "十万": "thousand"}.get(place, ""))
        for place, digit in zip(reversed(places), text, strict=True)
    ]
    return (Digit("", "−", ""), *cells) if sum_.fen < 0 else tuple(cells)


@dataclass(frozen=True)
class Label:
    """Words in a drawing at a point."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class BalanceLine:
    """The step line of a month's balance, in a box of `width` by `height`."""

    width: int
    height: int
    line: str
    area: str
    grid: tuple[Label, ...]
    days: tuple[Label, ...]
    named: tuple[Label, ...]
    dots: tuple[Label, ...]


@dataclass(frozen=True)
class Movement:
    """A change of the balance: the day of the month, the balance after it, its sum and what it was."""

    day: int
    balance: int
    change: int
    name: str


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 980, 220, 74, 950, 34, 178
NAMED, LABEL_HEIGHT = 3, 20


def balance_line(opening: Money, moves: Sequence[Movement], last_day: int) -> BalanceLine | None:
    """The balance from day 1 to `last_day`, the three biggest movements named; None without movements."""
    if not moves:
        return None
    values = [opening.fen, *(move.balance for move in moves)]
    low, step, count = _scale(min(values), max(values))

    def x(day: float) -> float:
        return round(LEFT + (day - 1) * (RIGHT - LEFT) / max(last_day - 1, 1), 1)

    def y(fen: int) -> float:
        return round(BOTTOM - (fen - low) * (BOTTOM - TOP) / (step * count), 1)

    line = [f"M{x(1)} {y(opening.fen)}"]
    for move in moves:
        line += [f"H{x(move.day)}", f"V{y(move.balance)}"]
    path = " ".join([*line, f"H{x(last_day)}"])
    big = sorted(sorted(moves, key=lambda move: -abs(move.change))[:NAMED], key=lambda move: move.day)
    spots = [(x(move.day), y(move.balance), move) for move in big]
    return BalanceLine(
        WIDTH,
        HEIGHT,
        path,
        f"{path} V{BOTTOM + 14} H{LEFT} Z",
        tuple(
            Label(LEFT - 10, y(low + step * n), _scale_text(low + step * n), "end") for n in range(count + 1)
        ),
        tuple(Label(x(day), HEIGHT - 8, f"{day} 日") for day in (1, 8, 15, 22, last_day)),
        _named(spots),
        tuple(Label(px, py, "") for px, py, _ in spots),
    )


def _named(spots: Sequence[tuple[float, float, Movement]]) -> tuple[Label, ...]:
    """A label at each named movement, above or below its dot, where it runs into no other; else it is left out."""
    out: list[Label] = []
    spans: list[tuple[float, float, float]] = []
    for px, py, move in spots:
        name = move.name.partition("（")[0][:8]
        text = f"{name} {'+' if move.change > 0 else '−'}{abs(move.change) // 100:,}"
        wide = 15 * len(name) + 70
        anchor = "end" if px + wide > WIDTH else "start"
        left = px - wide if anchor == "end" else px
        above, below = py - 9, py + 22
        places = (below, above, py + 40) if move.change < 0 else (above, below, py - 27)
        free = [y for y in places if not any(_meet(left, left + wide, y, span) for span in spans)]
        if free:
            spans.append((left, left + wide, free[0]))
            out.append(Label(px, free[0], text, anchor))
    return tuple(out)


def _meet(left: float, right: float, y: float, span: tuple[float, float, float]) -> bool:
    return left < span[1] and span[0] < right and abs(y - span[2]) < LABEL_HEIGHT


def _scale(low: int, high: int) -> tuple[int, int, int]:
    """A round lower bound, a round step and how many steps hold both figures (fen)."""
    span = max(high - low, 100_00)
    step = 100_00
    while step * 3 < span:
        step = step * 2 if str(step)[0] != "2" else step * 5 // 2
    base = low // step * step
    return base, step, max(-(-(high - base) // step), 1)


def _scale_text(fen: int) -> str:
    yuan = fen // 100
    return f"{yuan / 10_000:g} 万" if yuan % 1000 == 0 and abs(yuan) >= 10_000 else f"{yuan:,}"


@dataclass(frozen=True)
class Segment:
    """One part of a bar: its class, where it begins and how wide it is in thousandths, and how many it stands for."""

    kind: str
    x: int
    width: int
    count: int


@dataclass(frozen=True)
class Bar:
    """A vote drawn: everyone entitled from left to right, and where agreement had to reach."""

    segments: tuple[Segment, ...]
    needed: int
    needed_count: int
    entitled: int


BALLOTS = ("agree", "against", "abstain", "spoilt", "not_cast")


def ballot_bar(counts: Mapping[str, Any]) -> Bar | None:
    """The bar of a published resolution; nothing when its counts are not there, or nobody was entitled."""
    numbers = {name: int(counts.get(name) or 0) for name in (*BALLOTS, "entitled", "present", "needed_agree")}
    whole = max(numbers["entitled"], sum(numbers[name] for name in BALLOTS))
    if not whole:
        return None
    parts = [(name, numbers[name]) for name in BALLOTS]
    parts.append(("absent", whole - sum(count for _name, count in parts)))
    segments, begun = [], 0
    for kind, count in parts:
        left, right = begun * 1000 // whole, (begun + count) * 1000 // whole
        segments += [Segment(kind, left, right - left, count)] if count else []
        begun += count
    needed = min(numbers["needed_agree"], whole)
    return Bar(tuple(segments), needed * 1000 // whole, numbers["needed_agree"], numbers["entitled"])
