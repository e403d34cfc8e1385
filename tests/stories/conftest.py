"""A village with money enough for every branch, every body with its roll."""

from __future__ import annotations

import sys

import pytest

from mingbai.kernel import Money
from mingbai.meetings.queries import bodies

SIZES = {"villagers_meeting": 15, "villager_reps_meeting": 30, "liangwei": 6, "party_branch_general": 30}


@pytest.fixture
def whole_world(world, settings):
    """The village with a roll for every body of the district and a well-filled book."""
    from mingbai.catalogue.queries import current
    from mingbai.ledger.services import post_receipt
    from mingbai.meetings.services import set_roll

    module = sys.modules[type(world).__module__]
    for body in {one.id for one in bodies(current(world.day))} - set(SIZES):
        set_roll(
            village=module.VILLAGE, body=body, persons=world.reps[:15], since=module.BEGAN, by=module.LOADER,
            at=world.at,
        )  # fmt: skip
    post_receipt(
        village=module.VILLAGE, case="", purpose="征地补偿款", payer="区财政局", method="bank",
        amount=Money.parse("90,000,000.00"), papers=[world.paper()], occurred_on=world.day,
        by=world.who("bookkeeper"), office="bookkeeper", at=world.at,
    )  # fmt: skip
    return world
