"""The facts that papers record."""

from __future__ import annotations

RELEASED = "paper.released"
"""A person looked at a paper, masked it, and made its public copy. Data: `paper` (its id), `masks` (how many
rectangles), `papers` (the paper itself, as every act lists its papers)."""
