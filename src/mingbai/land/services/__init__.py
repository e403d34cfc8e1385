"""Acts of land."""

from __future__ import annotations

from mingbai.land.services.correcting import approve_requisition, correct_requisition
from mingbai.land.services.parcels import (
    NewMandate,
    NewParcel,
    register_mandates,
    register_parcels,
    withdraw_mandate,
)
from mingbai.land.services.paying import make_compensation_list, make_rent_list, sign_payment, take_return
from mingbai.land.services.quotas import (
    add_candidate,
    give_quotas,
    publicise_quotas,
    remove_candidate,
    report_quotas,
)
from mingbai.land.services.requisitions import register_requisition
from mingbai.land.services.transfers import Consent, Recipient, end_transfer, list_transfer
from mingbai.land.services.tying import tie_vouchers

__all__ = [
    "Consent",
    "NewMandate",
    "NewParcel",
    "Recipient",
    "add_candidate",
    "approve_requisition",
    "correct_requisition",
    "end_transfer",
    "give_quotas",
    "list_transfer",
    "make_compensation_list",
    "make_rent_list",
    "publicise_quotas",
    "register_mandates",
    "register_parcels",
    "register_requisition",
    "remove_candidate",
    "report_quotas",
    "sign_payment",
    "take_return",
    "tie_vouchers",
    "withdraw_mandate",
]
