"""Pure rules: the district's file, letting, requisitions, equality of lists."""

from __future__ import annotations

from mingbai.land.rules.settings import LAND_FILE, Settings, read_land

__all__ = ["LAND_FILE", "Settings", "read_land"]
