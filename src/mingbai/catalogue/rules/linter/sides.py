"""What the linter needs to know of a chart, in plain values: who makes charts hands these over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChartLimit:
    """A limit of one step: at least (`min`) or at most (`max`) so many units; a notice says whether it comes after."""

    step: str
    bound: str
    value: int
    unit: str
    notice: bool = False
    result: bool = False


@dataclass(frozen=True)
class ChartField:
    """A value asked for in a step, and whether the public may see values of its kind."""

    step: str
    label: str
    public: bool


@dataclass(frozen=True)
class ChartSide:
    """One chart as the linter sees it. `part`: only called by others. `offices`: whoever does a step of it.

    steps: ids of what somebody does, and `end`.
    """

    id: str
    title: str
    power: str
    nature: str
    part: bool
    disclosures: Mapping[str, str]
    figures: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    limits: tuple[ChartLimit, ...] = field(default=())
    fields: tuple[ChartField, ...] = field(default=())
    steps: frozenset[str] = frozenset()
