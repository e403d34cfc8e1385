"""Acts of the registers."""

from __future__ import annotations

from mingbai.registers.services.changes import (
    change_use,
    depreciate,
    dispose,
    hand_over,
    photograph,
    remeasure,
    revalue,
)
from mingbai.registers.services.contracts import sign_contract
from mingbai.registers.services.objects import register_object, register_objects
from mingbai.registers.services.stocktakes import count_objects, open_stock_take, sign_stock_take

__all__ = [
    "change_use",
    "count_objects",
    "depreciate",
    "dispose",
    "hand_over",
    "open_stock_take",
    "photograph",
    "register_object",
    "register_objects",
    "remeasure",
    "revalue",
    "sign_contract",
    "sign_stock_take",
]
