"""The rules of bodies, of an edition and a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.meetings.rules import BODIES_FILE, Bodies, BodyRule, find_body, read_bodies


@lru_cache(maxsize=16)
def _read(text: str) -> Bodies:
    """Keyed by the text itself, so that no edition can be answered with another's rules."""
    return read_bodies(text)


def bodies(edition: Edition) -> Bodies:
    """All body rules of an edition. Raises `Refused` when the district has none."""
    text = edition.files.get(BODIES_FILE)
    if text is None:
        raise Refused("本版清单没有议事规则文件", remedy="请由区级补充议事规则后再开会表决")
    return _read(text)


def body_rule(edition: Edition, body_id: str, on: date | None = None) -> BodyRule:
    """The rule of a body in an edition, in force on `on` (default: the newest written one)."""
    return find_body(bodies(edition), body_id, on or date.max)
