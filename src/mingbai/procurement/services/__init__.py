"""Acts of procurement."""

from __future__ import annotations

from mingbai.procurement.services.calling import abandon_call, call_quotes, invite, take_key
from mingbai.procurement.services.opening import set_aside, sign_opening
from mingbai.procurement.services.quoting import Invited, give_quote, invitation_of, invited, withdraw_quote
from mingbai.procurement.services.registering import register_supplier, relate_suppliers
from mingbai.procurement.services.retaining import Terms, hold_back, release_retention

__all__ = [
    "Invited",
    "Terms",
    "abandon_call",
    "call_quotes",
    "give_quote",
    "hold_back",
    "invitation_of",
    "invite",
    "invited",
    "register_supplier",
    "relate_suppliers",
    "release_retention",
    "set_aside",
    "sign_opening",
    "take_key",
    "withdraw_quote",
]  # fmt: skip
