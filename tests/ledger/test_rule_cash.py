"""R39 to R41: cash in hand within the limit, no large payment in pieces, nothing paid out of unbanked income."""

from __future__ import annotations

import random
from datetime import date

import pytest
from bookkeeping import CASE, VILLAGE

from mingbai.kernel import Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.queries import handling as asked

SHOP, DAY = "蚌埠市某五金店", date(2026, 9, 10)


def today():
    return asked.cash_today(VILLAGE, date(2026, 9, 20))


def test_r39_a_receipt_or_a_withdrawal_above_the_limit_is_refused(desk):
    """Opening 1,000 in cash; the limit of the district is 5,000, and the limit itself may lie there."""
    with pytest.raises(Refused, match="超过5,000.00元的限额") as refusal:
        desk.receive("4000.01", method="cash")
    assert refusal.value.basis.law == "cash" and "第9条" in refusal.value.basis.article
    with pytest.raises(Refused, match="库存现金会到5,000.01元"):
        desk.move("4000.01", "cash")
    desk.move("4000.00", "cash")
    assert today().cash == Money.parse("5000.00") and today().over == Money(0) and today().assumed
    desk.receive("90000.00", method="bank")


def test_r39_a_correction_is_never_refused_for_the_limit(desk):
    paid = desk.pay("900.00", method="cash")
    desk.move("4900.00", "cash")
    desk.undo(paid.number)
    assert today().over == Money.parse("900.00")


def test_r40_one_cash_payment_in_two_pieces_is_refused(desk):
    desk.pay("600.00", method="cash")
    with pytest.raises(Refused, match="合计1,000.01元，超过1,000.00元") as refusal:
        desk.pay("400.01", method="cash")
    assert refusal.value.basis.article == "第5条、第6条"
    with pytest.raises(Refused, match="现金支付1000.01|现金支付1,000.01"):
        desk.pay("1000.01", method="cash", payee="张某某", payee_kind="person")
    desk.pay("400.00", method="cash", payee=SHOP)


def test_r41_cash_is_not_paid_out_of_income_that_was_not_banked(desk):
    desk.receive("800.00", method="cash")
    desk.pay("700.00", method="cash", payee=SHOP)
    with pytest.raises(Refused, match="不能坐支") as refusal:
        desk.pay("301.00", method="cash")
    assert refusal.value.basis.law == "cash" and refusal.value.basis.article == "第11条"
    assert [one.left for one in today().incomes] == [Money.parse("800.00")]
    assert today().incomes[0].late_days == 9
    desk.move("800.00", "bank")
    assert today().incomes == () and today().unbanked == Money(0)
    desk.move("500.00", "cash")
    desk.pay("301.00", method="cash")


def test_r41_a_corrected_receipt_is_no_income_and_a_corrected_deposit_lies_in_cash_again(desk):
    first = desk.receive("100.00", method="cash")
    second = desk.receive("50.00", method="cash")
    deposit = desk.move("120.00", "bank")
    assert today().unbanked == Money.parse("30.00")
    desk.undo(deposit.number)
    assert today().unbanked == Money.parse("150.00")
    desk.undo(second.number)
    assert [one.number for one in today().incomes] == [first.number]
    desk.undo(first.number)
    assert today().unbanked == Money(0) and queries.check_book(VILLAGE) == ()


def test_a_bank_that_allows_it_lets_so_much_be_paid_of_the_income(desk, monkeypatch):
    from dataclasses import replace

    from mingbai.ledger.rules.cash_file import DatedSum

    rules = asked.handling(DAY)
    allowed = DatedSum(date(2026, 1, 1), Money.parse("300.00"), VILLAGE, rules.in_hand[0].citation)
    monkeypatch.setattr(asked, "handling", lambda on: replace(rules, retained=(allowed,)))
    desk.receive("800.00", method="cash")
    desk.pay("1000.00", method="cash")
    desk.pay("300.00", method="cash", payee=SHOP)
    with pytest.raises(Refused, match="坐支"):
        desk.pay("300.01", method="cash", payee="某某供水站")


def test_whatever_comes_and_goes_the_unbanked_income_is_what_came_less_what_was_banked(desk):
    chance, income, banked = random.Random(41), 0, 0
    for turn in range(60):
        fen = chance.randrange(1, 60_000)
        try:
            match chance.choice(["in", "bank", "draw", "pay"]):
                case "in":
                    desk.receive(amount=Money(fen), method="cash")
                    income += fen
                case "bank":
                    desk.move(str(fen / 100), "bank")
                    banked += min(fen, income - banked)
                case "draw":
                    desk.move(str(fen / 100), "cash")
                case "pay":
                    desk.pay(amount=Money(fen), method="cash", payee=f"某某店{turn}", case=CASE)
        except Refused:
            continue
        found = today()
        assert found.unbanked.fen == income - banked <= found.cash.fen
        assert found.cash <= found.limit
    assert income and banked and queries.check_book(VILLAGE) == ()
