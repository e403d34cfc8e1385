"""The public page of one contract, what is late in full, and debts by age: all from publications, each sum to its voucher."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import contracts, contracts_in, late_in
from mingbai.kernel import Money
from mingbai.registers import services
from mingbai.registers.rules.schedule import Installment
from mingbai.registers.services import ExistingContract, NewTerms, find_wanting

sys.path.insert(0, str(Path(__file__).parents[1] / "registers"))
from payments_ground import PARTY, lease, receive, undo
from test_objects import pond, put


def old(world, days: int, yuan: str, kind: str = "house-lease", **more) -> str:
    """An earlier contract with one sum that was due so many days ago; its number."""
    price, began = Money.parse(yuan), world.day - timedelta(days=400)
    plan = (Installment(world.day - timedelta(days=days), price.fen),)
    given = {"party": "淮上粮油公司", "party_kind": "firm", **more}
    new = ExistingContract(
        price=price, starts_on=began, ends_on=began + timedelta(days=900), signed_on=began, papers=(world.paper("合同"),),
        terms=NewTerms(kind=kind, schedule=plan), **given,
    )  # fmt: skip
    return services.enter_existing(
        village="340311104201", new=new, by=world.who("bookkeeper"), at=world.at
    ).number


def test_every_sum_leads_to_its_voucher_and_every_line_of_money_to_its_contract(village, read, count_queries):
    world = village.world
    number = lease(world, put(world, pond(world)), case=village.paid, deposit=Money.parse("500.00"))
    kept = receive(world, number, "1200.00")
    wrong = receive(world, number, "77.00")
    contra = undo(world, wrong)
    receive(world, number, "500.00", part="deposit-in")
    follow(world.at)
    here = f"/v/{village.code}/contracts/{number}/"
    html = read(here)
    assert PARTY in html and "已经收付 1,200.00 元" in html and "价款还有 7,800.00 元" in html
    assert all(one in html for one in (kept, wrong, contra, "后来冲回了", "南大塘"))
    assert "村里押着 500.00 元" in html and 'href="/p/340311104201-' in html
    assert count_queries(here) <= 12
    money = f"/v/{village.code}/money/?month={world.day:%Y-%m}"
    assert f'href="{here}"' in read(money) and count_queries(money) <= 12
    listed = read(f"/v/{village.code}/contracts/")
    assert f'href="{here}"' in listed and count_queries(f"/v/{village.code}/contracts/") <= 12
    for gone in (f"/v/{village.code}/contracts/HT-0/", f"/v/340311104202/contracts/{number}/"):
        assert Client().get(gone).status_code == 404


def test_a_payment_of_the_case_is_the_performance_of_its_contract_and_told_once(village, read):
    (one,) = [it for it in contracts_in(village.code, village.world.day).items if it.case == village.paid]
    assert one.done == one.price and [paid.voucher for paid in one.payments if paid.voucher]
    html = read(f"/v/{village.code}/contracts/{one.number}/")
    assert one.payments[0].voucher in html and "价款都收付完了" in html
    case = read(f"/cases/{village.paid}/")
    assert "合同履行一笔" not in case and one.payments[0].voucher[8:] in case


def test_debts_by_age_both_ways_and_a_persons_name_is_masked(village, read, count_queries):
    world = village.world
    new, mid = old(world, 30, "1000.00"), old(world, 31, "200.00", party="老赵", party_kind="person")
    owed = old(world, 366, "30.00", kind="services")
    find_wanting(world.at)
    follow(world.at)
    late = late_in(village.code, world.day)
    assert [(one.number, one.aged((30, 90, 365))) for one in late] == [
        (owed, (0, 0, 0, 3000)), (mid, (0, 20000, 0, 0)), (new, (100000, 0, 0, 0)),
    ]  # fmt: skip
    html = read(f"/v/{village.code}/debts/")
    assert "别人欠村里的 1,200.00 元" in html and "村里欠别人的 30.00 元" in html
    assert "1—30 天" in html and "超过 365 天" in html and "老赵" not in html
    assert "账龄分段待确认" in html and count_queries(f"/v/{village.code}/debts/") <= 12


def test_what_is_late_is_never_cut_by_the_page(village, read, monkeypatch):
    world = village.world
    first = old(world, 100, "900.00")
    lease(world, case=village.paid), lease(world, case=village.paid)
    find_wanting(world.at)
    follow(world.at)
    monkeypatch.setattr(contracts, "A_PAGE", 1)
    page = contracts_in(village.code, world.day)
    assert page.next and first not in [one.number for one in page.items]
    html = read(f"/v/{village.code}/contracts/")
    assert f"/contracts/{first}/" in html and "逾期 900.00 元" in html


@pytest.mark.parametrize(("days", "state"), [(59, "expiring"), (60, "running")])
def test_the_days_of_reminding_are_the_districts(village, days, state):
    world = village.world
    number = lease(world, case=village.paid, ends_on=world.day + timedelta(days=days), rhythm="once")
    follow(world.at)
    found = {one.number: one.state for one in contracts_in(village.code, world.day).items}
    assert found[number] == state
