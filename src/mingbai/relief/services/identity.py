"""The keyed digest of an identity number: one for the district, so that relief and labour mean the same person."""

from __future__ import annotations

from mingbai.organisations.services.identity import MINIMAL, read_number

__all__ = ["MINIMAL", "read_number"]
