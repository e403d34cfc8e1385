"""Masking without a mouse: a net of cells over the paper, each a box to tick. Works on any phone, by keyboard and
without JavaScript; what is ticked becomes black in the pixels of the public copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingbai.evidence.services import Box
from mingbai.kernel import Refused

CELL = 90
"""Pixels of a cell's side at the least: about a line of print on a photographed sheet."""
MOST = 24
"""Cells in a row or column at the most, so that a finger still meets one."""


@dataclass(frozen=True)
class Cell:
    """One cell of the net; `name` is `row-column`, both from 1."""

    name: str
    row: int
    column: int
    ticked: bool


@dataclass(frozen=True)
class Grid:
    """The net over a paper of `width` by `height` pixels, row by row."""

    width: int
    height: int
    rows: tuple[tuple[Cell, ...], ...]


def _shape(size: tuple[int, int]) -> tuple[int, int]:
    columns, rows = (max(1, min(MOST, side // CELL)) for side in size)
    return columns, rows


def grid(size: tuple[int, int], ticked: Iterable[str] = ()) -> Grid:
    """The net for a paper of this size in pixels, with what was ticked already."""
    columns, rows = _shape(size)
    chosen = set(ticked)
    cells = tuple(
        tuple(
            Cell(f"{row}-{column}", row, column, f"{row}-{column}" in chosen)
            for column in range(1, columns + 1)
        )
        for row in range(1, rows + 1)
    )
    return Grid(*size, cells)


def boxes(size: tuple[int, int], ticked: Sequence[str]) -> tuple[Box, ...]:
    """The rectangles of the ticked cells, in pixels; together the cells cover the whole paper.

    Raises:
        Refused: a cell that the net does not have.
    """
    known = {cell.name: cell for row in grid(size).rows for cell in row}
    if any(name not in known for name in ticked):
        raise Refused("遮盖的格子不对", remedy="刷新页面，重新点要遮的格子")
    return tuple(_box(size, known[name]) for name in dict.fromkeys(ticked))


def _box(size: tuple[int, int], cell: Cell) -> Box:
    (width, height), (columns, rows) = size, _shape(size)
    left, right = (width * place // columns for place in (cell.column - 1, cell.column))
    top, bottom = (height * place // rows for place in (cell.row - 1, cell.row))
    return Box(0, left, top, right - left, bottom - top)
