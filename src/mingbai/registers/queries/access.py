"""The kinds of objects in force on a day, and who may register, change and count."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor, holds_over
from mingbai.registers.rules.kinds import OBJECTS_FILE, ObjectKinds, read_kinds

LEGAL_TIME = ZoneInfo("Asia/Shanghai")


@lru_cache(maxsize=8)
def _read(text: str) -> ObjectKinds:
    return read_kinds(text)


def legal_day(at: datetime) -> date:
    """The day of an instant in China."""
    return at.astimezone(LEGAL_TIME).date()


def kinds_on(on: date, edition: Edition | None = None) -> ObjectKinds:
    """The kinds in force on a day.

    Raises:
        Refused: the edition of that day has no such file.
    """
    text = (edition or catalogue.current(on)).files.get(OBJECTS_FILE)
    if text is None:
        raise Refused("本版清单没有资产资源的种类", remedy="由区级把 objects.yaml 补进清单再登记")
    return _read(text)


def keeper_office(actor: Actor, village: str, on: date, kinds: ObjectKinds) -> str:
    """The office in which a person registers and changes a village's objects; empty when none."""
    return next((one for one in kinds.hands.keepers if holds_over(actor, one, village, on)), "")


def counter_office(actor: Actor, village: str, on: date, kinds: ObjectKinds) -> str:
    """The office in which a person counts: first one that only counts, then one that keeps; empty when none."""
    listed = (*kinds.hands.counters, *kinds.hands.keepers)
    return next((one for one in listed if holds_over(actor, one, village, on)), "")
