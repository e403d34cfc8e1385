"""The pure rules of the ledger: accounts as data, balanced lines, periods, cash, trial balance."""

from __future__ import annotations

from mingbai.ledger.rules.accounts import (
    ACCOUNTS_FILE,
    Account,
    CashLimit,
    Chart,
    Kind,
    Side,
    read_chart,
)
from mingbai.ledger.rules.entries import (
    Line,
    TrialLine,
    check_balanced,
    check_cash,
    check_period,
    contra_lines,
    next_period,
    opening_lines,
    period_ended,
    period_of,
    transfer,
    trial_line,
)

__all__ = [
    "ACCOUNTS_FILE",
    "Account",
    "CashLimit",
    "Chart",
    "Kind",
    "Line",
    "Side",
    "TrialLine",
    "check_balanced",
    "check_cash",
    "check_period",
    "contra_lines",
    "next_period",
    "opening_lines",
    "period_ended",
    "period_of",
    "read_chart",
    "transfer",
    "trial_line",
]
