"""Acts on the list: drafting the next edition, confirming it, ratifying an emergency one."""

from __future__ import annotations

from mingbai.catalogue.services.confirming import confirm_edition, ratify_edition
from mingbai.catalogue.services.drafting import begin_draft, discard_draft, update_base, write_draft
from mingbai.catalogue.services.settling import confirm_draft, refuse_stale_draft

__all__ = [
    "begin_draft",
    "confirm_draft",
    "confirm_edition",
    "discard_draft",
    "ratify_edition",
    "refuse_stale_draft",
    "update_base",
    "write_draft",
]
