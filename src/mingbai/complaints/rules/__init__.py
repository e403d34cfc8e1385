"""Pure rules of objections: receipts, who answers, what may be handed in, and how floods are bounded."""

from __future__ import annotations

from mingbai.complaints.rules.bodies import (
    ANSWERING_OFFICES,
    answering_offices,
    handles_objections,
    is_party,
    next_office,
    objection_number,
)
from mingbai.complaints.rules.floods import (
    PER_HOUR,
    PER_TARGET_AN_HOUR,
    PHOTOS_AN_HOUR,
    TICKET_AGE,
    TICKET_LASTS,
    WORK_BITS,
    may_enter,
    proves_work,
    same_words,
)
from mingbai.complaints.rules.receipts import (
    ALPHABET,
    RECEIPT_LETTERS,
    plain_receipt,
    receipt_code,
    receipt_digest,
)
from mingbai.complaints.rules.words import CHANNELS, REMEDIES, Line, require_channel, require_remedy

__all__ = [
    "ALPHABET",
    "ANSWERING_OFFICES",
    "CHANNELS",
    "PER_HOUR",
    "PER_TARGET_AN_HOUR",
    "PHOTOS_AN_HOUR",
    "RECEIPT_LETTERS",
    "REMEDIES",
    "TICKET_AGE",
    "TICKET_LASTS",
    "WORK_BITS",
    "Line",
    "answering_offices",
    "handles_objections",
    "is_party",
    "may_enter",
    "next_office",
    "objection_number",
    "plain_receipt",
    "proves_work",
    "receipt_code",
    "receipt_digest",
    "require_channel",
    "require_remedy",
    "same_words",
]
