"""Tables of the registers. All are append-only: a change is a row of its own (0002, 0004)."""

from __future__ import annotations

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
    "ContractPaper",
    "ContractRow",
    "ObjectChange",
    "ObjectPhoto",
    "ObjectRow",
    "StockClosing",
    "StockCount",
    "StockItem",
    "StockSignature",
    "StockTake",
]
