"""Only for its templates and its script; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class MirrorConfig(AppConfig):
    name = "mingbai.mirror"
