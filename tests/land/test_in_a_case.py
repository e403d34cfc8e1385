"""R50 in the chart: an entrusted letting is signed only when the case has its transfer list."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mingbai.kernel import Refused

sys.path.insert(0, str(Path(__file__).parent))
from land_ground import let, two_homes

pytestmark = pytest.mark.django_db


def test_r50_the_signing_step_asks_for_the_list(world) -> None:
    two_homes(world)
    case = world.open("三组土地流转", "land-transfer")
    world.do(case, "intent", way="entrust")
    world.do(case, "authorize", verdict="good")
    world.do(case, "negotiate", receiver_kind="other")
    with pytest.raises(Refused, match="还没有流转清单"):
        world.do(case, "household_sign")
    let(world, "P1", "P3", case=case)
    world.do(case, "household_sign")
