"""All scripts of the season in the order of time: the journal never runs backwards."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterable
from datetime import datetime

Script = Generator[datetime, datetime, None]
"""A script yields the instant of its next act and is resumed at that instant, or a little later."""


def play(scripts: Iterable[Script], until: datetime, tell: Callable[[datetime], None]) -> int:
    """Run all scripts side by side until `until`; scripts not finished by then simply stand where they are.

    Returns the number of acts done. `tell` is called with the instant before each act.
    """
    waiting: list[tuple[datetime, int, Script]] = []
    for order, script in enumerate(scripts):
        _ask(waiting, order, script, None)
    acts = 0
    while waiting and waiting[0][0] <= until:
        instant, order, script = heapq.heappop(waiting)
        tell(instant)
        _ask(waiting, order, script, instant)
        acts += 1
    return acts


def _ask(
    waiting: list[tuple[datetime, int, Script]], order: int, script: Script, now: datetime | None
) -> None:
    try:
        wanted = next(script) if now is None else script.send(now)
    except StopIteration:
        return
    heapq.heappush(waiting, (max(wanted, now) if now else wanted, order, script))
