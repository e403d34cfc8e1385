"""Files at the desk: handed in, looked at with every fault, taken once, with a receipt; and files to take away."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from mingbai.exchange.models import HeaderMap, ReceiptRow
from mingbai.ledger import queries as books
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
PAGE = f"/desk/import/{VILLAGE}/"
HEAD = "日期,凭证号,摘要,科目编码,科目名称,往来单位,借方金额,贷方金额"
RENT = "2026-09-01,记-1,收到租金,102,,甲合作社,1200.50,\n2026-09-01,记-1,收到租金,501,,甲合作社,,{}"


@pytest.fixture
def browser(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = "bookkeeper") -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open


def hand_in(client: Client, text: str, kind: str = "vouchers", **more):
    file = SimpleUploadedFile("九月.csv", text.encode("gb18030"))
    return client.post(PAGE, {"kind": kind, "file": file, **more}, follow=True)


def test_a_file_is_looked_at_first_and_then_taken_once_under_a_receipt(browser):
    client = browser()
    looked = hand_in(client, f"{HEAD}\n{RENT.format('1200.50')}")
    page = looked.content.decode()
    assert looked.status_code == 200 and "看过了，登记" in page and "1,200.50" in page and "九月.csv" in page
    assert not ReceiptRow.objects.exists() and "查过了，还没有登记" in client.get(PAGE).content.decode()
    done = client.post(f"{PAGE}look/", follow=True)
    receipt = ReceiptRow.objects.get()
    page = done.content.decode()
    assert receipt.number in page and receipt.digest in page and "2026-09-记-1" in page
    assert receipt.number in client.get(PAGE).content.decode()
    again = hand_in(client, f"{HEAD}\n{RENT.format('1200.50')}").content.decode()
    assert "导入过了" in again and "看过了，登记" not in again
    assert client.post(f"{PAGE}give-up/").status_code == 302
    assert client.get(f"{PAGE}look/").status_code == 302 and ReceiptRow.objects.count() == 1


def test_every_fault_is_shown_by_row_and_column_and_nothing_can_be_taken(browser):
    client = browser()
    looked = hand_in(client, f"{HEAD}\n{RENT.format('一千')}")
    page = looked.content.decode()
    assert looked.status_code == 422 and "“一千”不是金额" in page and "贷方金额" in page
    assert "看过了，登记" not in page
    assert client.post(f"{PAGE}look/").status_code == 422 and not ReceiptRow.objects.exists()


def test_a_header_nobody_knows_is_named_and_remembered(browser):
    client = browser()
    looked = hand_in(client, f"{HEAD.replace('借方金额', '左')}\n{RENT.format('1200.50')}")
    assert looked.status_code == 422 and "没有认得出的表头" in looked.content.decode()
    named = client.post(f"{PAGE}look/", {"map": "1", "map-debit": "左"}, follow=True)
    assert "看过了，登记" in named.content.decode() and not HeaderMap.objects.exists()
    client.post(f"{PAGE}look/")
    assert HeaderMap.objects.get().columns == {"debit": "左"}


@pytest.mark.parametrize(
    ("more", "words"),
    [({"kind": "gold"}, "没有选导入的是什么"), ({"since": "明天"}, "建账日期不是日期")],
)
def test_a_form_filled_wrongly_is_told(browser, more, words):
    kind = more.pop("kind", "balances")
    assert words in hand_in(browser(), HEAD, kind, **more).content.decode()
    assert "还没有选文件" in browser().post(PAGE, {"kind": "vouchers"}).content.decode()


def test_who_keeps_no_book_reads_receipts_and_takes_nothing(browser):
    keeper, reader = browser(), browser("village_clerk")
    hand_in(keeper, f"{HEAD}\n{RENT.format('1200.50')}")
    keeper.post(f"{PAGE}look/")
    number = ReceiptRow.objects.get().number
    page = reader.get(PAGE).content.decode()
    assert number in page and "导入一个文件" not in page
    assert hand_in(reader, f"{HEAD}\n{RENT.format('3')}").status_code == 200
    assert reader.get(f"{PAGE}look/").status_code == 302 and ReceiptRow.objects.count() == 1
    assert reader.get(f"{PAGE}receipts/{number}/").status_code == 200
    assert reader.get(f"{PAGE}receipts/HZ-1/").status_code == 404
    system = {"kind": "vouchers/vouchers-3z", "period": "2026-09", "as": "csv"}
    assert "由记账的人导出" in reader.post(f"{PAGE}export/", system).content.decode()
    sent = keeper.post(f"{PAGE}export/", system)
    assert sent.status_code == 200 and ReceiptRow.objects.filter(way="out").count() == 1
    assert "报出" in keeper.get(PAGE).content.decode()


def test_files_to_take_away(browser):
    client = browser()
    hand_in(client, f"{HEAD}\n{RENT.format('1200.50')}")
    client.post(f"{PAGE}look/")
    got = client.post(f"{PAGE}export/", {"kind": "vouchers", "period": "2026-09", "as": "xlsx"})
    rows = list(load_workbook(io.BytesIO(got.content)).active.iter_rows(values_only=True))
    assert rows[1][:2] == ("2026-09-01", "2026-09-记-1") and "attachment" in got["Content-Disposition"]
    for wrong in ({"as": "exe"}, {"period": "九月"}, {"kind": "gold"}):
        asked = {"kind": "vouchers", "period": "2026-09", "as": "csv", **wrong}
        assert client.post(f"{PAGE}export/", asked).status_code == 422
    assert client.get(f"{PAGE}export/").status_code == 405


def test_pages_are_quick_and_villages_out_of_reach_are_not_there(browser):
    client = browser()
    hand_in(client, f"{HEAD}\n{RENT.format('1200.50')}")
    client.post(f"{PAGE}look/")
    number = ReceiptRow.objects.get().number
    client.get(PAGE)
    for page in (PAGE, f"{PAGE}receipts/{number}/", "/desk/import/"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code in (200, 302)
        assert len(asked) <= 12, [one["sql"] for one in asked]
    assert client.get("/desk/import/340311104202/").status_code == 404
    assert books.check_book(VILLAGE) == ()
