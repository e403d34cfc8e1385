"""Sizes: how wide a text is, how it wraps, how tall a box becomes. All in the units of the drawing (1144 wide)."""

from __future__ import annotations

import re

from mingbai.procedures.rules.drawing.picture import Line, Shape

_UNBROKEN = re.compile(r"[!-~]+|.", re.DOTALL)
WIDTH = 1144
HEAD = 46
TITLE, SMALL = 14, 12
NUMBER = 26
PAD = 8
CELL = 12
PILL = 34
FRAME = 4
"""How far the second frame of a meeting stands outside the first."""
STUB = 24
"""Height of a small end hung below its exit."""
BAR = 6


def text_width(text: str, size: int) -> float:
    """An estimate: a Chinese character is as wide as it is tall, a Latin one a little over half."""
    return sum(size if ord(letter) > 0x2E7F else size * 0.58 for letter in text)


def wrap(text: str, size: int, width: float) -> list[str]:
    """The text in lines of at most `width`; no line begins with a closing mark."""
    lines = [""]
    for part in _UNBROKEN.findall(text):
        if text_width(lines[-1] + part, size) > width and part not in "，。；、）”":
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines if line.strip()]


def inner_width(box: float) -> float:
    """Room for words inside a box of this width."""
    return box - NUMBER - 2 * PAD


def words(shape: Shape, box: float) -> tuple[list[str], list[Line]]:
    """The wrapped title and the wrapped lines of a box."""
    title = wrap(shape.title, TITLE, inner_width(box))
    small = [
        Line(part, line.assumed) for line in shape.lines for part in wrap(line.text, SMALL, inner_width(box))
    ]
    if shape.again:
        small += [Line(part) for part in wrap(f"↺ {shape.again}", SMALL, inner_width(box))]
    return title, small


def cells(shape: Shape, box: float) -> tuple[int, float]:
    """How many day cells stand in one row, and how wide each is."""
    a_row = min(shape.days, 15)
    return a_row, min(float(CELL), inner_width(box) / max(a_row, 1))


def height(shape: Shape, box: float) -> float:
    """How tall a shape is."""
    if shape.form == "pill":
        return PILL
    if shape.form == "bar":
        return BAR
    title, small = words(shape, box)
    rows = -(-shape.days // 15) if shape.days else 0
    frame = 2 * FRAME if shape.kind == "meeting" else 0
    return frame + max(52.0, 18 + 18 * len(title) + 17 * len(small) + rows * (CELL + 4))
