"""What others may ask of the registers."""

from __future__ import annotations

from mingbai.registers.queries.contracts import contract, contracts, contracts_of

__all__ = ["contract", "contracts", "contracts_of"]
