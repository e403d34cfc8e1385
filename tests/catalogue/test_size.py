"""A catalogue a hundred times larger than the notice's is still checked while one waits."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.config.checking import check_files

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.once, pytest.mark.slow]
MOST_SECONDS_EACH = 0.030
"""2,000 powers in a minute."""


def test_a_check_costs_no_more_than_its_share_for_each_power() -> None:
    spec = importlib.util.spec_from_file_location("larger_catalogue", ROOT / "benchmarks" / "catalogue.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    powers = 120
    files = module.larger(read_district(ROOT / "districts" / "huaishang"), powers)
    begun = time.process_time()
    report = check_files(files)
    seconds = time.process_time() - begun
    assert report["ok"]
    assert sum(name.startswith("powers/") for name in files) == powers
    assert len(report["charts"]) > 100
    assert seconds < powers * MOST_SECONDS_EACH, f"{seconds:.1f} s for {powers} powers"
