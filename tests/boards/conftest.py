"""The same published village as the portal's tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_path = Path(__file__).parents[1] / "portal" / "conftest.py"
_spec = importlib.util.spec_from_file_location("mingbai_test_village", _path)
assert _spec and _spec.loader
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module
_spec.loader.exec_module(_module)
made, village = _module.made, _module.village
