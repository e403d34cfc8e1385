"""Risk rules: how they are written down, and what each finds. Pure: no clock, no database."""

from __future__ import annotations

from mingbai.supervision.rules.book import RiskRule, RuleBook, Threshold, load_rules
from mingbai.supervision.rules.late_entry import Found, Situation, late_entry

__all__ = ["Found", "RiskRule", "RuleBook", "Situation", "Threshold", "late_entry", "load_rules"]
