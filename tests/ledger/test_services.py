"""Posting, closing and correcting, against a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mingbai.evidence.services import keep_paper
from mingbai.journal import queries as journal
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries, services
from mingbai.ledger.models import Balance, LineRow, Voucher

VILLAGE = "340311104201"
OTHER = "340311104202"
CASE = "06-340311104201-2026-001"


def test_a_payment_is_posted_numbered_and_recorded(desk):
    first, second = desk.pay("1234.56"), desk.pay("0.01")
    assert (first.number, second.number) == ("2026-09-记-1", "2026-09-记-2")
    assert first.balance_after == Money.parse("49765.44")
    entry = journal.entries_of(f"case:{CASE}")[0]
    shown = {one.label: one.value for one in entry.fields}
    assert entry.act == "ledger.voucher_posted"
    assert (shown["凭证号"], shown["支出"], shown["结余"]) == ("2026-09-记-1", "1,234.56", "49,765.44")
    assert entry.data["direction"] == "out"
    assert (entry.data["amount_fen"], entry.data["balance_fen"]) == (123456, 4976544)
    assert entry.data["papers"][0]["label"] == "发票"
    assert queries.check_book(VILLAGE) == ()


def test_no_bank_account_number_reaches_the_journal(desk):
    desk.pay(payee_account="6222021234567890123")
    assert "6222021234567890123" not in repr(journal.entries_after(0))


def test_a_private_payee_is_typed_as_a_person(desk):
    desk.pay(payee="李四", payee_kind="person")
    assert ("person", "李四") in {(f.kind, f.value) for e in journal.entries_after(0) for f in e.fields}


def test_every_month_counts_from_one_and_balances(desk):
    desk.pay(occurred_on=date(2026, 8, 31))
    desk.pay()
    desk.receive("700.00")
    desk.pay(occurred_on=date(2026, 8, 5))
    assert [v.number for v in queries.vouchers(VILLAGE, "2026-08")] == [
        "2026-08-期初",
        "2026-08-记-1",
        "2026-08-记-2",
    ]
    assert [v.number for v in queries.vouchers(VILLAGE, "2026-09")] == ["2026-09-记-1", "2026-09-记-2"]
    trial = queries.trial_balance(VILLAGE)
    assert trial.balanced and trial.debit == Money.parse("52000.00")
    assert {line.account.code: line.balance.yuan() for line in trial.lines} == {
        "101": "1,000.00", "102": "50,400.00", "311": "51,000.00", "504": "700.00", "513": "300.00",
    }  # fmt: skip
    assert queries.trial_balance(VILLAGE, "2026-08").balanced
    assert queries.trial_balance(OTHER).lines == ()


@pytest.mark.parametrize(
    "wrong, law",
    [
        ({"case": " "}, "vcol"),
        ({"decision": ""}, "vcol"),
        ({"papers": []}, "accounting"),
        ({"papers": ["f" * 32]}, "accounting"),
        ({"method": "cash", "yuan": "1000.01"}, "cash"),
        ({"yuan": "60000.00"}, "cash"),
    ],
)
def test_a_payment_is_refused_with_its_article(desk, wrong, law):
    with pytest.raises(Refused) as refusal:
        desk.pay(**wrong)
    assert refusal.value.basis.law == law and refusal.value.remedy
    assert queries.vouchers(VILLAGE, "2026-09") == ()
    assert journal.entries_of(f"case:{CASE}") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": ""},
        {"payee": "  "},
        {"payee": "长" * 121},
        {"purpose": "长" * 241},
        {"decision": "x" * 121},
        {"method": "token"},
        {"amount": Money(0)},
        {"amount": Money(-100)},
        {"expense_account": "999"},
        {"expense_account": "101"},
        {"occurred_on": date(2026, 9, 21)},
        {"occurred_on": date(2026, 7, 31)},
        {"village": OTHER},
        {"into": "2026-08"},
    ],
)
def test_a_payment_that_makes_no_sense_is_refused(desk, wrong):
    with pytest.raises(Refused):
        desk.pay(**wrong)
    assert desk.pay().number == "2026-09-记-1"


def test_today_is_today_in_shanghai(desk):
    desk.at = datetime(2026, 9, 20, 17, 0, tzinfo=UTC)
    assert desk.pay(occurred_on=date(2026, 9, 21)).number == "2026-09-记-1"


def test_cash_cannot_be_overdrawn_while_the_bank_is_full(desk):
    desk.pay("900.00", method="cash")
    with pytest.raises(Refused, match="库存现金不足，还差50.00元"):
        desk.pay("150.00", method="cash", payee="蚌埠市某五金店")
    services.move_money(
        village=VILLAGE, to="cash", amount=Money.parse("500.00"), papers=[desk.paper()],
        occurred_on=date(2026, 9, 11), by=desk.by, office="bookkeeper", at=desk.at,
    )  # fmt: skip
    assert desk.pay("150.00", method="cash", payee="蚌埠市某五金店").balance_after == Money.parse("49950.00")
    assert [
        e.data["amount_fen"] for e in journal.entries_of(f"village:{VILLAGE}") if e.act.endswith("posted")
    ] == [0]


def test_the_database_itself_refuses_an_overdraft(desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Balance.objects.filter(book_id=VILLAGE, account="101").update(credit_fen=10**9)


def test_the_same_payment_twice_is_refused_though_the_paper_is_uploaded_again(desk):
    picture = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    papers = [
        keep_paper(
            content=picture, name="a.pdf", label="发票", village=VILLAGE, actor="a" * 32, at=desk.at
        ).id
        for _ in range(2)
    ]
    desk.pay(papers=papers[:1])
    with pytest.raises(Refused, match="2026-09-记-1"):
        desk.pay(papers=papers[1:], case="06-340311104201-2026-002")
    contract = papers[0]
    assert desk.pay(papers=[contract, desk.paper()]).number == "2026-09-记-2"


def test_a_paper_of_another_village_is_refused(desk):
    with pytest.raises(Refused, match="不是本村"):
        desk.pay(papers=[desk.paper(OTHER)])


def test_a_correction_names_the_voucher_and_frees_its_papers(desk):
    paper = desk.paper()
    wrong = desk.pay("800.00", papers=[paper])
    given = {
        "village": VILLAGE,
        "occurred_on": date(2026, 9, 12),
        "by": desk.by,
        "office": "bookkeeper",
        "at": desk.at,
    }
    undone = services.reverse_voucher(
        number=wrong.number, reason="收款方写错", papers=[desk.paper()], **given
    )
    assert undone.balance_after == Money.parse("51000.00")
    assert queries.voucher(VILLAGE, undone.number).corrects == wrong.number
    assert desk.pay("800.00", papers=[paper]).number == "2026-09-记-3"
    for number in (wrong.number, undone.number, "2026-08-期初", "2026-09-记-99"):
        with pytest.raises(Refused):
            services.reverse_voucher(number=number, reason="再冲", papers=[desk.paper()], **given)
    assert queries.check_book(VILLAGE) == ()


def test_a_reversal_lets_the_invoice_of_the_wrong_payment_go(desk):
    from mingbai.evidence.invoice import Invoice, invoice_name
    from mingbai.evidence.services import use_invoice

    invoice = Invoice(invoice_name("26342000000012345678"), "某建材店", 80000, date(2026, 9, 1))
    wrong = desk.pay("800.00")
    given = {"invoice": invoice, "village": VILLAGE, "subject": "case:x", "actor": "p", "at": desk.at}
    use_invoice(**given, voucher=f"{VILLAGE}/{wrong.number}")
    with pytest.raises(Refused):
        use_invoice(**given)
    services.reverse_voucher(
        village=VILLAGE, number=wrong.number, reason="收款方写错", papers=[desk.paper()], occurred_on=date(2026, 9, 12),
        by=desk.by, office="bookkeeper", at=desk.at,
    )  # fmt: skip
    use_invoice(**given)


def test_months_are_closed_in_turn_for_ever(desk):
    desk.pay("300.00", occurred_on=date(2026, 8, 20))
    desk.receive("120.00", occurred_on=date(2026, 8, 21))
    with pytest.raises(Refused, match="应当先结2026-08"):
        desk.close("2026-09")
    closed = desk.close("2026-08")
    assert (closed.count, closed.opening.yuan(), closed.income.yuan()) == (2, "51,000.00", "120.00")
    assert (closed.expense.yuan(), closed.closing.yuan()) == ("300.00", "50,820.00")
    with pytest.raises(Refused, match="已经结账"):
        desk.pay(occurred_on=date(2026, 8, 25))
    late = desk.pay(occurred_on=date(2026, 8, 25), into="2026-09")
    assert late.number == "2026-09-记-1"
    with pytest.raises(Refused, match="没有结束"):
        desk.close("2026-09")
    with pytest.raises(Refused):
        desk.close("2026-08")
    desk.later(days=30)
    assert desk.close("2026-09").opening == closed.closing
    entry = [e for e in journal.entries_of(f"village:{VILLAGE}") if e.act == "ledger.period_closed"][0]
    assert entry.data == {
        "month": "2026-08", "count": 2, "opening_fen": 5100000, "income_fen": 12000, "expense_fen": 30000,
        "closing_fen": 5082000,
    }  # fmt: skip
    assert queries.check_book(VILLAGE) == ()


def test_a_book_is_opened_once_and_not_ahead_of_time(desk):
    with pytest.raises(Refused, match="已经建账"):
        desk.open(a102="1.00")
    with pytest.raises(Refused, match="今天之后"):
        services.open_book(village=OTHER, opening={}, on=date(2026, 9, 21), by=desk.by, at=desk.at)
    assert services.open_book(
        village=OTHER, opening={}, on=date(2026, 9, 1), by=desk.by, at=desk.at
    ).balance == Money(0)
    with pytest.raises(Refused, match="银行存款不足"):
        desk.pay(village=OTHER, papers=[desk.paper(OTHER)])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_voucher SET amount_fen = 1",
        "DELETE FROM ledger_voucher",
        "UPDATE ledger_linerow SET debit_fen = debit_fen + 1 WHERE debit_fen > 0",
        "DELETE FROM ledger_linerow",
        "UPDATE ledger_voucherpaper SET digest = 'x'",
        "DELETE FROM ledger_closing",
    ],
)
def test_what_is_posted_cannot_be_changed_in_sql(desk, sql):
    desk.pay(occurred_on=date(2026, 8, 20))
    desk.close("2026-08")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_a_voucher_that_does_not_balance(desk):
    number = desk.pay().number
    values = Voucher.objects.filter(id=f"{VILLAGE}/{number}").values().get()
    forged = {**values, "id": f"{VILLAGE}/x", "serial": 77, "fingerprint": "x"}
    line = {"book_id": VILLAGE, "month": "2026-09", "voucher_id": f"{VILLAGE}/x"}
    with pytest.raises(DatabaseError), transaction.atomic():
        LineRow.objects.create(account="513", debit_fen=100, credit_fen=0, **line)
        LineRow.objects.create(account="102", debit_fen=0, credit_fen=99, **line)
        Voucher.objects.create(**forged)
    with pytest.raises(DatabaseError), transaction.atomic():
        Voucher.objects.create(**forged)
    with pytest.raises(DatabaseError), transaction.atomic():
        LineRow.objects.create(
            **{**line, "voucher_id": values["id"]}, account="513", debit_fen=1, credit_fen=0
        )


def test_a_tampered_book_is_told(desk):
    desk.pay()
    Balance.objects.filter(book_id=VILLAGE, account="513").update(debit_fen=1)
    assert queries.check_book(VILLAGE) == ("科目513的余额与分录合计不符",)


@pytest.mark.django_db
def test_a_month_costs_the_same_queries_whatever_it_holds(desk, django_assert_max_num_queries):
    for _ in range(5):
        desk.pay("1.00")
    with django_assert_max_num_queries(3):
        queries.vouchers(VILLAGE, "2026-09")
    with django_assert_max_num_queries(4):
        queries.trial_balance(VILLAGE)
