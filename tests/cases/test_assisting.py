"""R36: small sums of temporary assistance for one person add up over twelve months, whoever writes them apart."""

from __future__ import annotations

from datetime import date

import pytest

from mingbai.cases import queries as cases
from mingbai.cases.rules.assisting import Granted, refuse_split
from mingbai.kernel import Refused

CAP, TODAY = 150_000, date(2026, 10, 9)
ID = "340311196001010018"


@pytest.mark.once
@pytest.mark.parametrize(
    ("asked", "earlier", "refused"),
    [
        (100_000, [], False),
        (100_000, [(50_000, date(2026, 3, 1))], False),
        (100_000, [(50_001, date(2026, 3, 1))], True),
        (100_000, [(50_001, date(2025, 10, 9))], False),
        (100_000, [(50_001, date(2025, 10, 10))], True),
        (60_000, [(50_000, date(2026, 1, 1)), (50_000, date(2026, 2, 1))], True),
    ],
)
def test_what_adds_up(asked, earlier, refused) -> None:
    granted = [Granted(f"SX-{n}", fen, on) for n, (fen, on) in enumerate(earlier)]
    try:
        refuse_split(asked, granted, CAP, TODAY)
        assert not refused
    except Refused as problem:
        assert refused and "SX-0" in problem.reason and "报区民政局" in problem.remedy


@pytest.mark.django_db
def test_the_town_decides_alone_only_while_the_year_stays_below_its_limit(world) -> None:
    def apply(number: str, yuan: str) -> str:
        case = world.open("申请临时救助", power="temporary-assistance")
        said = {"apply/id_number": number, "apply/amount": yuan, "triage/kind": "expense"}
        world.forward(case, until="triage", **said)
        return case

    first = apply(ID, "1,000.00")
    world.do(first, "triage", kind="expense")
    somebody_else = apply(ID.replace("196", "197"), "1,000.00")
    world.do(somebody_else, "triage", kind="expense")
    again = apply(ID, "800.00")
    with pytest.raises(Refused, match=f"{first}.*1,800.00元.*temp_town_cap") as refusal:
        world.do(again, "triage", kind="expense")
    assert ID not in refusal.value.reason
    world.do(again, "triage", kind="urgent", way="district")
    assert "district_approve" in {one.step for one in cases.case(again).here}
