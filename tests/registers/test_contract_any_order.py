"""Contracts in any order of acts: sums hold on every day, and no change reaches what a signing refuses (R46, R47, R48)."""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import contracts_in
from mingbai.kernel import Money, Refused
from mingbai.registers import services
from mingbai.registers.models import ContractChange
from mingbai.registers.queries.agreed import EXISTING, aged, agreed, all_agreed, contract_kinds
from mingbai.registers.rules.contract_standing import overlap
from mingbai.registers.rules.schedule import Installment, owed
from mingbai.registers.services.holding import occupied

sys.path.insert(0, str(Path(__file__).parent))
from test_agreed import VILLAGE, ContractRow, lease, pay
from test_objects import pond, put

pytestmark = pytest.mark.django_db
LOAN = {"kind": "loan-out", "floor": None, "floor_basis": "", "rhythm": "once", "party": "邻村合作社"}


def change(world, number: str, **more) -> None:
    services.change_contract(**{
        "number": number, "basis": "决议9", "paper": world.paper("协议"), "on": world.day,
        "by": world.who("bookkeeper"), "at": world.at, **more,
    })  # fmt: skip


def end(world, number: str, kind: str) -> None:
    services.end_contract(
        number=number, kind=kind, basis="决议3", on=world.day, by=world.who("bookkeeper"), at=world.at
    )


def days(world, many: int):
    return world.day + timedelta(days=many)


def test_a_longer_term_does_not_reach_into_another_lease(world) -> None:
    thing = put(world, pond(world))
    first = lease(world, thing)
    later = lease(world, thing, starts_on=days(world, 1095), ends_on=days(world, 1200))
    with pytest.raises(Refused, match=f"已经由合同{later}"):
        change(world, first, ends_on=days(world, 1095))
    change(world, later, ends_on=days(world, 1300))
    assert agreed(later, world.day).terms.ends_on == days(world, 1300)
    assert not ContractChange.objects.filter(contract=first).exists()


def test_r46_a_loan_is_not_passed_to_who_manages_by_a_change(world) -> None:
    chair = world.who("village_committee_director")
    number = lease(world, **LOAN)
    for who in ({"party": chair.name}, {"party": "别名", "party_person": chair.person}):
        with pytest.raises(Refused, match="不能借给"):
            change(world, number, **who)
    change(world, number, party=chair.name, party_person="f" * 32)
    assert agreed(number, world.day).terms.party == chair.name


def test_a_change_counts_from_its_day_with_its_schedule(world) -> None:
    number = lease(world)
    change(
        world, number, on=days(world, 300), price=Money.parse("12000.00"),
        schedule=(Installment(world.day, 1200000),),
    )  # fmt: skip
    for on, fen in ((0, 900000), (299, 900000), (300, 1200000)):
        one = agreed(number, days(world, on))
        assert one.price.fen == fen == sum(line.fen for line in one.lines)
    with pytest.raises(Refused, match="早于上一次变更"):
        change(world, number, party="乙")
    with pytest.raises(Refused, match="差"):
        change(world, number, on=days(world, 301), schedule=(Installment(world.day, 900000),))
    with pytest.raises(Refused, match="超过合同余下的9,000.00元"):
        pay(world, number, "9000.01")


def test_nobody_is_paid_beyond_a_lower_price_to_come(world) -> None:
    number = lease(world)
    change(
        world, number, on=days(world, 300), price=Money.parse("4000.00"), schedule=(Installment(world.day, 400000),)
    )  # fmt: skip
    with pytest.raises(Refused, match="超过合同余下的4,000.00元"):
        pay(world, number, "4000.01")
    pay(world, number, "4000.00")


def test_r48_what_would_fall_due_after_the_return_is_nobodys_debt(world) -> None:
    number = lease(world, case=EXISTING)
    end(world, number, "returned")
    assert agreed(number, days(world, 500)).overdue == Money(300000), "the first year's rent stays owed"
    pay(world, number, "3000.00")
    one = agreed(number, days(world, 500))
    assert (one.state, one.overdue.fen, one.left.fen) == ("closed", 0, 0)
    assert [line.void for line in one.lines] == [False, True, True]
    follow(world.at)
    shown = contracts_in(VILLAGE, days(world, 500)).items[0]
    assert shown.overdue.fen == 0 and shown.lines == one.lines


def test_a_renewed_contract_still_owes_its_rent(world) -> None:
    number = lease(world)
    end(world, number, "renewed")
    assert agreed(number, days(world, 500)).overdue.fen == 600000


def _check(world, today: int) -> None:
    """What must hold of every contract on a day, and of what the public sees of it today."""
    on = days(world, today)
    everything, steps = all_agreed(VILLAGE, on), contract_kinds(world.day).ageing
    for one in everything:
        assert sum(line.fen for line in one.lines) == one.price.fen, (one.number, on)
        assert all(0 <= line.done <= line.fen for line in one.lines)
    assert sum(row.total.fen for row in aged(everything, steps)) == sum(owed(one.lines) for one in everything)
    follow(world.at)
    shown = {one.number: one for one in contracts_in(VILLAGE, on).items}
    for one in everything:
        assert shown[one.number].lines == one.lines and shown[one.number].price == one.price


def _act(world, chance: random.Random, number: str) -> None:
    what = chance.choice(["pay", "pay", "price", "term", "end"])
    if what == "pay":
        yuan = f"{chance.randrange(1, 4000)}.{chance.randrange(100):02d}"
        pay(world, number, yuan, voucher=f"v{chance.random()}")
    elif what == "price":
        fen, on = chance.randrange(1, 1_500_000), days(world, chance.choice([0, 0, 40]))
        parts = (Installment(world.day, fen), Installment(days(world, 90), chance.randrange(1, 9999)))
        change(world, number, on=on, price=Money(sum(one.fen for one in parts)), schedule=parts)
    elif what == "term":
        change(world, number, ends_on=days(world, chance.randrange(1, 3000)))
    else:
        end(world, number, chance.choice(["returned", "terminated", "renewed", "noticed"]))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sums_hold_after_any_acts_on_any_day(world, seed) -> None:
    chance, thing, refused, done = random.Random(seed), put(world, pond(world)), 0, 0
    numbers: list[str] = []
    for _ in range(40):
        world.wait(chance.randrange(20))
        try:
            if not numbers or chance.random() < 0.2:
                starts = chance.randrange(0, 400)
                numbers.append(
                    lease(
                        world,
                        thing,
                        case=EXISTING,
                        starts_on=days(world, starts),
                        ends_on=days(world, starts + 200),
                    )  # fmt: skip
                )
            else:
                _act(world, chance, chance.choice(numbers))
            done += 1
        except Refused:
            refused += 1
    for today in (-60, 0, 41, 800):
        if today >= 0:
            _check(world, today)
        else:
            assert all(
                sum(line.fen for line in one.lines) == one.price.fen
                for one in all_agreed(VILLAGE, days(world, today))
            )
    terms = [occupied(row) for row in ContractRow.objects.filter(things__object=thing)]
    assert not any(overlap(a, b) for at, a in enumerate(terms) for b in terms[:at]), terms
    assert done > 8 and refused > 3


def test_after_a_change_of_party_the_public_does_not_name_the_former_one(world) -> None:
    number = lease(world, case=EXISTING, party="禾丰合作社")
    for party, kind, named in (
        ("王小二", "person", ""),
        ("淮上粮油公司", "firm", "淮上粮油公司"),
        ("赵小六", "", ""),
    ):
        change(world, number, party=party, **({"party_kind": kind} if kind else {}))
        follow(world.at)
        assert contracts_in(VILLAGE, world.day).items[0].party == named
