"""The marks themselves. Colours are the site's tokens with the light values to fall back on (printing, other sites)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from mingbai.procedures.rules.drawing.measure import (
    BAR,
    CELL,
    FRAME,
    HEAD,
    NUMBER,
    PAD,
    SMALL,
    TITLE,
    cells,
    text_width,
    words,
)
from mingbai.procedures.rules.drawing.picture import Line, Shape

INK, INK2 = "var(--ink,#17201E)", "var(--ink-2,#52605B)"
RULE = "var(--rule,#C5D0C8)"
SHEET, WASH = "var(--sheet,#FFFFFF)", "var(--wash,#EAF0EB)"
BLUE, BLUE_GROUND = "var(--blue,#1C4561)", "var(--blue-ground,#E6EEF3)"
RED, RED_GROUND = "var(--red,#B32B18)", "var(--red-ground,#FBECE8)"
OCHRE = "var(--ochre,#7A5300)"
SONG = "var(--song,'Songti SC','Source Han Serif SC','Noto Serif CJK SC',SimSun,serif)"
SANS = (
    "var(--sans,'PingFang SC','HarmonyOS Sans SC','MiSans','Microsoft YaHei','Noto Sans CJK SC',sans-serif)"
)
Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate: at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def offence(x: float, y: float, wide: float, tall: float) -> str:
    """A heavy dashed frame around what is on the path that a proof found wanting."""
    frame = rect(
        x - 4, y - 4, wide + 8, tall + 8, rx="4", fill="none", stroke=RED, stroke_width="3",
        stroke_dasharray="7 3",
    )  # fmt: skip
    return f'<g class="offence">{frame}</g>'


def text(x: float, y: float, words: str, size: int, **more: str) -> str:
    """Words at a point; keyword names use _ for -."""
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{size}"{extra}>{escape(words)}</text>'


def rect(x: float, y: float, wide: float, tall: float, **more: str) -> str:
    """A rectangle."""
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(tall)}"{extra}/>'


def dotted(x: float, y: float, wide: float) -> str:
    """The underline that says 待确认."""
    return (
        f'<line class="assumed" x1="{number(x)}" y1="{number(y)}" x2="{number(x + wide)}" y2="{number(y)}" '
        f'stroke="{OCHRE}" stroke-width="1.6" stroke-dasharray="1.6 2.6"/>'
    )


def upright(x: float, top: float, bottom: float, colour: str) -> str:
    """An upright rule."""
    return f'<line x1="{number(x)}" y1="{number(top)}" x2="{number(x)}" y2="{number(bottom)}" stroke="{colour}"/>'


def lane(x: float, wide: float, tall: float, title: str, *, shaded: bool) -> str:
    """A stripe with its office on top."""
    size = 15 if text_width(title, 15) < wide - 16 else 13
    head = (
        f'<text x="{number(x + wide / 2)}" y="{HEAD - 17}" font-size="{size}" font-weight="700" text-anchor="middle" '
        f'font-family="{SONG}">{title}</text>'
    )
    return rect(x, 0, wide, tall, fill=WASH if shaded else SHEET, stroke=RULE) + head


def head(left: float, right: float, tall: float) -> str:
    """The ink rule under the offices."""
    return f'<line x1="{number(left)}" y1="{HEAD}" x2="{number(right)}" y2="{HEAD}" stroke="{INK}" stroke-width="1.6"/>'


def lines(ways: Sequence[Sequence[Point]], *, back: bool) -> str:
    """All lines to one shape as one stroke, what they share drawn once; dashed when they return."""
    path = "".join(
        f"M{number(a)} {number(at)}H{number(b)}" if level else f"M{number(at)} {number(a)}V{number(b)}"
        for (level, at), spans in _segments(ways).items() for a, b in spans
    )  # fmt: skip
    dash = ' stroke-dasharray="5 4"' if back else ' stroke-linecap="square"'
    tips = "".join(sorted({_tip(points[-2], points[-1]) for points in ways}))
    return (
        f'<g class="{"return" if back else "way"}" fill="none" stroke="{INK2 if back else INK}" stroke-width="1.3">'
        f'<path d="{path}"{dash}/><path d="{tips}"/></g>'
    )


def _segments(ways: Sequence[Sequence[Point]]) -> dict[tuple[bool, float], list[tuple[float, float]]]:
    """Level and upright pieces by the coordinate that stays, overlapping ones joined."""
    found: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    for points in ways:
        for (x0, y0), (x, y) in pairwise([(round(a), round(b)) for a, b in points]):
            if (x0, y0) != (x, y):
                level = y0 == y
                key = (level, float(y if level else x))
                found.setdefault(key, []).append(
                    (min(x0, x), max(x0, x)) if level else (min(y0, y), max(y0, y))
                )
    return {key: _joined(spans) for key, spans in found.items()}


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _tip(before: Point, end: Point) -> str:
    (x0, y0), (x, y) = [(round(a), round(b)) for a, b in (before, end)]
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    (a, b), (c, d) = [(x - 8 * dx + 5 * side * dy, y - 8 * dy + 5 * side * dx) for side in (-1, 1)]
    return f"M{a} {b}L{x} {y}L{c} {d}"


def label(x: float, y: float, words: Line, anchor: str, shaded: bool | None) -> str:
    """The words of an exit, with a halo so that lines may pass behind."""
    wide = text_width(words.text, SMALL)
    halo = WASH if shaded else SHEET
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    drawn = text(
        x, y, words.text, SMALL, text_anchor=anchor, paint_order="stroke", stroke=halo, stroke_width="4",
        stroke_linejoin="round", fill=INK,
    )  # fmt: skip
    return drawn + (dotted(left, y + 4, wide) if words.assumed else "")


def bar(first: float, last: float, y: float, title: str, arrivals: Sequence[float]) -> str:
    """The heavy bar at which ways part; its title keeps clear of the lines that arrive."""
    wide = text_width(title, SMALL) + 8
    starts = [first, *(x + 9 for x in sorted(arrivals) if x >= first - 1)]
    clear = [at for at in starts if not any(at - 4 < x < at + wide for x in arrivals)]
    words = (
        text(clear[0] if clear else starts[-1], y - BAR / 2 - 7, title, SMALL, font_weight="700", fill=INK)
        if title
        else ""
    )
    return rect(first, y - BAR / 2, last - first, BAR, fill=INK) + words


def pill(x: float, y: float, half: float, tall: float, shape: Shape, *, reached: bool) -> str:
    """An end: filled when the matter is done, open when it stops without result."""
    full = not shape.stopped
    fill, colour = (BLUE, SHEET) if full else (SHEET, INK)
    size = 14 if full else SMALL
    if text_width(shape.title, size) > 2 * half - 20:
        size = 11
    frame = rect(
        x - half, y - tall / 2, 2 * half, tall, rx=number(tall / 2), fill=fill, stroke=BLUE,
        stroke_width="3" if reached else "1.3",
    )  # fmt: skip
    weight = "700" if full else "400"
    return frame + text(
        x, y + size * 0.36, shape.title, size, text_anchor="middle", fill=colour, font_weight=weight
    )


def box(x: float, y: float, wide: float, tall: float, shape: Shape, state: str, now: str) -> str:
    """A step with its number, title and few lines; `now` is said above the one where a case stands."""
    tall -= 2 * FRAME if shape.kind == "meeting" else 0
    left, top = x - wide / 2, y - tall / 2
    colour, ground = (RED, RED_GROUND) if shape.kind == "publicity" else (BLUE, SHEET)
    if shape.kind == "meeting" or state == "done":
        ground = ground if shape.kind == "publicity" else BLUE_GROUND
    frame = rect(
        left,
        top,
        wide,
        tall,
        rx="2",
        fill=ground,
        stroke=colour,
        stroke_width="3" if state == "here" else "1.4",
    )
    parts = [f'<g class="step {shape.kind} {state}">', _outer(left, top, wide, tall, shape, colour), frame]
    parts += [_number(left, top, tall, shape, colour, state), _inner(left, top, wide, tall, shape, colour)]
    parts.append(_words(left, top, wide, tall, shape, colour))
    if shape.supervised:
        parts.append(_watched(left + wide, top))
    if state == "here":
        parts.append(_now(left, top, now))
    return "".join(parts) + "</g>"


def _outer(left: float, top: float, wide: float, tall: float, shape: Shape, colour: str) -> str:
    if shape.kind != "meeting":
        return ""
    outer = (left - FRAME, top - FRAME, wide + 2 * FRAME, tall + 2 * FRAME)
    return rect(*outer, rx="3", fill=SHEET, stroke=colour, stroke_width="1.2")


def _inner(left: float, top: float, wide: float, tall: float, shape: Shape, colour: str) -> str:
    if shape.kind != "call":
        return ""
    return "".join(upright(at, top, top + tall, colour) for at in (left + 4, left + wide - 4))


def _number(left: float, top: float, tall: float, shape: Shape, colour: str, state: str) -> str:
    at = left + (4 if shape.kind == "call" else 0)
    middle = top + tall / 2
    cell = rect(left, top, NUMBER + at - left, tall, rx="2", fill=colour) if state else ""
    rule = upright(at + NUMBER, top, top + tall, colour)
    sign = "✓" if state == "done" else str(shape.number)
    fill = SHEET if state else colour
    return (
        cell
        + rule
        + text(
            at + NUMBER / 2,
            middle + 6,
            sign,
            16,
            text_anchor="middle",
            font_weight="700",
            font_family=SONG,
            fill=fill,
        )
    )


def _words(left: float, top: float, wide: float, tall: float, shape: Shape, colour: str) -> str:
    title, small = words(shape, wide)
    x = left + NUMBER + PAD + (4 if shape.kind == "call" else 0)
    rows = -(-shape.days // 15) if shape.days else 0
    used = 18 * len(title) + 17 * len(small) + rows * (CELL + 4)
    y = top + (tall - used) / 2 + 14
    parts = []
    for one in title:
        parts.append(text(x, y, one, TITLE, font_weight="700"))
        y += 18
    for line_ in small:
        parts.append(text(x, y - 1, line_.text, SMALL, fill=INK2))
        if line_.assumed:
            parts.append(dotted(x, y + 2.5, text_width(line_.text, SMALL)))
        y += 17
    return "".join(parts) + _days(x, y - 10, wide, shape, colour)


def _days(x: float, y: float, wide: float, shape: Shape, colour: str) -> str:
    if not shape.days:
        return ""
    a_row, size = cells(shape, wide)
    return "".join(
        rect(
            x + day % a_row * size,
            y + day // a_row * (CELL + 4),
            size,
            CELL,
            fill="none",
            stroke=colour,
            stroke_width="0.9",
        )
        for day in range(shape.days)
    )


def _watched(right: float, top: float) -> str:
    frame = rect(right - 20, top - 11, 22, 20, fill=SHEET, stroke=BLUE, stroke_width="1.2")
    sign = text(right - 9, top + 4, "监", 13, text_anchor="middle", font_family=SONG, fill=BLUE)
    return f'<g class="watched">{frame}{sign}</g>'


def _now(left: float, top: float, word: str) -> str:
    wide = 12 * len(word) + 2
    frame = rect(left, top - 19, wide, 17, fill=BLUE)
    return frame + text(left + wide / 2, top - 6, word, 11, text_anchor="middle", fill=SHEET)
