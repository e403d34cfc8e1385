"""What is recorded and handed back about assets, resources and stock-takes."""

from __future__ import annotations

from dataclasses import dataclass

ASSET = "register.asset_registered"
RESOURCE = "register.resource_registered"
CHANGED = "register.object_changed"
DISPOSED = "register.object_disposed"
PHOTOGRAPHED = "register.object_photographed"
TAKE_OPENED = "register.stock_take_opened"
COUNTED = "register.stock_counted"
TAKE_SIGNED = "register.stock_take_signed"
TAKE_CLOSED = "register.stock_take_closed"


@dataclass(frozen=True)
class Registered:
    """An object stands in the register under its gap-free number."""

    number: str


@dataclass(frozen=True)
class Signed:
    """Somebody signed a stock-take; `closed` when with this it was closed, else `waits` says what is missing."""

    number: str
    closed: bool
    waits: str = ""
