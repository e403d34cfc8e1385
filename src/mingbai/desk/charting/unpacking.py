"""The cells of a chart's Excel workbook, opened with the bounds of a chart."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.evidence.sheets import Bounds, Line, open_workbook

LARGEST = 1_000_000
"""Bytes of a workbook as handed in."""
BOUNDS = Bounds(packed=LARGEST, unpacked=20_000_000, rows=2_000, columns=200)


def unpacked(content: bytes) -> Mapping[str, tuple[Line, ...]]:
    """The rows of every sheet; formulas as they are written, not what they come to.

    Raises:
        Refused: no workbook, too large, or packed so that it would fill the memory.
    """
    return {one.title: one.lines for one in open_workbook(content, BOUNDS)}
