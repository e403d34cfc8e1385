"""Patience of the browser's tests: what a page draws may take long while other tests keep the machine busy."""

from __future__ import annotations

from playwright.sync_api import expect

MILLISECONDS = 30_000
expect.set_options(timeout=MILLISECONDS)
