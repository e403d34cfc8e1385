"""Acts of the registers."""

from __future__ import annotations

from mingbai.registers.services.contracts import sign_contract

__all__ = ["sign_contract"]
