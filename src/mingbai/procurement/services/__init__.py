"""Acts of procurement."""

from __future__ import annotations

from mingbai.procurement.services.calling import abandon_call, call_quotes, invite, take_key
from mingbai.procurement.services.opening import set_aside, sign_opening
from mingbai.procurement.services.quoting import give_quote, invitation_of, withdraw_quote
from mingbai.procurement.services.registering import register_supplier, relate_suppliers

__all__ = [
    "abandon_call", "call_quotes", "give_quote", "invitation_of", "invite", "register_supplier", "relate_suppliers",
    "set_aside", "sign_opening", "take_key", "withdraw_quote",
]  # fmt: skip
