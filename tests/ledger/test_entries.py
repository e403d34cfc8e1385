"""General vouchers, sub-accounts, balances by month, and the closing of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from mingbai.journal import queries as journal
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries, services
from mingbai.ledger.models import MonthBalance, SubAccount
from mingbai.ledger.rules import Line, read_span

VILLAGE = "340311104201"
ZERO = Money(0)


def debit(account: str, yuan: str, **more: str) -> Line:
    return Line(account, Money.parse(yuan), ZERO, **more)


def credit(account: str, yuan: str, **more: str) -> Line:
    return Line(account, ZERO, Money.parse(yuan), **more)


def enter(desk, *lines: Line, **more):
    given = {
        "village": VILLAGE, "summary": "计提折旧", "lines": lines, "occurred_on": date(2026, 9, 10),
        "by": desk.by, "office": "bookkeeper", "at": desk.at,
    }  # fmt: skip
    given.update(more)
    given.setdefault("papers", [desk.paper()])
    return services.post_entry(**given)


def test_an_accrual_moves_no_money_and_keeps_whom_it_concerns(desk):
    posted = enter(
        desk, debit("112", "800.00", party="某水产合作社"), credit("501", "800.00", summary="塘租")
    )
    voucher = queries.voucher(VILLAGE, posted.number)
    assert (voucher.kind, voucher.income, voucher.expense) == ("entry", ZERO, ZERO)
    assert [line.party for line in voucher.lines] == ["某水产合作社", ""]
    assert voucher.lines[1].summary == "塘租"
    assert posted.balance_after == Money.parse("51000.00")
    assert journal.entries_after(0)[-1].data["amount_fen"] == 0
    assert queries.check_book(VILLAGE) == ()


def test_money_may_come_in_by_several_lines(desk):
    posted = enter(desk, debit("102", "300.00"), credit("501", "200.00"), credit("504", "100.00"))
    assert posted.balance_after == Money.parse("51300.00")
    assert queries.voucher(VILLAGE, posted.number).income == Money.parse("300.00")


@pytest.mark.parametrize(
    "lines",
    [
        [debit("513", "100.00"), credit("101", "100.00")],
        [debit("513", "200.01"), credit("102", "200.01")],
        [debit("211", "10.00"), credit("102", "10.00")],
        [debit("101", "10.00"), credit("102", "10.00")],
        [debit("513", "100.00"), debit("211", "5.00"), credit("102", "105.00")],
        [debit("102", "5.00"), debit("513", "10.00"), credit("101", "15.00")],
    ],
)
def test_no_entry_lets_money_out_without_a_decision(desk, lines):
    with pytest.raises(Refused, match="没有决定") as refusal:
        enter(desk, *lines)
    assert refusal.value.basis.law == "vcol"
    assert queries.vouchers(VILLAGE, "2026-09") == ()


def test_what_the_bank_takes_by_itself_is_entered_within_its_limit(desk):
    posted = enter(desk, debit("513", "200.00"), credit("102", "200.00"), summary="账户管理费")
    assert queries.voucher(VILLAGE, posted.number).expense == Money.parse("200.00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"summary": " "},
        {"summary": "长" * 241},
        {"papers": []},
        {"lines": [debit("513", "1.00"), credit("211", "2.00")]},
        {"lines": [debit("513", "1.00")]},
        {"lines": [debit("599", "1.00"), credit("211", "1.00")]},
        {"lines": [debit("321", "1.00"), credit("322", "1.00")]},
        {"lines": [debit("112", "1.00", sub="11201"), credit("501", "1.00")]},
        {"lines": [debit("112", "1.00", party="长" * 121), credit("501", "1.00")]},
        {"lines": [debit("112", "0.01")] * 100 + [credit("501", "0.01")] * 101},
        {"occurred_on": date(2026, 9, 30)},
    ],
)
def test_an_entry_is_refused(desk, wrong):
    lines = wrong.pop("lines", [debit("513", "1.00"), credit("211", "1.00")])
    with pytest.raises(Refused):
        enter(desk, *lines, **wrong)
    assert queries.vouchers(VILLAGE, "2026-09") == ()


def test_a_contra_voucher_undoes_an_entry_with_its_parties(desk):
    posted = enter(desk, debit("112", "80.00", party="某合作社"), credit("501", "80.00"))
    contra = services.reverse_voucher(
        village=VILLAGE, number=posted.number, reason="记错", papers=[desk.paper()],
        occurred_on=date(2026, 9, 11), by=desk.by, office="bookkeeper", at=desk.at,
    )  # fmt: skip
    lines = queries.voucher(VILLAGE, contra.number).lines
    assert (lines[0].credit, lines[0].party) == (Money.parse("80.00"), "某合作社")
    assert queries.check_book(VILLAGE) == ()


def below(desk, name: str = "某水产合作社", since: date = date(2026, 9, 1)) -> str:
    return services.open_subaccount(
        village=VILLAGE, account="112", name=name, since=since, by=desk.by, office="bookkeeper", at=desk.at
    )


def test_a_village_has_accounts_of_its_own_below_the_chart(desk):
    assert (below(desk), below(desk, "某建筑公司")) == ("11201", "11202")
    enter(desk, debit("112", "1.00", sub="11201"), credit("501", "1.00"))
    assert [one.name for one in queries.subaccounts(VILLAGE, "112")] == ["某水产合作社", "某建筑公司"]
    for wrong in ({"name": "某建筑公司"}, {"name": " "}, {"name": "新", "since": date(2026, 9, 21)}):
        with pytest.raises(Refused):
            below(desk, **wrong)
    with pytest.raises(Refused, match="没有二级科目"):
        enter(desk, debit("211", "1.00", sub="11201"), credit("501", "1.00"))
    with pytest.raises(Refused, match="没有二级科目"):
        enter(desk, debit("112", "1.00", sub="11201"), credit("501", "1.00"), occurred_on=date(2026, 8, 31))
    assert "某水产合作社" not in repr(journal.entries_after(0))
    with pytest.raises(DatabaseError), transaction.atomic():
        SubAccount.objects.all().delete()


def test_balances_by_month_are_kept_and_checked(desk):
    desk.pay("10.00", occurred_on=date(2026, 8, 5))
    desk.receive("20.00")
    assert {(r.month, r.account) for r in MonthBalance.objects.all()} == {
        ("", "101"), ("", "102"), ("", "311"),
        ("2026-08", "102"), ("2026-08", "513"), ("2026-09", "102"), ("2026-09", "504"),
    }  # fmt: skip
    assert {line.account.code for line in queries.trial_balance(VILLAGE, "2026-08").lines} == {
        "101", "102", "311", "513",
    }  # fmt: skip
    MonthBalance.objects.filter(month="2026-08", account="513").update(debit_fen=999)
    assert queries.check_book(VILLAGE) == ("2026-08科目513的月度发生额与分录合计不符",)


def test_a_year_is_carried_over_before_its_december_is_closed(desk):
    desk.receive("500.00")
    desk.pay("200.00")
    desk.at = datetime(2027, 1, 3, 1, 0, tzinfo=UTC)
    for month in ("2026-08", "2026-09", "2026-10"):
        desk.close(month)
    year = {"village": VILLAGE, "year": 2026, "by": desk.by, "office": "bookkeeper", "at": desk.at}
    with pytest.raises(Refused, match="还有月份没有结账"):
        services.close_year(**year)
    desk.close("2026-11")
    with pytest.raises(Refused, match="还没有结转"):
        desk.close("2026-12")
    desk.receive("1.00", occurred_on=date(2026, 12, 30))
    posted = services.close_year(**year)
    assert posted.number == "2026-12-记-2"
    with pytest.raises(Refused, match="没有要结转"):
        services.close_year(**year)
    desk.pay("2.00", occurred_on=date(2026, 12, 31))
    assert services.close_year(**year).number == "2026-12-记-4"
    with pytest.raises(Refused, match="不能冲销"):
        services.reverse_voucher(
            village=VILLAGE, number=posted.number, reason="错", papers=[desk.paper()],
            occurred_on=date(2027, 1, 2), by=desk.by, office="bookkeeper", at=desk.at,
        )  # fmt: skip
    desk.close("2026-12")
    left = {one.account.code: one.balance.yuan() for one in queries.trial_balance(VILLAGE).lines}
    assert (left["322"], left["321"], left["504"], left["513"]) == ("299.00", "0.00", "0.00", "0.00")
    before = {one.account.code: one.balance.yuan() for one in queries.trial_balance(VILLAGE, "2026-12").lines}
    assert (before["504"], before["513"]) == ("501.00", "202.00") and "322" not in before
    assert queries.check_book(VILLAGE) == ()
    with pytest.raises(Refused, match="没有结束"):
        services.close_year(**{**year, "year": 2027})


def test_periods_are_read_or_refused():
    spans = [read_span(text) for text in ("2026-09", "2026Q3", "2026")]
    assert [(one.first, one.last) for one in spans] == [
        ("2026-09", "2026-09"), ("2026-07", "2026-09"), ("2026-01", "2026-12"),
    ]  # fmt: skip
    for wrong in ("", "2026-13", "2026Q5", "26", "2026-9", "２０２６", "2026-09\n"):
        with pytest.raises(Refused):
            read_span(wrong)
