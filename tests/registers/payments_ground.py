"""Contracts with money on them: a voucher is posted and the register hears of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mingbai.kernel import Money
from mingbai.ledger import services as ledger
from mingbai.ledger.services import ContractLink

sys.path.insert(0, str(Path(__file__).parent))
from test_agreed import VILLAGE, lease
from test_objects import resolved

PARTY = "禾丰合作社"
__all__ = ["PARTY", "VILLAGE", "give_back", "lease", "receive", "resolution", "undo"]


def _asked(world: Any) -> dict[str, Any]:
    return {
        "village": VILLAGE, "papers": [world.paper("回单")], "occurred_on": world.day, "by": world.who("bookkeeper"),
        "office": "bookkeeper", "at": world.at,
    }  # fmt: skip


def receive(world: Any, number: str, yuan: str, **more: Any) -> str:
    """Money comes in on a contract; the number of its voucher."""
    link = {key: more.pop(key) for key in ("part", "due_on") if key in more}
    given = {
        **_asked(world), "case": "", "purpose": "鱼塘租金", "payer": PARTY, "method": "bank",
        "amount": Money.parse(yuan), "link": ContractLink(number, **link), **more,
    }  # fmt: skip
    return ledger.post_receipt(**given).number


def give_back(world: Any, number: str, yuan: str, **more: Any) -> str:
    """A deposit is given back on a decision; the number of its voucher."""
    given = {
        **_asked(world), "case": "06-340311104201-2026-001", "decision": "liangwei-2026-001", "purpose": "退押金",
        "payee": PARTY, "payee_account": None, "method": "bank", "amount": Money.parse(yuan),
        "link": ContractLink(number, "deposit-back"), **more,
    }  # fmt: skip
    return ledger.post_payment(**given).number


def undo(world: Any, voucher: str) -> str:
    """The contra-voucher of a voucher."""
    return ledger.reverse_voucher(number=voucher, reason="记错了", **_asked(world)).number


def resolution(world: Any) -> str:
    """A case in which a resolution passed; its number."""
    resolved(world, "02-9")
    return "02-9"
