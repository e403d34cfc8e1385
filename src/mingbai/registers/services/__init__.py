"""Acts of the registers."""

from __future__ import annotations

from mingbai.registers.services.agreeing import NewTerms
from mingbai.registers.services.changes import (
    change_use,
    depreciate,
    dispose,
    hand_over,
    photograph,
    remeasure,
    revalue,
)
from mingbai.registers.services.contracts import (
    ContractsRefused,
    ExistingContract,
    enter_contracts,
    enter_existing,
    sign_contract,
)
from mingbai.registers.services.objects import register_object, register_objects
from mingbai.registers.services.paying import keep_letter, record_deposit, record_performance, take_back
from mingbai.registers.services.performing import change_contract, end_contract, find_wanting
from mingbai.registers.services.stocktakes import count_objects, open_stock_take, sign_stock_take

__all__ = [
    "ContractsRefused",
    "ExistingContract",
    "NewTerms",
    "change_contract",
    "change_use",
    "count_objects",
    "depreciate",
    "dispose",
    "end_contract",
    "enter_contracts",
    "enter_existing",
    "find_wanting",
    "hand_over",
    "keep_letter",
    "open_stock_take",
    "photograph",
    "record_deposit",
    "record_performance",
    "register_object",
    "register_objects",
    "remeasure",
    "revalue",
    "sign_contract",
    "sign_stock_take",
    "take_back",
]
