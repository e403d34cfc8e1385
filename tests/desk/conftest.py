"""The village as a fixture; the same ground serves `complaints` and the stories."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _world() -> ModuleType:
    name = "mingbai_test_world"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "cases" / "world.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec and spec.loader
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture
def world(db, settings, tmp_path):
    """The village on 1 September 2026."""
    settings.MEDIA_ROOT = tmp_path
    return _world().World()


@pytest.fixture
def lasting_world(transactional_db, settings, tmp_path):
    """The same, committed for real, for threads."""
    settings.MEDIA_ROOT = tmp_path
    return _world().World()
