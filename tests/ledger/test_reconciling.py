"""Bank statements taken in once, paired with the book, and every break said in public."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mingbai.journal import queries as journal
from mingbai.kernel import Refused
from mingbai.ledger import services
from mingbai.ledger.models import BankLine, LineRow, MonthBalance
from mingbai.ledger.queries.reconciling import reconcile
from mingbai.ledger.rules import read_span
from mingbai.ledger.rules.reconciling import Item, StatementLine, pair

VILLAGE = "340311104201"
ACCOUNT = "34050166880800001234"
TODAY = date(2026, 9, 20)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
items = st.lists(st.tuples(days, st.integers(-3, 3).filter(bool)), max_size=20)


def bank(*moves: tuple[int, int], opening: int = 5_000_000, month: int = 9) -> list[StatementLine]:
    """Lines of (day, fen) after an opening balance."""
    lines = []
    for day, fen in moves:
        opening += fen
        lines.append(StatementLine(date(2026, month, day), fen, opening, "某户", "转账"))
    return lines


def take(desk, lines: list[StatementLine]) -> int:
    return services.take_statement(village=VILLAGE, account=ACCOUNT, lines=lines, by=desk.by, at=desk.at)


def acts() -> list[str]:
    return [one.act for one in journal.entries_after(0) if one.act.startswith("ledger.break")]


@given(items, items, st.integers(0, 60))
def test_pairs_lose_and_double_nothing(book, theirs, within):
    ours = [Item(f"a{at}", day, fen, "") for at, (day, fen) in enumerate(book)]
    banks = [Item(f"b{at}", day, fen, "") for at, (day, fen) in enumerate(theirs)]
    found = pair(ours, banks, within)
    assert len(ours) - len(found.book_only) == len(banks) - len(found.bank_only) >= 0
    assert sum(x.fen for x in ours) - sum(x.fen for x in found.book_only) == sum(x.fen for x in banks) - sum(
        x.fen for x in found.bank_only
    )
    assert set(found.book_only) <= set(ours) and set(found.bank_only) <= set(banks)
    assert not [
        (x, y) for x in found.book_only for y in found.bank_only
        if x.fen == y.fen and abs((x.day - y.day).days) <= within
    ]  # fmt: skip


def test_a_statement_that_agrees_is_taken_once(desk):
    desk.pay("100.00")
    desk.receive("40.00")
    lines = bank((11, -10_000), (12, 4_000))
    assert (take(desk, lines), take(desk, lines)) == (2, 0)
    found = reconcile(VILLAGE, read_span("2026-09"), TODAY)
    assert found.ok and found.as_json()["breaks"] == []
    assert (found.opening_fen, found.count, found.lines_fen) == (5_000_000, 2, -6_000)
    assert found.closing_fen == found.bank_fen == 4_994_000
    assert found.pairing.book_only == found.pairing.bank_only == ()
    assert ACCOUNT not in repr(journal.entries_after(0)) and "某户" not in repr(journal.entries_after(0))
    assert acts() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        BankLine.objects.all().delete()


def test_equal_lines_of_one_file_are_all_kept(desk):
    lines = [StatementLine(date(2026, 9, 1), fen, 5_000_000 + left) for fen, left in ((5, 5), (-5, 0)) * 2]
    assert (take(desk, lines), take(desk, lines)) == (4, 0)
    assert reconcile(VILLAGE, None, TODAY).bank_fen == 5_000_000


def test_what_is_on_its_way_is_listed_and_adjusted(desk):
    desk.pay("100.00")
    take(
        desk,
        bank(
            (9, 700),
        ),
    )
    found = reconcile(VILLAGE, None, TODAY)
    assert [one.fen for one in found.pairing.book_only] == [-10_000]
    assert [one.fen for one in found.pairing.bank_only] == [700]
    assert found.ok and found.adjusted == (4_990_700, 4_990_700)
    assert any("银行有、账上没有1笔" in line for line in found.told())


def test_a_cheque_of_the_month_before_the_first_statement_is_found_again(desk):
    desk.pay("100.00", occurred_on=date(2026, 8, 30))
    desk.pay("50.00", occurred_on=date(2026, 8, 10))
    take(desk, bank((2, -10_000), opening=4_995_000))
    found = reconcile(VILLAGE, None, TODAY)
    assert found.ok and found.pairing.bank_only == ()


def test_a_corrected_voucher_needs_no_line_of_the_bank(desk):
    number = desk.receive("12.00").number
    services.reverse_voucher(
        village=VILLAGE, number=number, reason="记错", papers=[desk.paper()],
        occurred_on=date(2026, 9, 12), by=desk.by, office="bookkeeper", at=desk.at,
    )  # fmt: skip
    take(desk, bank((1, 5), (2, -5)))
    assert reconcile(VILLAGE, None, TODAY).pairing.book_only == ()


def test_what_never_arrived_becomes_a_break_and_is_mended(desk):
    take(desk, bank((1, 700)))
    assert services.find_breaks(desk.at) == 0
    desk.at = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
    assert (services.find_breaks(desk.at), services.find_breaks(desk.at)) == (1, 0)
    assert acts() == ["ledger.break_found"]
    assert "银行有、账上没有" in journal.entries_after(0)[-1].fields[0].value
    desk.receive("7.00", occurred_on=date(2026, 9, 1))
    assert services.find_breaks(desk.at) == 1
    assert acts() == ["ledger.break_found", "ledger.break_mended"]
    assert reconcile(VILLAGE, None, date(2026, 10, 20)).ok


def test_a_bank_that_began_with_another_sum_is_a_break(desk):
    take(desk, bank((1, 700), opening=4_900_000))
    assert acts() == ["ledger.break_found"]
    found = reconcile(VILLAGE, None, TODAY)
    assert not found.ok and [one.key for one in found.breaks] == ["balance"]
    assert found.breaks[0].fen == 100_000


def test_a_missing_statement_is_a_break_until_it_comes(desk):
    whole = bank((1, 700), (2, 300), (3, -1_000), (3, 5))
    take(desk, whole[:1])
    take(desk, whole[3:])
    assert {one.key.split(":")[0] for one in reconcile(VILLAGE, None, TODAY).breaks} >= {"chain"}
    take(desk, whole[1:3])
    found = reconcile(VILLAGE, None, TODAY)
    assert found.ok and found.bank_fen == 5_000_005
    assert acts().count("ledger.break_found") == acts().count("ledger.break_mended") > 0


def test_a_book_that_was_tampered_with_is_a_break(desk, without_triggers):
    desk.receive("40.00")
    with without_triggers():
        LineRow.objects.filter(account="102", debit_fen=4_000).update(debit_fen=5_000)
    found = reconcile(VILLAGE, None, TODAY)
    assert [one.key for one in found.breaks] == ["sum"]
    assert MonthBalance.objects.filter(account="102", month="2026-09").get().debit_fen == 4_000


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [StatementLine(date(2026, 9, 1), 0, 5)],
        [StatementLine(date(2026, 9, 21), 1, 5)],
        [StatementLine(date(2026, 9, 2), 1, 5), StatementLine(date(2026, 9, 1), 1, 6)],
        [StatementLine(date(2026, 9, 1), 1, 5), StatementLine(date(2026, 9, 1), 1, 7)],
        [StatementLine(date(2026, 9, 1), 1, 5, summary="长" * 241)],
    ],
)
def test_a_statement_is_refused_whole(desk, lines):
    with pytest.raises(Refused):
        take(desk, lines)
    assert not BankLine.objects.exists()


def test_no_reconciliation_without_a_book(desk):
    with pytest.raises(Refused, match="没有建账"):
        reconcile("340311104202", None, TODAY)
