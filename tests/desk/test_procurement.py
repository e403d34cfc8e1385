"""Buying at the desk: the sum while one types, quotes from the call to the opening, suppliers, what is noticed."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingbai.cases import queries
from mingbai.cases.queries.nearing import near_limit
from mingbai.cases.rules.nearing import is_near
from mingbai.desk.models import Draft
from mingbai.organisations.models import User
from mingbai.procurement.models import Quote
from mingbai.procurement.queries.calls import call_of
from mingbai.procurement.queries.suppliers import firm

sys.path.insert(0, str(Path(__file__).parents[1] / "procurement"))
from buying import VILLAGE, code

pytestmark = pytest.mark.django_db
HANDLER, SUPERVISOR = "village_committee_director", "village_supervision_committee"
MOST_QUERIES = 12


@pytest.fixture
def moment():
    """The instant that the site takes for now, once it is set."""
    return {}


@pytest.fixture
def desk(world, monkeypatch, moment):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: moment.get("now") or world.at)

    def open(office: str) -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open


def printed(page: str) -> str:
    """The code that a page shows."""
    return re.search(r'class="receipt">([0-9A-Z-]+)<', page).group(1)


def test_the_sum_is_told_while_one_types_and_nothing_is_saved(desk, world) -> None:
    first, second = world.open("村道路灯安装"), world.open("村口太阳能路灯安装")
    world.do(first, "request", amount="46,000.00")
    here = f"/desk/cases/{second}/steps/request/"
    browser = desk("village_committee")
    page = browser.get(here).content.decode()
    assert "看看合计" in page and "together.js" in page
    typed = {"project_kind": "works", "amount": "46,000.00", "way": "by_amount", "fund_source": "集体收入"}
    piece = browser.post(here + "together/", typed, headers={"X-Piece": "together"})
    assert "92,000.00" in piece.content.decode() and "<html" not in piece.content.decode()
    assert (
        browser.post(here + "together/", {"amount": "四万"}, headers={"X-Piece": "together"}).content == b""
    )
    whole = browser.post(here + "together/", typed).content.decode()
    assert "92,000.00" in whole and "不能化整为零" in whole and "集体收入" in whole
    assert not Draft.objects.filter(case=second).exists() and queries.case(second).here[0].step == "request"
    assert (
        desk("district_justice").post(f"/desk/cases/{second}/steps/none/together/", typed).status_code == 404
    )


def test_quotes_from_the_call_to_the_award_at_the_desk(desk, world, moment) -> None:
    number = world.open()
    world.forward(number, until="quote")
    here, step = f"/desk/cases/{number}/steps/quote/quotes/", f"/desk/cases/{number}/steps/quote/"
    handler, supervisor = desk(HANDLER), desk(SUPERVISOR)
    shown = handler.get(step).content.decode()
    assert here in shown and 'name="award_price"' not in shown
    deadline = (world.at + timedelta(hours=10)).replace(second=0, microsecond=0)
    local = deadline.astimezone(world.at.tzinfo) + timedelta(hours=8)
    assert handler.post(here, {"do": "call", "deadline": "明天"}).status_code == 422
    assert handler.post(here, {"do": "call", "deadline": f"{local:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert call_of(number, "quote").deadline == deadline
    keys = [printed(one.post(here, {"do": "key"}).content.decode()) for one in (handler, supervisor)]
    assert not [key for key in keys if key in handler.get(here).content.decode()]
    prices = {"蚌埠市禾丰建筑队": "36800", "蚌埠市宏远建筑队": "37,000.00", "五河县长淮建筑队": "38000"}
    for name, price in prices.items():
        page = handler.post(here, {"do": "invite", "uscc": world.supplier(name)}).content.decode()
        given = {"code": printed(page)}
        public = Client()
        assert "东组排水沟修复" in public.post("/quote/", {**given, "do": "find"}).content.decode()
        done = public.post("/quote/", {**given, "do": "give", "amount": price, "note": "含税"})
        assert "封好了" in done.content.decode() and not done.cookies
        assert public.post("/quote/", {**given, "do": "give", "amount": "1"}).status_code == 422
    before = handler.get(here).content.decode()
    assert "36,800.00" not in before and "拆封记录" not in before
    assert handler.post(here, {"do": "open", "code": keys[0]}).status_code == 422
    moment["now"] = deadline
    assert 'id="code"' in handler.get(here).content.decode()
    assert handler.post(here, {"do": "open", "code": keys[1]}).status_code == 422
    assert handler.post(here, {"do": "open", "code": keys[0].lower()}).status_code == 302
    assert "36,800.00" not in handler.get(here).content.decode()
    assert supervisor.post(here, {"do": "open", "code": keys[1]}).status_code == 302
    after = handler.get(here).content.decode()
    assert "36,800.00" in after and "最低的是蚌埠市禾丰建筑队" in after
    world.wait()
    moment["now"] = world.at
    world.do(number, "quote")
    assert queries.case(number).here[0].step == "award_publicity"


def test_a_supplier_takes_its_quote_back_and_a_wrong_code_opens_nothing(desk, world) -> None:
    number = world.open()
    world.forward(number, until="quote")
    here, handler = f"/desk/cases/{number}/steps/quote/quotes/", desk(HANDLER)
    handler.post(here, {"do": "call", "deadline": f"{world.day + timedelta(days=2)}T17:00"})
    for browser in (handler, desk(SUPERVISOR)):
        browser.post(here, {"do": "key"})
    given = printed(handler.post(here, {"do": "invite", "uscc": world.supplier("甲公司")}).content.decode())
    public = Client()
    assert public.get("/quote/?code=1").status_code == 302
    assert (
        public.post("/quote/", {"code": "AAAA-BBBB-CCCC-DDDD", "do": "give", "amount": "1"}).status_code
        == 422
    )
    public.post("/quote/", {"code": given, "do": "give", "amount": "36800"})
    assert "撤回我的报价" in public.post("/quote/", {"code": given, "do": "find"}).content.decode()
    assert "撤回了" in public.post("/quote/", {"code": given, "do": "withdraw"}).content.decode()
    public.post("/quote/", {"code": given, "do": "give", "amount": "35800"})
    assert Quote.objects.count() == 2 and call_of(number, "quote").received == 1
    assert handler.post(here, {"do": "abandon", "reason": "方案改了"}).status_code == 302
    assert "方案改了" in handler.get(here).content.decode()


def test_suppliers_are_registered_and_related_at_the_desk(desk, world) -> None:
    here, browser = f"/desk/procurement/{VILLAGE}/suppliers/", desk("bookkeeper")
    filled = {"uscc": code(1), "name": "甲公司", "legal": "张三", "owner-1": "张三", "percent-1": "60"}
    assert browser.post(here, {**filled, "uscc": code(1)[:-1]}).status_code == 422
    assert browser.post(here, {**filled, "percent-1": "六成"}).status_code == 422
    assert browser.post(here, filled).status_code == 302
    assert firm(code(1)).owners[0].percent == 60
    browser.post(here, {"uscc": code(2), "name": "乙公司", "legal": "李四"})
    related = {"do": "relate", "first": code(1), "second": code(2), "kind": "holding", "reason": "公示信息"}
    assert browser.post(here, related).status_code == 302
    assert browser.post(here, {**related, "kind": "distinct"}).status_code == 422
    assert desk("district_justice").post(here, filled).status_code in (404, 422)


def test_R02_two_awards_just_below_a_limit_within_a_month_are_listed(desk, world) -> None:
    for title in ("东组排水沟修复", "文化广场地砖维修"):
        number = world.open(title)
        given = {"request/amount": "48,000.00", "quote/award_price": "47,000.00", "request/way": "by_amount"}
        world.forward(number, until="award_publicity", **{**given, "request/project_kind": "works"})
    groups = near_limit(VILLAGE, world.day)
    within = (groups[0][1].awarded_on - groups[0][0].awarded_on).days if groups else None
    assert [len(group) for group in groups] == [2] and within <= 30
    page = desk("bookkeeper").get(f"/desk/procurement/{VILLAGE}/").content.decode()
    assert "贴着限额" in page and "文化广场地砖维修" in page


@pytest.mark.parametrize(
    ("fen", "near"), [(4_500_000, True), (4_499_999, False), (5_000_000, True), (5_000_001, False)]
)
def test_R02_near_is_from_ninety_percent_to_the_limit(fen: int, near: bool) -> None:
    assert is_near(fen, {"procurement_quote_max": 5_000_000}, 90) is near


def test_the_pages_are_for_whoever_may_see_the_village_and_cost_few_queries(desk, world) -> None:
    number = world.open()
    world.forward(number, until="award_publicity")
    browser = desk(HANDLER)
    assert "/desk/procurement/" in browser.get("/desk/").content.decode()
    assert browser.get("/desk/procurement/").status_code in (200, 302)
    assert Client().get(f"/desk/procurement/{VILLAGE}/").status_code == 302
    assert browser.get("/desk/procurement/340311104202/").status_code == 404
    for address in (
        f"/desk/procurement/{VILLAGE}/", f"/desk/procurement/{VILLAGE}/suppliers/", f"/desk/cases/{number}/steps/quote/quotes/",
    ):  # fmt: skip
        browser.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(address).status_code == 200
        assert len(counted) <= MOST_QUERIES, (
            address,
            *[one["sql"][one["sql"].find("FROM") :][:90] for one in counted],
        )
