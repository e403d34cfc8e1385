"""A month of a village's money: what went where adds up, and what is taken away says the same as the page."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from mingbai.disclosure.queries import money
from mingbai.kernel import Money
from mingbai.kernel.cells import FORMULA, no_formula
from mingbai.ledger import queries as books
from mingbai.ledger.rules import transfer
from mingbai.ledger.services import writing
from mingbai.ledger.services.attaching import attach_paper
from mingbai.portal.pages.money import _shares, money_page
from mingbai.worker import run_once

VILLAGE = "340311104201"


def month_of(village):
    """The newest month with vouchers."""
    return money(village.code, "2026-09").months[-1]


def test_what_went_where_adds_up_to_the_month(village):
    page = money_page(village.code, month_of(village), village.world.day)
    book = page.book.page
    assert book.lines and sum(one.sum.fen for one in page.went) == book.expense.fen
    assert sum(one.count for one in page.went) == sum(1 for one in book.lines if one.expense)
    assert all(one.name != "没有写科目" for one in page.went), "every payment names its account"
    assert page.went[0].width == 1000
    assert [one.month for one in page.beside][0] == book.month


def test_the_page_opens_every_line_and_says_what_to_add(village, read, count_queries):
    address = f"/v/{village.code}/money/?month={month_of(village)}"
    assert count_queries(address) <= 12
    html = read(address)
    for words in ("钱花在哪里", "和以前比", "一笔一笔", "管理费用", "自己加一遍"):
        assert words in html
    for line in money(village.code, month_of(village)).lines:
        assert f"/p/{line.publication}/" in html
    assert f"/v/{village.code}/money/" in read(f"/v/{village.code}/")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_is_taken_away_is_what_the_page_says(village, kind):
    month = month_of(village)
    answer = Client().get(f"/v/{village.code}/money/{month}.{kind}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    rows = READERS[kind](answer.content)
    lines = money(village.code, month).lines
    wanted = [
        (line.number, line.income.yuan() if line.income else "", line.expense.yuan() if line.expense else "",
         line.publication)
        for line in lines
    ]  # fmt: skip
    assert [(row[1], row[4], row[5], row[-1]) for row in rows] == wanted


def _csv(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return rows[3:-1]


def _xlsx(content):
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    return [[cell.value or "" for cell in row] for row in list(sheet)[3:-1]]


READERS = {"csv": _csv, "xlsx": _xlsx, "json": lambda content: json.loads(content)["lines"]}


@pytest.mark.parametrize("begin", FORMULA)
def test_no_cell_is_a_formula(begin):
    assert no_formula(f"{begin}1+1").startswith("'")
    assert no_formula("修路") == "修路" and no_formula("-12.50") == "-12.50"


@pytest.mark.parametrize(
    "address",
    ["/v/340311000000/money/", "/v/999999999999/money/2026-09.csv", "/v/340311104201/money/2026-09.exe"],
)
def test_what_is_not_there_is_not_found(village, address):
    assert Client().get(address).status_code == 404


def test_a_month_without_money_says_so(village, read):
    html = read(f"/v/{village.code}/money/?month=2025-01")
    assert "这个月没有支出" in html and "没有记录" in html


def test_a_line_without_a_purpose_is_still_counted():
    shares = _shares([("", Money(100)), ("公益支出", Money(300)), ("", Money(50))])
    assert [(one.name, one.sum.fen, one.count) for one in shares] == [
        ("公益支出", 300, 1),
        ("没有写科目", 150, 2),
    ]


def test_a_line_opens_its_contract(village, read):
    (line,) = [one for one in money(village.code, month_of(village)).lines if one.case == village.paid]
    html = read(f"/v/{village.code}/money/?month={month_of(village)}")
    assert f"/v/{village.code}/contracts/{line.contract_number}/" in html and "看合同" in html
    assert line.contract and f"/p/{line.contract}/" in read(
        f"/v/{village.code}/contracts/{line.contract_number}/"
    )
    assert f"/p/{line.contract}/" in read(f"/p/{line.publication}/")
    assert "合同" in read(f"/p/{line.contract}/")


def test_a_paper_that_came_later_takes_the_mark_of_the_missing_away(village, read):
    number = _pay_without_paper(world := village.world, village.paid)
    month = number[:7]
    run_once(world.at)
    page = money(village.code, month)
    (line,) = [one for one in page.lines if one.number == number]
    assert line.lacks_paper
    assert "缺单据" in read(f"/v/{village.code}/money/?month={month}")
    by = world.who("bookkeeper")
    attach_paper(
        village=village.code,
        number=number,
        paper=world.paper("收据"),
        by=by,
        office="bookkeeper",
        at=world.at,
    )
    run_once(world.at)
    (line,) = [one for one in money(village.code, month).lines if one.number == number]
    assert line.papers == 1 and not line.lacks_paper
    assert "缺单据" not in read(f"/v/{village.code}/money/?month={month}")
    assert "补交的单据" in read(f"/p/{line.publication}/")


def _pay_without_paper(world, case: str) -> str:
    """A payment as an import from older books writes it: with its lines, without a paper."""
    by, chart, amount = world.who("bookkeeper"), books.chart(world.day), Money(100)
    draft = writing.Draft(
        kind="payment", occurred_on=world.day, month=f"{world.day:%Y-%m}", summary="零星开支", amount=amount, case=case, decision="0", party="某商店",
        expense=amount, lines=transfer(debit=chart.expense, credit=chart.bank, amount=amount),
    )  # fmt: skip
    with transaction.atomic():
        book = writing.lock_book(VILLAGE)
        return writing.write_voucher(book, chart, draft, by=by, office="bookkeeper", at=world.at).number
