"""`mingbai card`, `mingbai handbook`: what is printed of the list, into a PDF file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from mingbai.config.serving import open_data
from mingbai.kernel import Refused

ALL = "all"


def write_cards(folder: Path, power: str, output: Path, day: date | None) -> int:
    """Print the card of one power (its id or number), or of `all` of them, as the list stands on `day` (today).

    Raises:
        Refused: no such power, or nothing can be printed.
    """
    open_data(folder)
    from django.conf import settings

    from mingbai.boards.cards import make_cards
    from mingbai.config import clock

    day = day or clock.legal_day(clock.now())
    chosen = _chosen(power, day)
    made = make_cards(
        chosen, day, base_url=settings.MINGBAI_BASE_URL, demo=settings.MINGBAI_DEMO, progress=_tell
    )
    output.write_bytes(made)
    print(f"印好了 {len(chosen)} 张：{output}")
    return 0


def write_handbook(folder: Path, output: Path, day: date | None, *, large: bool) -> int:
    """Print the handbook of all powers as the list stands on `day` (today); `large` sets it in large print.

    Raises:
        Refused: nothing can be printed.
    """
    open_data(folder)
    from django.conf import settings

    from mingbai.boards.handbook import make_handbook
    from mingbai.config import clock

    day = day or clock.legal_day(clock.now())
    made = make_handbook(
        day,
        base_url=settings.MINGBAI_BASE_URL,
        demo=settings.MINGBAI_DEMO,
        large=large,
        progress=_tell,
    )
    output.write_bytes(made)
    print(f"印好了：{output}")
    return 0


def _chosen(power: str, day: date) -> list[str]:
    from mingbai.catalogue import queries as catalogue

    powers = catalogue.powers(catalogue.current(day))
    found = [one.id for one in powers if power in (ALL, one.id, str(one.number))]
    if not found:
        raise Refused(f"清单里没有“{power}”这项权力", remedy="写它的编号或名字，比如 12 或 dibao；全部写 all")
    return found


def _tell(done: int, total: int, name: str) -> None:
    """One line that runs on, on stderr, when somebody looks."""
    if sys.stderr.isatty():
        print(
            f"\r\x1b[K  {done}/{total} {name}", end="\n" if done == total else "", file=sys.stderr, flush=True
        )
