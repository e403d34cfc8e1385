"""The facts that the registers record and hand back."""

from __future__ import annotations

from mingbai.registers.events.contracts import CONTRACT_SIGNED, Contract, ContractSigned

__all__ = ["CONTRACT_SIGNED", "Contract", "ContractSigned"]
