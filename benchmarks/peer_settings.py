"""The product's settings with django-viewflow and the peer flow beside it."""

from __future__ import annotations

from mingbai.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "viewflow", "viewflow.workflow", "peer"]  # noqa: F405
