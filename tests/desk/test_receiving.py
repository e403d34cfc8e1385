"""收款 at the desk: to a registered account, on a contract, in one act; a deposit kept and a letter on the contract's page."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.cases.services.performing import enter_voucher
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.services.accounts import register_bank_account
from mingbai.organisations import queries as organisations
from mingbai.organisations.models import User
from mingbai.registers.queries.agreed import agreed, letters, performed

sys.path.insert(0, str(Path(__file__).parents[1] / "registers"))
from payments_ground import PARTY, lease, resolution

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
HERE = f"/desk/ledger/{VILLAGE}/receive/"


def photo(shade: int) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), (shade, 3, 5)).save(out, "PNG")
    return SimpleUploadedFile("ht.png", out.getvalue(), "image/png")


@pytest.fixture
def desk(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = "bookkeeper") -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open


def say(client, world, number: str, **more):
    given = {
        "amount": "1,000.00", "payer": PARTY, "payer_kind": "firm", "contract": f"{number} {PARTY}", "method": "bank",
        "day": world.day.isoformat(), "account": "501 经营收入", "paper": photo(7), **more,
    }  # fmt: skip
    return client.post(HERE, given)


def test_money_that_came_in_is_entered_once_in_book_and_contract(
    desk, world, django_assert_max_num_queries
) -> None:
    number, client = lease(world, deposit=Money.parse("500.00")), desk()
    register_bank_account(
        village=VILLAGE, holder=f"{organisations.division(VILLAGE).name}民委员会", number="62280000001234", bank="农商行",
        since=world.day, by=world.who("bookkeeper"), office="bookkeeper", at=world.at,
    )  # fmt: skip
    with django_assert_max_num_queries(12):
        page = client.get(f"{HERE}?contract={number}").content.decode()
    assert "农商行 …1234" in page and f"{number} {PARTY}" in page and "501 " in page
    stands = books.money_left(VILLAGE)
    for wrong, said in (
        ({"into_account": "6228999"}, "不是本村登记的账户"), ({"payer": "别人"}, "不是合同的对方"),
        ({"amount": "9,000.01"}, "超过合同余下的"), ({"due": "2020-01-01"}, "没有2020-01-01这一期"), ({"day": ""}, "没有写业务日期"),
    ):  # fmt: skip
        refused = say(client, world, number, **wrong)
        assert refused.status_code == 422 and said in refused.content.decode()
    assert books.money_left(VILLAGE) == stands and performed(number) == 0
    assert say(client, world, number, into_account="62280000001234").status_code == 302
    deposit = say(client, world, number, what="deposit", amount="500.00", paper=photo(8))
    assert deposit.status_code == 302 and performed(number) == 100000
    assert books.money_left(VILLAGE).fen == stands.fen + 150000
    assert desk("village_clerk").get(HERE).status_code == 404


def test_a_letter_and_a_kept_deposit_on_the_contracts_page(
    desk, world, django_assert_max_num_queries
) -> None:
    number, client, today = lease(world, deposit=Money.parse("500.00")), desk(), world.day.isoformat()
    here = f"/desk/contracts/{VILLAGE}/{number}/"
    assert say(client, world, number, what="deposit", amount="500.00").status_code == 302
    letter = {"do": "letter", "on": today, "name": "淮上公司", "party_kind": "firm", "paper": photo(9)}
    assert client.post(here, letter).status_code == 302 and letters(number, world.day) == ("淮上公司",)
    keep = {"do": "keep", "on": today, "amount": "500.00", "basis": "没有", "paper": photo(10)}
    assert client.post(here, keep).status_code == 422
    assert client.post(here, {**keep, "basis": resolution(world), "paper": photo(11)}).status_code == 302
    assert agreed(number, world.day).deposit.held == 0
    with django_assert_max_num_queries(12):
        assert "押金不退" in client.get(here).content.decode()


def test_a_clerk_takes_a_wrong_receipt_back_and_the_contract_with_it(desk, world) -> None:
    number, client = lease(world), desk()
    wrong = say(client, world, number).url
    assert performed(number) == 100000 and desk("village_clerk").post(wrong, {}).status_code == 404
    assert client.post(wrong, {"reason": "", "paper": photo(3)}).status_code == 422 and performed(number)
    done = client.post(wrong, {"reason": "金额看错", "paper": photo(3)})
    assert done.status_code == 302 and performed(number) == 0
    page = client.get(wrong).content.decode()
    assert "已经冲销" in page and done.url in page and "冲销这张凭证" not in page


def test_a_voucher_of_the_book_is_entered_on_a_contract_within_its_sum(desk, world) -> None:
    number, client = lease(world), desk()
    posted = unquote(say(client, world, number, contract="", purpose="租金").url).split("/")[-2]
    here, pay = f"/desk/contracts/{VILLAGE}/{number}/", {"do": "pay", "on": world.day.isoformat()}
    for wrong, said in (
        ({"voucher": "2026-09-记-99", "amount": "1.00"}, "账簿中没有凭证"),
        ({"voucher": posted, "amount": "1,000.01"}, "还没有记到合同上的只有1,000.00元"),
    ):
        refused = client.post(here, {**pay, **wrong})
        assert refused.status_code == 422 and said in refused.content.decode()
    assert client.post(here, {**pay, "voucher": posted, "amount": "600.00"}).status_code == 302
    other = lease(world)
    with pytest.raises(Refused, match="只有400.00元"):
        enter_voucher(
            village=VILLAGE, number=other, voucher=posted, amount=Money.parse("400.01"), on=world.day,
            by=world.who("bookkeeper"), at=world.at,
        )  # fmt: skip
    assert (performed(number), performed(other)) == (60000, 0)
