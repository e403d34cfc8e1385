"""The product's settings in a data directory of the run's own, with quick password hashing."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("MINGBAI_DATA", tempfile.mkdtemp(prefix="mingbai-test-"))
os.environ.setdefault("MINGBAI_TESTING", "1")
# Playwright keeps an event loop in the thread; Django would refuse ordinary queries beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from mingbai.config.settings import *  # noqa: E402, F403
