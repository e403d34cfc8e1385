"""Money on a contract: a voucher is its performance, a contra-voucher takes it back, never above what is due."""

from __future__ import annotations

import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from mingbai.cases.services.performing import keep_deposit
from mingbai.journal.models import EntryRow
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.services import ContractLink
from mingbai.registers import services
from mingbai.registers.queries.agreed import agreed, performed
from mingbai.registers.rules.schedule import Installment, stand

sys.path.insert(0, str(Path(__file__).parent))
from payments_ground import PARTY, VILLAGE, give_back, lease, receive, resolution, undo

once = pytest.mark.once
needs_db = pytest.mark.django_db


@once
def test_what_was_said_to_be_for_an_installment_fills_it_and_the_rest_the_oldest() -> None:
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    plan = [Installment(day, 100) for day in days]

    def done(total: int, named: dict[date, int]) -> list[int]:
        return [one.done for one in stand(plan, total, days[0], None, named)]

    assert done(150, {}) == [100, 50, 0]
    assert done(150, {days[2]: 60}) == [90, 0, 60]
    assert done(300, {days[2]: 60}) == [100, 100, 100]
    assert done(150, {days[1]: 150}) == [50, 100, 0], "more than the installment goes to the oldest"
    assert done(50, {date(2030, 1, 1): 50}) == [50, 0, 0], "an installment that a change took away"


@needs_db
def test_a_receipt_is_its_contracts_performance_and_a_contra_voucher_takes_it_back(world) -> None:
    number = lease(world)
    second = agreed(number, world.day).lines[1].due_on
    voucher = receive(world, number, "1000.00", due_on=second)
    assert [one.done for one in agreed(number, world.day).lines] == [0, 100000, 0]
    entry = EntryRow.objects.get(act="ledger.voucher_posted", content__contains=f'"number":"{voucher}"')
    assert f'"contract":"{number}"' in entry.content
    with pytest.raises(Refused, match="这一期还没有收付的2,000.00元"):
        receive(world, number, "2000.01", due_on=second)
    with pytest.raises(Refused, match="合同没有"):
        receive(world, number, "1.00", due_on=second + timedelta(days=1))
    left = books.money_left(VILLAGE)
    contra = undo(world, voucher)
    assert performed(number) == 0 and books.money_left(VILLAGE).fen == left.fen - 100000
    assert [one.words for one in agreed(number, world.day).events if one.kind == "undone"] == [
        f"{voucher} ← {contra}"
    ]
    receive(world, number, "3000.00", due_on=second)
    assert performed(number) == 300000


@needs_db
def test_r11_who_is_not_the_party_pays_only_by_a_letter_on_file(world) -> None:
    number, money = lease(world), books.money_left(VILLAGE)
    with pytest.raises(Refused, match="不是合同的对方") as refusal:
        receive(world, number, "10.00", payer="别家公司")
    assert refusal.value.basis.article and books.money_left(VILLAGE) == money, "nothing was posted"
    keeper = {"number": number, "name": "别家公司", "by": world.who("bookkeeper"), "at": world.at}
    with pytest.raises(Refused, match="委托书"):
        services.keep_letter(**keeper, on=world.day, paper="")
    services.keep_letter(**keeper, on=world.day, paper=world.paper("委托书"), kind="firm")
    receive(world, number, "10.00", payer=" 别家公司 ")
    receive(world, number, "10.00", payer=f"{PARTY[:2]} {PARTY[2:]}")
    assert performed(number) == 2000


@needs_db
def test_money_goes_the_way_of_its_contract(world) -> None:
    number = lease(world)
    with pytest.raises(Refused, match="该是收款，凭证是付款"):
        give_back(world, number, "10.00", link=ContractLink(number))
    with pytest.raises(Refused, match="没有“HT-x”"):
        receive(world, "HT-x", "10.00")


@needs_db
def test_a_deposit_is_owed_until_it_is_given_back_or_kept_by_a_decision(world) -> None:
    number = lease(world, deposit=Money.parse("500.00"))
    voucher = receive(world, number, "500.00", part="deposit-in")
    assert agreed(number, world.day).deposit.held == 50000 and performed(number) == 0
    assert [one.account for one in books.voucher(VILLAGE, voucher).lines if one.credit.fen] == ["211"]
    with pytest.raises(Refused, match="约定还没有交的押金0.00元"):
        receive(world, number, "0.01", part="deposit-in")
    with pytest.raises(Refused, match="还押着的500.00元"):
        give_back(world, number, "500.01")
    back = give_back(world, number, "200.00")
    decided = resolution(world)
    keep = {
        "village": VILLAGE, "number": number, "amount": Money.parse("300.00"), "papers": [world.paper()],
        "occurred_on": world.day, "by": world.who("bookkeeper"), "office": "bookkeeper", "at": world.at,
    }  # fmt: skip
    with pytest.raises(Refused, match="没有不退押金、保证金的决定"):
        keep_deposit(**keep, basis="liangwei-没有")
    before = books.money_left(VILLAGE)
    keep_deposit(**keep, basis=decided)
    found = agreed(number, world.day).deposit
    assert (found.received, found.returned, found.kept, found.held) == (50000, 20000, 30000, 0)
    assert books.money_left(VILLAGE) == before, "no money moves"
    with pytest.raises(Refused, match="已经退了或者不退了"):
        undo(world, voucher)
    undo(world, back)
    assert agreed(number, world.day).deposit.held == 20000


@pytest.mark.django_db(transaction=True)
def test_never_above_what_is_due_with_sixteen_hands(lasting_world) -> None:
    world = lasting_world
    number = lease(world)
    due_on = agreed(number, world.day).lines[0].due_on
    papers, at, by, said = [world.paper() for _ in range(16)], world.at, world.who("bookkeeper"), []
    gate = threading.Barrier(16)

    def pay(paper: str) -> None:
        try:
            gate.wait()
            given = {"papers": [paper], "at": at, "by": by, "due_on": due_on}
            said.append(receive(world, number, "400.00", **given))
        except Refused as problem:
            said.append(problem.reason)
        finally:
            connection.close()

    hands = [threading.Thread(target=pay, args=(one,)) for one in papers]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    assert performed(number) == 280000, "seven of 400 yuan fit into 3,000"
    assert sum("这一期还没有收付的200.00元" in one for one in said) == 9 and len(said) == 16, said
    assert not books.check_book(VILLAGE)
