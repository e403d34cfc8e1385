"""The facts that papers record."""

from __future__ import annotations

RELEASED = "paper.released"
"""A person looked at a paper, masked it, and made its public copy. Data: `paper` (its id), `masks` (how many
rectangles), `papers` (the paper itself, as every act lists its papers)."""

INVOICE_USED = "invoice.used"
"""An invoice was spoken for or paid. Data: `use` (its id), `paper`, `voucher` (empty until it was paid)."""

INVOICE_FREED = "invoice.freed"
"""A use of an invoice no longer stands. Data: `use`, `reason`. The earlier use stays on record."""
