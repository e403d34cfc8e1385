"""Changes of works add up against the contract: to the tenth of its price and not one fen further."""

from __future__ import annotations

import pytest

from mingbai.cases import queries
from mingbai.kernel import Refused


def test_changes_add_up_against_the_contract(world):
    number = world.open()
    world.forward(number, until="construct")
    for increase in ("3,000.00", "680.00"):
        world.do(number, "construct", progress="change")
        world.do(number, "change", increase=increase)
    world.do(number, "construct", progress="change")
    with pytest.raises(Refused, match="change_order_cap_percent") as refused:
        world.do(number, "change", increase="0.01")
    assert "3,680.01" in refused.value.reason and "36,800.00" in refused.value.reason
    assert world.do(number, "change", increase="0.01", verdict="reject").entered == ("construct",)
    assert queries.case(number).here[0].step == "construct"
