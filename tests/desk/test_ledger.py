"""The ledger at the desk: who reads, who keeps it, entering by a sentence or by lines, and closing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from PIL import Image

from mingbai.evidence.models import Paper
from mingbai.kernel import Money
from mingbai.ledger import queries as books
from mingbai.ledger.rules.reconciling import StatementLine
from mingbai.ledger.services.statements import take_statement
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
BOOK = f"/desk/ledger/{VILLAGE}/"
PAGES = ("", "cash/", "bank/", "reconciliation/", "trial/", "statements/", "subaccounts/")


def paper(shade: int = 1) -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (9, 9), (shade, 3, 5)).save(picture, "PNG")
    return SimpleUploadedFile("fp.png", picture.getvalue(), "image/png")


@pytest.fixture
def book(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock; the village has 800,000 yuan in the bank."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = "bookkeeper") -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    open.world = world
    return open


def enter(client: Client, **values):
    values.setdefault("paper", paper())
    return client.post(f"{BOOK}enter/", {"day": "2026-09-01", **values})


def test_the_book_is_read_by_offices_and_kept_by_its_keeper(book):
    reader = book("village_clerk")
    assert [reader.get(BOOK + page).status_code for page in PAGES] == [200] * len(PAGES)
    assert reader.get(f"{BOOK}enter/").status_code == 404
    assert reader.post(f"{BOOK}close/", {"month": "2026-08"}).status_code == 404
    assert reader.post(f"{BOOK}subaccounts/", {"account": "112", "name": "甲"}).status_code == 404
    assert "/enter/" not in reader.get(BOOK).content.decode()
    assert Client().get(BOOK).status_code == 302
    assert book().get("/desk/ledger/999999999999/").status_code == 404


def test_a_sentence_and_a_sum_make_a_voucher(book):
    client = book()
    assert "收到租金、承包费（银行）" in client.get(f"{BOOK}enter/").content.decode()
    assert 'value="102 银行存款"' in client.get(f"{BOOK}enter/?template=rent_bank").content.decode()
    answer = enter(client, template="rent_bank", amount="1,200.50", party="某合作社")
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert (
        "壹仟贰佰元伍角" in page and "102 银行存款" in page and "501 经营收入" in page and "某合作社" in page
    )
    journal = client.get(f"{BOOK}bank/?month=2026-09").content.decode()
    assert "1,200.50" in journal and "801,200.50" in journal
    assert books.money_left(VILLAGE) == Money.parse("801200.50")
    again = client.get(f"{BOOK}enter/?template=rent_bank").content.decode()
    assert '<option value="某合作社">' in again, "whom the village deals with is offered"


def test_lines_are_typed_and_money_cannot_go_out_by_them(book):
    client = book()
    assert client.get(f"{BOOK}enter/?mode=lines").status_code == 200
    lines = {
        "mode": "lines", "summary": "折旧", "account-0": "513 管理费用", "debit-0": "30",
        "account-1": "511", "debit-1": "20", "account-2": "152 累计折旧", "credit-2": "50",
    }  # fmt: skip
    assert enter(client, **lines).status_code == 302
    papers = Paper.objects.count()
    refused = enter(client, **{**lines, "account-2": "102"}, paper=paper(2))
    assert refused.status_code == 422 and "没有决定" in refused.content.decode()
    assert 'value="511"' in refused.content.decode()
    assert Paper.objects.count() == papers
    assert [one.number for one in books.vouchers(VILLAGE, "2026-09")][1:] == ["2026-09-记-1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"template": "rent_bank", "amount": "1,2"},
        {"template": "rent_bank", "amount": "5", "day": "9月1日"},
        {"template": "rent_bank", "amount": "5", "credit": "999"},
        {"mode": "lines", "summary": "x"},
        {"mode": "lines", "summary": "x", "account-0": "", "debit-0": "1"},
        {"mode": "draw", "amount": "999999"},
    ],
)
def test_what_cannot_be_entered_comes_back_with_the_reason(book, wrong):
    answer = enter(book(), **wrong)
    assert answer.status_code == 422 and 'id="refusal"' in answer.content.decode()
    assert [one.kind for one in books.vouchers(VILLAGE, "2026-09")] == ["opening"]


def test_cash_is_drawn_and_banked(book):
    client = book()
    assert enter(client, mode="draw", amount="100").status_code == 302
    assert enter(client, mode="bank", amount="40", paper=paper(2)).status_code == 302
    assert ">60.00<" in client.get(f"{BOOK}cash/?month=2026-09").content.decode()


def test_no_paper_no_entry(book):
    answer = book().post(f"{BOOK}enter/", {"day": "2026-09-01", "template": "rent_bank", "amount": "5"})
    assert answer.status_code == 422 and "原始凭证" in answer.content.decode()


def test_a_month_is_closed_and_what_comes_late_goes_into_an_open_one(book):
    client = book()
    book.world.wait(40)
    assert "结 2026-09 的账" in client.get(BOOK).content.decode()
    assert client.post(f"{BOOK}close/", {"month": "2026-09"}).status_code == 302
    assert client.post(f"{BOOK}close/", {"month": "2026-09"}).status_code == 422
    late = enter(client, template="rent_bank", amount="7", day="2026-09-20")
    assert late.status_code == 302 and "2026-10" in late.url
    assert books.voucher(VILLAGE, "2026-10-记-1").occurred_on == date(2026, 9, 20)
    assert client.post(f"{BOOK}close/", {"what": "year", "year": "2026"}).status_code == 422


def test_a_subaccount_is_added_and_used(book):
    client = book()
    added = client.post(
        f"{BOOK}subaccounts/", {"account": "112 应收款", "name": "某合作社", "since": "2026-09-01"}
    )
    assert added.status_code == 302 and "11201" in client.get(f"{BOOK}subaccounts/").content.decode()
    again = client.post(f"{BOOK}subaccounts/", {"account": "112", "name": "某合作社", "since": "2026-09-01"})
    assert again.status_code == 422
    answer = enter(client, template="rent_due", amount="9", debit="11201 某合作社")
    assert "应收款—某合作社" in client.get(answer.url).content.decode()


def test_statements_on_the_screen_and_as_a_workbook(book):
    client = book()
    enter(client, template="rent_bank", amount="100")
    page = client.get(f"{BOOK}statements/?period=2026Q3").content.decode()
    assert "800,100.00" in page and "净收益" in page
    sheet = client.get(f"{BOOK}statements/?period=2026Q3&as=xlsx")
    assert len(load_workbook(io.BytesIO(sheet.content)).sheetnames) == 4
    for wrong in ("x", "2026-07", "2026-13"):
        assert client.get(f"{BOOK}statements/?period={wrong}").status_code == 422


def test_a_village_without_a_book_says_so(book):
    client = book("town_sanzi_center")
    other = "340311104202"
    assert "还没有建账" in client.get(f"/desk/ledger/{other}/").content.decode()
    for page in ("cash/", "trial/", "enter/", "subaccounts/"):
        assert client.get(f"/desk/ledger/{other}/{page}").status_code == 302
    assert client.get(f"/desk/ledger/{other}/statements/").status_code == 422
    assert client.get(f"{BOOK}enter/").status_code == 200


def test_an_unknown_voucher_is_not_there(book):
    assert book().get(f"{BOOK}vouchers/2026-09-记-9/").status_code == 404


def test_a_month_is_paged_and_the_balance_is_carried_on(book, monkeypatch):
    from mingbai.ledger.queries import journals

    client = book()
    for shade in range(3):
        enter(client, template="rent_bank", amount="1", paper=paper(shade))
    first = journals.journal_page(VILLAGE, "102", "2026-09", limit=2)
    second = journals.journal_page(VILLAGE, "102", "2026-09", first.following, limit=2)
    assert (first.brought, second.brought) == (80_000_000, 80_000_200)
    assert (second.lines[-1].balance, second.closing, second.following) == (80_000_300, 80_000_300, 0)
    page, following = journals.vouchers_page(VILLAGE, "2026-09", limit=2)
    assert ([one.number[-1] for one in page], following) == (["1", "2"], 2)
    assert [one.number[-1] for one in journals.vouchers_page(VILLAGE, "2026-09", 2, 2)[0]] == ["3"]
    assert client.get(f"{BOOK}?after=2&month=2026-09").content.decode().count("2026-09-记-3") >= 1


def test_the_clock_of_a_year(book):
    client, world = book(), book.world
    enter(client, template="rent_bank", amount="100")
    world.wait(130)
    for number in range(9, 12):
        assert client.post(f"{BOOK}close/", {"month": f"2026-{number:02d}"}).status_code == 302
    assert "结转 2026 年收益" in client.get(BOOK).content.decode()
    carried = client.post(f"{BOOK}close/", {"what": "year", "year": "2026"})
    assert "2026-12" in carried.url and client.get(carried.url).status_code == 200
    assert client.post(f"{BOOK}close/", {"month": "2026-12"}).status_code == 302


def test_book_and_bank_stand_side_by_side(book):
    client, by = book(), book.world.who("bookkeeper")
    page = f"{BOOK}reconciliation/"
    assert "还没有导入银行对账单" in client.get(page).content.decode()
    enter(client, template="rent_bank", amount="500")
    line = StatementLine(date(2026, 9, 1), -30_00, 799_970_00, summary="手续费")
    take_statement(village=VILLAGE, account="6222", lines=[line], by=by, at=book.world.at)
    html = client.get(page).content.decode()
    assert "账上已收、银行还没有" in html and "手续费" in html and "-30.00" in html
    assert html.count("800,470.00") == 2, "after adjustment both come to the same"
    assert "对得上" in html and "对不上" not in client.get(BOOK).content.decode()


def test_a_break_is_on_the_book_s_first_page_as_it_was_said_in_public(book, django_assert_max_num_queries):
    line = StatementLine(date(2026, 9, 1), 5_00, 12_345_00, summary="利息")
    by = book.world.who("bookkeeper")
    take_statement(village=VILLAGE, account="6222", lines=[line], by=by, at=book.world.at)
    client = book()
    with django_assert_max_num_queries(12):
        html = client.get(BOOK).content.decode()
    assert "已经公开" in html and "787,660.00" in html
