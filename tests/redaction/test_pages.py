"""The desk page by which two of the town take something down, and what the public reads then."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingbai.config import clock
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.follow import follow
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
TITLE = "给欧阳演示修房"


def _client(person: str) -> Client:
    user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def opened(world, settings, tmp_path, monkeypatch):
    """The world with a published case whose title names a person; the permalink of its opening."""
    settings.MINGBAI_DATA = tmp_path
    monkeypatch.setattr(clock, "now", lambda: world.at)
    browser = _client(world.who("village_committee").person)
    answer = browser.post("/desk/cases/open/", {"what": "procurement-small-works", "title": TITLE})
    assert answer.status_code == 302
    follow(world.at)
    return world, disclosure.of_case(answer.url.split("/")[3])[0].id


def test_two_of_the_town_take_it_down_and_the_public_reads_that_and_why(opened):
    world, id = opened
    first, second = (_client(world.who(office).person) for office in ("town_sanzi_center", "town_discipline"))
    assert "/desk/withdrawals/" in first.get("/desk/").content.decode()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = first.get("/desk/withdrawals/", {"publication": f"http://x/p/{id}/"}).content.decode()
    assert TITLE in page and len(seen) <= 12
    refused = first.post("/desk/withdrawals/", {"publication": id, "what": "", "reason": "写了 13800138000"})
    assert refused.status_code == 422 and "个人电话号码" in refused.content.decode()
    assert (
        first.post(
            "/desk/withdrawals/", {"publication": id, "what": "", "reason": "写了困难户的姓名"}
        ).status_code
        == 302
    )
    mine, theirs = (
        first.get("/desk/withdrawals/").content.decode(),
        second.get("/desk/withdrawals/").content.decode(),
    )
    assert "等另一个人核对" in mine and "核对过，撤下" not in mine and "核对过，撤下" in theirs
    asked = theirs.split('name="asked" value="')[1].split('"')[0]
    assert first.post("/desk/withdrawals/", {"asked": asked, "do": "down"}).status_code == 422
    assert second.post("/desk/withdrawals/", {"asked": asked, "do": "down"}).status_code == 302
    follow(world.at)
    page = Client().get(f"/p/{id}/").content.decode()
    assert TITLE not in page and "写了困难户的姓名" in page and "撤下了它" in page
    said = Client().get(f"/p/{disclosure.publication(id).withdrawn['by']}/").content.decode()
    assert "撤下误公开的个人信息" in said and "写了困难户的姓名" in said and "撤下的那一条" in said
    assert TITLE not in Client().get(f"/cases/{disclosure.publication(id).case}/").content.decode()
    assert Client().get(f"/p/{id}.json").status_code == 404


def test_a_village_has_no_such_page_and_another_town_reaches_nothing(opened):
    world, id = opened
    village = _client(world.who("village_committee").person)
    assert village.get("/desk/withdrawals/").status_code == 404
    assert "/desk/withdrawals/" not in village.get("/desk/").content.decode()
    town = _client(world.who("town_sanzi_center").person)
    assert "没有找到" in town.get("/desk/withdrawals/", {"publication": "340311105201-1"}).content.decode()


def test_the_public_reads_why_a_text_is_masked(world, settings, tmp_path, monkeypatch):
    from mingbai.journal.events import TypedField
    from mingbai.journal.services import record

    settings.MINGBAI_DATA = tmp_path
    fields = [TypedField("what", "看到的情况", "text", "欧阳演示患尿毒症")]
    record(act="finding.raised", village="340311104201", subject="finding:1", actor="", office="",
           occurred_on=world.day, at=world.at, fields=fields, data={"rule": "R68"})  # fmt: skip
    follow(world.at)
    found = disclosure.findings()[0]
    page = Client().get(f"/p/{found.id}/").content.decode()
    assert "尿毒症" not in page and "医疗健康是敏感个人信息" in page and "不是漏写" in page
    assert "中华人民共和国个人信息保护法第28条" in page
