"""Sheets that are handed out and kept for years: the card of a power, the handbook of all.

Words: *sheet* (what was printed of which edition), *code* (编号, stands on both sides, leads back to it), *stamp*
(edition, day, digest). A sheet is current as long as what it says is what the list says today.
"""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "data"
"""Where the typst templates of boards stand."""
