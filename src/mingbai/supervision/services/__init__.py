"""Acts of supervision: raising a finding, and the check of the records against themselves."""

from __future__ import annotations

from mingbai.supervision.services.findings import FindingRaised, legal_day, raise_finding
from mingbai.supervision.services.self_check import check_records

__all__ = ["FindingRaised", "check_records", "legal_day", "raise_finding"]
