"""When something may be registered."""

from __future__ import annotations

from mingbai.registers.rules.contracts import (
    CONTRACT,
    LONGEST_YEARS,
    check_price,
    check_term,
    started_before_signing,
)

__all__ = ["CONTRACT", "LONGEST_YEARS", "check_price", "check_term", "started_before_signing"]
