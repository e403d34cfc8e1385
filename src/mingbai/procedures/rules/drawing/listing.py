"""The same picture in words: for phones, for screen readers, and for whoever would rather read."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.procedures.rules.drawing.picture import Arrow, Line, Picture, Shape, Sheet, picture_of, stands

_KINDS = {"meeting": "开会表决", "publicity": "张贴公开", "payment": "付款", "call": "另有一张图"}


@dataclass(frozen=True)
class ListExit:
    """One way on: its label (assumed: 待确认) and where it leads, in words."""

    label: str
    to: str
    assumed: bool = False
    back: bool = False


@dataclass(frozen=True)
class ListItem:
    """One step of the list. `number` 0: a question that parts the ways, between two steps."""

    id: str
    number: int
    title: str
    lane: str
    kind: str
    kind_title: str
    lines: tuple[Line, ...]
    exits: tuple[ListExit, ...]
    supervised: bool
    here: bool
    done: bool


def as_list(
    sheet: Sheet, *, here: frozenset[str] = frozenset(), done: frozenset[str] = frozenset()
) -> tuple[ListItem, ...]:
    """The chart as a numbered list with where each exit leads."""
    picture = picture_of(sheet)
    lanes = sheet.procedure.lanes
    return tuple(
        ListItem(
            shape.id,
            shape.number,
            shape.title,
            lanes[shape.lane].title if shape.form == "box" else "",
            shape.kind,
            _KINDS.get(shape.kind, ""),
            _lines(shape),
            _exits(picture, shape),
            shape.supervised,
            stands(shape.id, here),
            stands(shape.id, done) and not stands(shape.id, here),
        )
        for shape in picture.shapes.values()
        if shape.form != "pill"
    )


def _lines(shape: Shape) -> tuple[Line, ...]:
    again = (Line(f"{shape.again}"),) if shape.again else ()
    return (*shape.lines, *again)


def _exits(picture: Picture, shape: Shape) -> tuple[ListExit, ...]:
    ways = [one for one in picture.arrows if one.source == shape.id]
    return tuple(ListExit(one.label.text, _to(picture, one), one.label.assumed, one.back) for one in ways)


def _to(picture: Picture, arrow: Arrow) -> str:
    target = picture.shapes[arrow.target]
    if target.form == "box":
        return f"{'回' if arrow.back else ''}第 {target.number} 步，{target.title}"
    return target.title if target.form == "pill" else f"{'回到' if arrow.back else ''}“{target.title}”"
