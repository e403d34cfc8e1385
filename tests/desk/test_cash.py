"""Cash, advances and transfers at the desk: who sees them, what they say, settling, making and answering a file."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from PIL import Image

from mingbai.cases import queries as cases
from mingbai.ledger.queries import handling
from mingbai.ledger.queries import transfers as files
from mingbai.organisations import queries as organisations
from mingbai.organisations.models import User
from mingbai.organisations.services import add_person

pytestmark = pytest.mark.django_db
VILLAGE, POWER, FIRM = "340311104201", "village-fund-approval", "蚌埠市禾丰建筑队"
PAGE = f"/desk/cash/{VILLAGE}/"
OURS, THEIRS = "34001234567890123456", "6222001234567890123"
PAGES = ("", "look/", "advances/", "transfers/", "transfers/new/", "accounts/")


def paper(shade: int = 1) -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (9, 9), (shade, 3, 5)).save(picture, "PNG")
    return SimpleUploadedFile("fp.png", picture.getvalue(), "image/png")


@pytest.fixture
def desk(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
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


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def ready(world, yuan: str = "800.00", **more: str) -> str:
    number = world.open("打印纸", power=POWER)
    world.do(number, "request", amount=yuan, **more)
    world.wait()
    world.forward(number, "pay", amount=yuan)
    return number


def advanced(world) -> str:
    """An advance of 800 yuan to 孙小圩, paid."""
    if not organisations.named(VILLAGE, "孙小圩"):
        add_person(name="孙小圩", village=VILLAGE, by=world.who("bookkeeper"), at=world.at)
    due = (world.day + timedelta(days=20)).isoformat()
    number = ready(
        world,
        use="advance",
        advance_kind="purchase",
        advance_person="孙小圩",
        payee_name="孙小圩",
        due_on=due,
    )
    world.do(number, "pay", amount="800.00", payee="孙小圩")
    return handling.advances(VILLAGE, world.day)[0].number


def test_cash_is_seen_by_offices_and_handled_by_the_keeper(desk):
    reader = desk("village_clerk")
    assert [reader.get(PAGE + one).status_code for one in PAGES] == [200] * len(PAGES)
    for one in ("transfers/new/", "accounts/"):
        assert reader.post(PAGE + one, {"do": "own"}).status_code == 404
    assert "act-form" not in html(reader, f"{PAGE}accounts/")
    assert Client().get(PAGE).status_code == 302
    assert desk().get("/desk/cash/999999999999/").status_code == 404
    assert desk().get("/desk/cash/").url == PAGE
    assert desk().get(f"{PAGE}advances/x/").status_code == 404
    assert desk().get(f"{PAGE}transfers/x/").status_code == 404
    assert "现金和转账" in html(desk(), "/desk/")


def test_a_village_without_a_book_has_no_cash_page(desk):
    other = "/desk/cash/340311104202/"
    center = desk("town_sanzi_center")
    for one in ("", "accounts/"):
        assert center.get(other + one).status_code == 302
    assert "340311104202" in html(center, "/desk/cash/")


def test_the_page_says_what_lies_in_cash_and_what_is_undeposited(desk, django_assert_max_num_queries):
    client, world = desk(), desk.world
    client.post(
        f"/desk/ledger/{VILLAGE}/enter/",
        {"template": "rent_cash", "amount": "600", "day": world.day.isoformat(), "paper": paper()},
    )
    number = advanced(world)
    world.wait(30)
    with django_assert_max_num_queries(12):
        page = html(client, PAGE)
    assert "库存现金 600.00 元" in page and "限额 5,000.00 元" in page and "待确认" in page
    assert "还没有送存银行" in page and "不能拿来付现金" in page
    assert number in page and "孙小圩" in page and "过期" in page


def test_what_is_to_be_looked_at_is_listed(desk, django_assert_max_num_queries):
    """R42 and R46, where they can only be pointed at."""
    client, world = desk(), desk.world
    assert "没有要核对的" in html(client, f"{PAGE}look/")
    world.do(ready(world, payee_name="周大全"), "pay", amount="800.00", payee="周大全")
    chair = world.who("rce_chair").name
    client.post(
        f"/desk/ledger/{VILLAGE}/enter/",
        {
            "template": "rent_due",
            "amount": "60",
            "party": chair,
            "day": world.day.isoformat(),
            "paper": paper(9),
        },
    )
    with django_assert_max_num_queries(12):
        page = html(client, f"{PAGE}look/")
    assert "周大全" in page and chair in page and "60.00" in page


def test_an_advance_is_settled_to_the_fen_at_the_desk(desk, django_assert_max_num_queries):
    client, world = desk(), desk.world
    number = advanced(world)
    assert number in html(client, f"{PAGE}advances/")
    here = f"{PAGE}advances/{number}/"
    with django_assert_max_num_queries(12):
        assert "正好是 800.00 元" in html(client, here)
    told = {
        "account-0": "513 管理费用",
        "spent-0": "700.00",
        "returned": "99.99",
        "day": world.day.isoformat(),
    }
    wrong = client.post(here, {**told, "paper": paper(2)})
    assert wrong.status_code == 422 and "一分不差" in wrong.content.decode()
    assert desk("village_clerk").post(here, told).status_code == 404
    right = client.post(here, {**told, "returned": "100.00", "paper": paper(3)})
    assert right.status_code == 302 and "孙小圩" in html(client, right.url)
    assert "已经结清" in html(client, here) and "没有还没结清" in html(client, f"{PAGE}advances/")


def registered(client: Client, world) -> None:
    day, place = world.day.isoformat(), organisations.division(VILLAGE)
    for told in (
        {"do": "own", "holder": f"{place.name}村民委员会", "number": OURS, "bank": "某农商行", "day": day},
        {"do": "payee", "payee": FIRM, "number": THEIRS, "bank": "某银行", "day": day, "paper": paper(4)},
    ):
        answer = client.post(f"{PAGE}accounts/", told)
        assert answer.status_code == 302, answer.content.decode()


def test_accounts_are_registered_and_a_private_one_is_refused(desk):
    client, world = desk(), desk.world
    registered(client, world)
    page = html(client, f"{PAGE}accounts/")
    assert "…3456" in page and OURS not in page and THEIRS not in page
    day = world.day.isoformat()
    refused = client.post(
        f"{PAGE}accounts/",
        {"do": "own", "holder": "王会计", "number": "6222000000000", "bank": "某行", "day": day},
    )
    assert refused.status_code == 422 and "集体的钱不能存进去" in refused.content.decode()
    bare = {"do": "payee", "payee": FIRM, "number": THEIRS, "bank": "x", "day": day}
    assert client.post(f"{PAGE}accounts/", bare).status_code == 422
    assert client.post(f"{PAGE}accounts/", {"do": "other"}).status_code == 404
    assert (
        client.post(f"{PAGE}accounts/", {"do": "firm", "firm": FIRM, "name": "谁", "words": "x"}).status_code
        == 422
    )


def test_a_cadres_firm_is_filed_declared_and_then_paid(desk):
    client, world = desk(), desk.world
    chair = world.who("rce_chair").name
    filed = client.post(f"{PAGE}accounts/", {"do": "firm", "firm": FIRM, "name": chair, "words": "本人申报"})
    assert filed.status_code == 302
    number = ready(world)
    with pytest.raises(Exception, match="还没有申报"):
        world.do(number, "pay", amount="800.00")
    told = {
        "do": "declare",
        "case": number,
        "payee": FIRM,
        "kind": "kin",
        "words": "理事长的企业，他没有经手",
    }
    assert client.post(f"{PAGE}accounts/", told).status_code == 302
    assert client.post(f"{PAGE}accounts/", told).status_code == 422
    assert client.post(f"{PAGE}accounts/", {**told, "case": "x"}).status_code == 422
    world.do(number, "pay", amount="800.00")


def make(client: Client, number: str, amount: str = "800.00"):
    key = f"{number}:pay"
    return client.post(
        f"{PAGE}transfers/new/", {"pick": key, f"amount-{key}": amount, "account": OURS, "layout": "common"}
    )


def sheet(rows: list[list[object]]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("a.xlsx", out.getvalue())


def test_a_file_is_made_downloaded_answered_and_the_payment_entered(desk, django_assert_max_num_queries):
    client, world = desk(), desk.world
    registered(client, world)
    number = ready(world)
    with django_assert_max_num_queries(12):
        page = html(client, f"{PAGE}transfers/new/")
    assert FIRM in page and "800.00" in page and "…0123" in page and "disabled" not in page
    assert make(client, number, "800.01").status_code == 422
    assert make(client, number, "=1").status_code == 422
    made = make(client, number)
    assert made.status_code == 302
    file = made.url.strip("/").rsplit("/", 1)[1]
    assert make(client, number).status_code == 422
    text = client.get(f"{made.url}?as=csv")
    assert THEIRS in text.content.decode("gb18030") and file in text.headers["Content-Disposition"]
    assert client.get(f"{made.url}?as=xlsx").content[:2] == b"PK"
    assert desk("village_clerk").get(f"{made.url}?as=csv").status_code == 404
    with django_assert_max_num_queries(12):
        assert THEIRS not in html(client, made.url)
    heading, day = ["业务编号", "金额", "处理结果", "失败原因"], world.day.isoformat()
    assert client.post(made.url, {"day": day}).status_code == 422
    wrong = sheet([heading, [f"{file}-001", 800.5, "成功", None]])
    assert client.post(made.url, {"day": day, "file": wrong}).status_code == 422
    good = sheet([heading, [f"{file}-001", 800.0, "成功", None]])
    assert client.post(made.url, {"day": day, "file": good}).status_code == 302
    assert "登记付款" in html(client, made.url) and "都付了" in html(client, f"{PAGE}transfers/")
    world.do(number, "pay", amount="800.00")
    assert [one.answer for one in files.lines(VILLAGE, file)] == ["done"]


def test_what_the_bank_has_not_answered_is_on_the_first_page(desk):
    client, world = desk(), desk.world
    registered(client, world)
    made = make(client, ready(world))
    world.wait(5)
    page = html(client, PAGE)
    assert "银行没有回话" in page and made.url.strip("/").rsplit("/", 1)[1] in page
    refused = SimpleUploadedFile(
        "a.csv", f"业务编号,处理结果\n{made.url.split('/')[-2]}-001,退回\n".encode("gb18030")
    )
    assert client.post(made.url, {"day": world.day.isoformat(), "file": refused}).status_code == 302
    assert "1 笔退回" in html(client, f"{PAGE}transfers/")


def test_the_case_says_who_signed_and_who_is_still_to_sign(desk, django_assert_max_num_queries):
    client, world = desk(), desk.world
    number = world.open("打印纸", power=POWER)
    world.do(number, "request", amount="3000.00")
    world.wait()
    world.forward(number, "approval__supervise_review", amount="3000.00")
    page = html(client, f"/desk/cases/{number}/")
    assert "谁签过、还等谁" in page and "正等着签" in page and "超过的要联签" in page
    assert world.who("village_group_leader").name in page and cases.case(number).here
