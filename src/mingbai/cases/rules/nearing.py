"""R02: awards to one supplier, or to related ones, close together in time and each just below a limit. Pure.

Source: 招标投标法 第4条; both figures (`near_limit_percent`, `near_limit_days`) are assumed and dated. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money

LIMITS = ("procurement_direct_max", "procurement_quote_max")


@dataclass(frozen=True)
class Award:
    """One award: the case, who won it, for how much in fen, and when."""

    case: str
    title: str
    supplier: str
    fen: int
    awarded_on: date

    @property
    def yuan(self) -> str:
        """The price in yuan."""
        return Money(self.fen).yuan()


def is_near(fen: int, limits: Mapping[str, int], percent: int) -> bool:
    """Whether a price lies between this share of a limit and the limit itself, both included."""
    return any(fen <= limits[one] and fen * 100 >= limits[one] * percent for one in LIMITS if one in limits)


def near_together(
    awards: Iterable[Award],
    together: Mapping[str, frozenset[str]],
    limits: Mapping[str, int],
    percent: int,
    days: int,
) -> tuple[tuple[Award, ...], ...]:
    """Groups of two or more awards near a limit, each within `days` of the one before, to suppliers that are one.

    `together` has, for a supplier's name, the names of all that count as one with it.
    """
    near = sorted(
        (one for one in awards if is_near(one.fen, limits, percent)),
        key=lambda one: (one.awarded_on, one.case),
    )
    groups: list[list[Award]] = []
    for one in near:
        same = together.get(one.supplier, frozenset({one.supplier}))
        fitting = [
            group
            for group in groups
            if group[-1].supplier in same and (one.awarded_on - group[-1].awarded_on).days <= days
        ]
        if fitting:
            fitting[-1].append(one)
        else:
            groups.append([one])
    return tuple(tuple(group) for group in groups if len(group) > 1)
