"""Test-wide settings: every run has a data directory of its own."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("MINGBAI_DATA", tempfile.mkdtemp(prefix="mingbai-test-"))
os.environ.setdefault("MINGBAI_TESTING", "1")
# Playwright keeps an event loop in the thread; Django would refuse ordinary queries beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
