"""Acts of exchange: take a file in, send one out."""

from __future__ import annotations

from mingbai.exchange.services.handing import keep_papers
from mingbai.exchange.services.sending import send
from mingbai.exchange.services.taking import SHELL, Asked, take

__all__ = ["SHELL", "Asked", "keep_papers", "send", "take"]
