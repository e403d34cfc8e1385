"""The facts that `procurement` records and hands back. A price stands in no journal entry before the opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SUPPLIER = "procurement.supplier_registered"
RELATED = "procurement.suppliers_related"
CALLED = "procurement.quotes_called"
KEY_TAKEN = "procurement.key_taken"
INVITED = "procurement.supplier_invited"
RECEIVED = "procurement.quote_received"
WITHDRAWN = "procurement.quote_withdrawn"
OPENER_SIGNED = "procurement.opener_signed"
OPENED = "procurement.quotes_opened"
ABANDONED = "procurement.call_abandoned"
SET_ASIDE = "procurement.quote_set_aside"
HELD_BACK = "procurement.retention_held"
RELEASED = "procurement.retention_released"


@dataclass(frozen=True)
class Receipt:
    """What a supplier takes home: the order of the quote, its commitment, and the nonce that opens the commitment."""

    call: str
    order: int
    commitment: str
    nonce: str
    received_at: datetime
