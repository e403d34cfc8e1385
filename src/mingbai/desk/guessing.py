"""Bounding guesses without remembering who guesses: counts of wrong answers, in this process only, never stored.

No address and no time of anyone is kept; a count is forgotten with its hour and with the process. There are few
processes (two), so a bound may be had as many times as there are of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

MOST_KEYS = 10_000


@dataclass
class Bound:
    """At most `most` wrong answers within a window of `span`, counted for each key apart."""

    most: int
    span: timedelta
    _wrong: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def spent(self, at: datetime, key: str = "") -> bool:
        """Whether the wrong answers of this window are used up."""
        with self._lock:
            return self._count(at, key) >= self.most

    def wrong(self, at: datetime, key: str = "") -> None:
        """Count one wrong answer."""
        with self._lock:
            count = self._count(at, key)
            began = self._wrong[key][0] if count else at
            if len(self._wrong) >= MOST_KEYS:
                self._wrong = {key: one for key, one in self._wrong.items() if at < one[0] + self.span}
            self._wrong[key] = (began, count + 1)

    def _count(self, at: datetime, key: str) -> int:
        began, count = self._wrong.get(key, (at, 0))
        return count if at < began + self.span else 0
