"""Retention money: at most three percent, held back from the payment, released after the period and a check."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingbai.cases import queries
from mingbai.kernel import Refused, months_later
from mingbai.procurement.queries.retentions import retention_of, retentions
from mingbai.procurement.rules.retention import held_of, last_day

VILLAGE = "340311104201"
TERMS = {"retention_percent": "3", "retention_months": "12"}


@pytest.mark.once
def test_a_broken_fen_goes_to_the_supplier_and_the_period_ends_with_its_last_day() -> None:
    assert (held_of(3_680_033, 3), held_of(33, 3)) == (110_400, 0)
    assert last_day(date(2026, 2, 28), 24) == date(2028, 2, 28) and last_day(date(2027, 8, 31), 6) == date(
        2028, 2, 29
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"retention_percent": "4", "retention_months": "12"}, "retention_cap_percent"),
        ({"retention_percent": "0", "retention_months": "12"}, "retention_cap_percent"),
        ({"retention_percent": "3", "retention_months": "25"}, "retention_cap_months"),
        ({"retention_percent": "3"}, "百分之几"),
    ],
)
def test_terms_that_the_measures_do_not_allow_are_refused(world, terms: dict[str, str], said: str) -> None:
    number = world.open()
    world.forward(number, until="contract")
    with pytest.raises(Refused, match=said) as refused:
        world.do(number, "contract", **terms)
    assert refused.value.basis.law == "construction-retention"


@pytest.mark.django_db
def test_what_is_held_back_is_paid_after_the_period_and_a_check(world) -> None:
    number = world.open()
    given = {f"contract/{name}": text for name, text in TERMS.items()}
    world.forward(number, until="settle", **given)
    with pytest.raises(Refused, match="约定留质保金"):
        world.do(number, "settle", retention="none")
    world.forward(number, until="pay", **{"settle/retention": "held"})
    with pytest.raises(Refused, match="质保金1,104.00元") as refused:
        world.do(number, "pay", amount="36,800.00")
    assert refused.value.basis.article == "第11条"
    with pytest.raises(Refused, match="余下可付"):
        world.do(number, "pay", amount="36,800.01")
    assert retention_of(number) is None
    assert world.do(number, "pay", amount="35,696.00").voucher
    held = retention_of(number)
    accepted = next(one.done_on for one in queries.case(number).done if one.step == "accept")
    assert (held.yuan, held.until, held.contract) == (
        "1,104.00",
        months_later(accepted, 12),
        "HT-340311104201-2026-001",
    )
    assert [one.case for one in retentions([VILLAGE])] == [number] and not held.due(held.until)
    world.wait()
    world.forward(number, until="warranty")
    world.go_to(held.until)
    with pytest.raises(Refused, match="期满"):
        world.do(number, "warranty")
    world.go_to(held.until + timedelta(days=1))
    assert retention_of(number).due(world.day)
    assert world.do(number, "warranty", verdict="bad").entered == ("warranty",)
    assert retention_of(number).released_on is None
    assert world.do(number, "warranty").entered == ("pay_retention",)
    with pytest.raises(Refused, match="余下可付的1,104.00元"):
        world.do(number, "pay_retention", amount="1,104.01")
    world.wait()
    assert world.do(number, "pay_retention", amount="1,104.00").voucher
    assert retentions([VILLAGE]) == ()
    assert world.forward(number) == ["publish_retention", "archive"]


@pytest.mark.django_db
def test_goods_have_no_retention(world) -> None:
    number = world.open("村部更换水泵")
    world.forward(
        number,
        until="contract",
        **{"request/amount": "4,000.00", "request/project_kind": "goods", "direct/award_price": "3,900.00"},
    )
    with pytest.raises(Refused, match="只有工程才留"):
        world.do(number, "contract", price="3,900.00", **TERMS)
