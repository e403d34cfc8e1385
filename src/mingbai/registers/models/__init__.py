"""Tables of the registers. All are append-only: a change is a row of its own (0002, 0004, 0005, 0006, 0007)."""

from __future__ import annotations

from mingbai.registers.models.agreed import (
    ContractChange,
    ContractEnd,
    ContractFinding,
    ContractObject,
    ContractTerms,
    DueWord,
    InstallmentRow,
    PartyLetter,
    PerformanceBack,
    PerformanceRow,
)
from mingbai.registers.models.contracts import ContractPaper, ContractRow
from mingbai.registers.models.objects import (
    ObjectChange,
    ObjectPhoto,
    ObjectRow,
    StockClosing,
    StockCount,
    StockItem,
    StockSignature,
    StockTake,
)

__all__ = [
    "ContractChange",
    "ContractEnd",
    "ContractFinding",
    "ContractObject",
    "ContractPaper",
    "ContractRow",
    "ContractTerms",
    "DueWord",
    "InstallmentRow",
    "ObjectChange",
    "ObjectPhoto",
    "ObjectRow",
    "PartyLetter",
    "PerformanceBack",
    "PerformanceRow",
    "StockClosing",
    "StockCount",
    "StockItem",
    "StockSignature",
    "StockTake",
]
