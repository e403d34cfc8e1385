"""The chart that runs, as paper shows it: the drawing, and the same steps in large type for a small sheet.

On A5 the letters of the drawing would be under four points tall. So the card carries the steps in one line down
the sheet, as the site does on a phone: the same picture, the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.procedures import queries as procedures
from mingbai.procedures.rules.drawing import Sheet, draw
from mingbai.procedures.rules.drawing.picture import Arrow, Line, Picture, Shape, picture_of

_COLOUR = re.compile(r"var\(--[a-z0-9-]+,(#[0-9A-Fa-f]{6})\)")
_SONG, _SANS = re.compile(r"var\(--song,[^)]*\)"), re.compile(r"var\(--sans,[^)]*\)")
_HEAVY = re.compile(r'<text (?P<rest>[^>]*)font-weight="700"(?P<more>[^>]*)>')
_FILL = re.compile(r'fill="(#[0-9A-Fa-f]{6})"')
INK = "#17201E"


def chart(edition: Edition, id: str | None, day: date, *, drawn: bool) -> dict[str, Any] | None:
    """The chart with its figures of `day`: title, version, steps and the drawing if asked for.

    None when the edition has no such chart.
    """
    if not id:
        return None
    try:
        sheet = procedures.chart(edition.number, id, day)
    except Refused:
        return None
    said = {"title": sheet.title, "version": sheet.version, "steps": _steps(sheet)}
    return {**said, "svg": _printed(draw(sheet))} if drawn else said


def _steps(sheet: Sheet) -> list[dict[str, Any]]:
    picture = picture_of(sheet)
    lanes = [lane.title for lane in sheet.procedure.lanes]
    shown = [shape for shape in picture.shapes.values() if shape.form != "pill"]
    following = [one.id for one in shown[1:]] + [""]
    return [_step(picture, shape, lanes, then) for shape, then in zip(shown, following, strict=True)]


def _step(picture: Picture, shape: Shape, lanes: list[str], then: str) -> dict[str, Any]:
    ways = [one for one in picture.arrows if one.source == shape.id]
    straight = len(ways) == 1 and ways[0].target == then and not ways[0].label.text
    lines = [*shape.lines, *([Line(shape.again)] if shape.again else [])]
    return {
        "number": shape.number,
        "title": shape.title,
        "lane": lanes[shape.lane] if shape.form == "box" else "",
        "kind": shape.kind,
        "lines": [{"text": one.text, "unsure": one.assumed} for one in lines],
        "supervised": shape.supervised,
        "days": shape.days,
        "exits": [] if straight else [_exit(picture, one) for one in ways],
        "joined": any(one.target == then for one in ways),
    }


def _exit(picture: Picture, way: Arrow) -> dict[str, Any]:
    target = picture.shapes[way.target]
    number = _own_number(picture, target)
    return {
        "label": way.label.text,
        "unsure": way.label.assumed,
        "to": _("第 %(n)s 步") % {"n": number} if number else target.title,
        "number": number,
        "end": target.form == "pill",
        "stopped": target.stopped,
        "back": way.back,
    }


def _own_number(picture: Picture, target: Shape) -> int:
    """The number by which a step can be named; 0 where several share it, or where it has none."""
    numbers = Counter(one.number for one in picture.shapes.values() if one.form == "box")
    return target.number if target.form == "box" and numbers[target.number] == 1 else 0


def _printed(svg: str) -> str:
    """The drawing with the colours and fonts of paper.

    The fonts have one weight, so heavy words get a fine outline; and they have no ring arrow.
    """
    svg = svg.replace("↺", "⤴")
    plain = _SANS.sub("Noto Sans SC", _SONG.sub("Noto Serif SC", _COLOUR.sub(r"\1", svg)))
    return _HEAVY.sub(_heavy, plain)


def _heavy(found: re.Match[str]) -> str:
    words = f"{found['rest']}{found['more']}".strip()
    fill = _FILL.search(words)
    return f'<text {words} stroke="{fill[1] if fill else INK}" stroke-width="0.45">'
