"""Cards a second and the time of a handbook, in a data directory that holds a confirmed list.

    MINGBAI_DATA=/some/folder python benchmarks/cards.py [YYYY-MM-DD]

Prints JSON: seconds for all cards in one file, from a cold start and once more (remembered), cards a second cold,
seconds and bytes of both handbooks. Not a timed test: it passes no judgement.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
SITE = "https://mingbai.example"


def timed(act: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds of one printing, and the bytes it made."""
    start = time.perf_counter()
    made = act()
    return round(time.perf_counter() - start, 2), len(made)


def main(day: date) -> None:
    """Print everything once, the cards twice."""
    import django

    django.setup()
    from mingbai.boards.cards import make_cards
    from mingbai.boards.handbook import make_handbook
    from mingbai.catalogue import queries as catalogue

    ids = [one.id for one in catalogue.powers(catalogue.current(day))]
    cold, size = timed(lambda: make_cards(ids, day, base_url=SITE, demo=False))
    again, _ = timed(lambda: make_cards(ids, day, base_url=SITE, demo=False))
    books = {name: timed(lambda large=large: make_handbook(day, base_url=SITE, demo=False, large=large))
             for name, large in (("handbook", False), ("handbook_large", True))}  # fmt: skip
    rate = round(len(ids) / cold, 1)
    told = {"cards": len(ids), "cold_s": cold, "again_s": again, "a_second": rate, "bytes": size, **books}
    json.dump(told, sys.stdout, indent=1)


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date.today())
