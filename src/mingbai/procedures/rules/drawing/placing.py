"""Where each shape stands: its row by the longest way to it, its lane by who does it; one shape a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.procedures.rules.drawing.picture import Arrow, Picture, Shape

SIDE_LABEL = 3
"""Longest label, in characters, that fits between neighbouring boxes."""


@dataclass(frozen=True)
class Place:
    """A cell. A bar takes a whole row."""

    row: int
    lane: int


class Placing:
    """The grid while it is filled, and the finished places by shape."""

    def __init__(self, picture: Picture, lanes: int) -> None:
        self.picture = picture
        self.lanes = lanes
        self.at: dict[str, Place] = {}
        self.cells: dict[tuple[int, int], str] = {}
        self.bars: dict[int, str] = {}
        self.sides: set[tuple[str, int]] = set()
        self.straight: set[Arrow] = set()
        self.hung: set[str] = set()
        forward = [one for one in picture.arrows if not one.back]
        self.into: dict[str, list[Arrow]] = {}
        for one in forward:
            self.into.setdefault(one.target, []).append(one)
        for shape in self._order(forward):
            if not self._hangs(shape):
                self._put(shape)
        for shape in picture.shapes.values():
            if self._hangs(shape):
                self._put_beside(shape)

    def _hangs(self, shape: Shape) -> bool:
        """An end without result that some way leads to; in a chart that is being written there may be none."""
        return shape.stopped and shape.id in self.into

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return 1 + max(place.row for place in self.at.values())

    def _order(self, forward: list[Arrow]) -> list[Shape]:
        waiting = {id: len(self.into.get(id, [])) for id in self.picture.shapes}
        order: list[Shape] = []
        ready = [id for id, left in waiting.items() if left == 0]
        rank = {id: place for place, id in enumerate(self.picture.shapes)}
        while ready:
            ready.sort(key=lambda id: rank[id])
            id = ready.pop(0)
            order.append(self.picture.shapes[id])
            for one in forward:
                if one.source == id:
                    waiting[one.target] -= 1
                    if waiting[one.target] == 0:
                        ready.append(one.target)
        return order

    def _put(self, shape: Shape) -> None:
        above = [one for one in self.into.get(shape.id, []) if one.source in self.at]
        last = max((self.at[one.source].row for one in above), default=-1)
        if shape.form == "bar":
            row = max((place.row for place in self.at.values()), default=-1) + 1
            self.bars[row] = shape.id
            self.at[shape.id] = Place(row, 0)
            return
        beside = [one for one in above if self.at[one.source].row == last]
        if len(beside) == 1 and self._fits_beside(beside[0], shape.lane):
            self._settle(shape, Place(last, shape.lane), beside[0])
            return
        row = last + 1
        while not self._free(row, shape.lane):
            row += 1
        self._settle(shape, Place(row, shape.lane))

    def _fits_beside(self, arrow: Arrow, lane: int) -> bool:
        source = self.picture.shapes[arrow.source]
        here = self.at[arrow.source]
        step = 1 if lane > here.lane else -1
        between = range(here.lane + step, lane + step, step) if lane != here.lane else range(0)
        return (
            source.form == "box" and lane != here.lane and (source.id, step) not in self.sides
            and all(self._free(here.row, one) for one in between)
            and (len(arrow.label.text) <= SIDE_LABEL or len(between) > 1)
        )  # fmt: skip

    def _free(self, row: int, lane: int) -> bool:
        return (row, lane) not in self.cells and row not in self.bars and 0 <= lane < self.lanes

    def _settle(self, shape: Shape, place: Place, beside: Arrow | None = None) -> None:
        self.at[shape.id] = place
        self.cells[place.row, place.lane] = shape.id
        if beside is not None:
            here = self.at[beside.source]
            step = 1 if place.lane > here.lane else -1
            self.sides |= {(beside.source, step), (shape.id, -step)}
            self.straight.add(beside)
            for lane in range(here.lane + step, place.lane, step):
                self.cells[place.row, lane] = ""

    def _put_beside(self, shape: Shape) -> None:
        """An end without result: right of its source when there is room, else hung below its exit."""
        arrow = self.into[shape.id][0]
        here = self.at[arrow.source]
        if self._free(here.row, here.lane + 1) and (arrow.source, 1) not in self.sides:
            self._settle(shape, Place(here.row, here.lane + 1), arrow)
            return
        self.hung.add(shape.id)
        self.at[shape.id] = here

    def clear(self, row: int, lane: int, step: int) -> bool:
        """Whether nothing stands in this row from the lane's neighbour to the edge."""
        last = self.lanes if step > 0 else -1
        return all((row, one) not in self.cells for one in range(lane + step, last, step))

    def shape_at(self) -> Mapping[tuple[int, int], str]:
        """Cells with what stands in them."""
        return {cell: id for cell, id in self.cells.items() if id}
