"""How alike two names are: pairs of characters, weighed by how rare they are, after words that mean the same are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

from mingbai.catalogue.rules.annexes import Word

_NUMBER = re.compile(r"^[一二三四五六七八九十]+、")
_BREAK = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+|[、及和]")
_ASIDE = re.compile(r"[（(]([^（）()]*)[)）]")


class Wording:
    """The vocabulary of a district, and how rare each pair of characters is in its names."""

    def __init__(
        self, words: Sequence[Word] = (), fillers: Sequence[str] = (), names: Iterable[str] = ()
    ) -> None:
        self._means = sorted(
            ((one.say, one.means) for one in words if one.means), key=lambda pair: -len(pair[0])
        )
        self._fillers = sorted(fillers, key=len, reverse=True)
        self._acts = frozenset(one.means for one in words if one.act)
        self._held: dict[str, frozenset[str]] = {}
        known = [self.pairs(name) for name in names]
        self._seen, self._names = Counter(pair for one in known for pair in one), max(len(known), 1)

    def pairs(self, text: str) -> frozenset[str]:
        """What a name says, as pairs of neighbouring characters."""
        if text not in self._held:
            self._held[text] = self._read(text)
        return self._held[text]

    def _read(self, text: str) -> frozenset[str]:
        text = _NUMBER.sub("", text)
        for say, means in self._means:
            text = text.replace(say, f"、{means}、")
        for filler in self._fillers:
            text = text.replace(filler, "、")
        parts = [part for part in _BREAK.split(text) if part]
        return frozenset(pair for part in parts for pair in _pairs(part))

    def alike(self, one: str, other: str) -> float:
        """0 (nothing in common, or another act) to 1 (the same)."""
        first, second = self.pairs(one), self.pairs(other)
        acts = (first & self._acts, second & self._acts)
        if not first or not second or (all(acts) and not acts[0] & acts[1]):
            return 0.0
        return self._weight(first & second) / sqrt(self._weight(first) * self._weight(second))

    def _weight(self, pairs: Iterable[str]) -> float:
        return sum(log(1 + self._names / max(self._seen[pair], 1)) for pair in pairs)


def _pairs(part: str) -> list[str]:
    return [part[at : at + 2] for at in range(len(part) - 1)] or [part]


def asides(text: str) -> list[str]:
    """What stands in brackets: （非“一站式”）."""
    return [one for one in _ASIDE.findall(text) if one]


def quoted(text: str) -> str:
    """The text in quotation marks, its own marks made single: “重大事务‘四议两公开’”."""
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"
