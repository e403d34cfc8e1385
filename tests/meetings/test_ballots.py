"""The electronic ballot: each code once, only while the vote runs, and no way back from the tables to a voter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mingbai.meetings import services

sys.path.insert(0, str(Path(__file__).parent))
from away import Away


@pytest.fixture
def away(hall):
    """The vote is open."""
    return Away(hall).open()


def test_what_is_cast_is_what_the_resolution_says(away):
    codes = away.codes()
    assert len(set(codes)) == 12
    choices = ["agree"] * 6 + ["against"] * 3 + ["abstain"]
    receipts = [
        services.cast(code=code, choice=choice).receipt for code, choice in zip(codes, choices, strict=False)
    ]
    resolved = away.close()
    assert (resolved.agree, resolved.against, resolved.abstain, resolved.not_cast) == (10, 3, 1, 2)
    electronic = resolved.methods["electronic"]
    assert {name: electronic[name] for name in ("agree", "against", "abstain", "not_cast")} == {
        "agree": 6, "against": 3, "abstain": 1, "not_cast": 2,
    }  # fmt: skip
    counted = [services.counted(receipt) for receipt in receipts]
    assert (
        len(set(receipts))
        == len(counted)
        == 10
        == sum(electronic[name] for name in ("agree", "against", "abstain"))
    )
    assert all((one.meeting, one.item, one.open) == (away.number, 1, False) for one in counted)
