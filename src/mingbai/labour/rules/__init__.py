"""Pure rules of labour: the district's file, what days earn, whether a list is the attendance, what the bank paid."""

from __future__ import annotations

from mingbai.labour.rules.pay import (
    Earned,
    Fault,
    PaidLine,
    bank_faults,
    earned_fen,
    list_faults,
    month_after,
)
from mingbai.labour.rules.settings import LABOUR_FILE, Settings, StateKind, read_labour

__all__ = [
    "LABOUR_FILE", "Earned", "Fault", "PaidLine", "Settings", "StateKind", "bank_faults", "earned_fen", "list_faults",
    "month_after", "read_labour",
]  # fmt: skip
