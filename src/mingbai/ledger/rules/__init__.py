"""The pure rules of the ledger: accounts as data, balanced lines, periods, cash, trial balance."""

from __future__ import annotations

from mingbai.ledger.rules.accounts import (
    ACCOUNTS_FILE,
    Account,
    BankCharge,
    CashLimit,
    Chart,
    Kind,
    Side,
    Template,
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
    year_lines,
)
from mingbai.ledger.rules.months import AT_OPENING, Span, closing_month, read_span

__all__ = [
    "ACCOUNTS_FILE",
    "AT_OPENING",
    "Account",
    "BankCharge",
    "CashLimit",
    "Chart",
    "Kind",
    "Line",
    "Side",
    "Span",
    "Template",
    "TrialLine",
    "check_balanced",
    "check_cash",
    "check_period",
    "closing_month",
    "contra_lines",
    "next_period",
    "opening_lines",
    "period_ended",
    "period_of",
    "read_chart",
    "read_span",
    "transfer",
    "trial_line",
    "year_lines",
]
