"""Pure rules: schemes and what excludes what, ages, entitlement, what should change, equality of lists."""

from __future__ import annotations

from mingbai.relief.rules.ages import age_on, birthday, out_of_range
from mingbai.relief.rules.schemes import (
    EXCLUSIONS_FILE,
    Clash,
    Matrix,
    Scheme,
    check_exclusions,
    clashes,
    read_exclusions,
)

__all__ = [
    "EXCLUSIONS_FILE",
    "Clash",
    "Matrix",
    "Scheme",
    "age_on",
    "birthday",
    "check_exclusions",
    "clashes",
    "out_of_range",
    "read_exclusions",
]
