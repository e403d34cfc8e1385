"""清单体检 at the desk: a department sees what it must decide first; nobody else is let in."""

from __future__ import annotations

import pytest
from django.test import Client

from mingbai.catalogue.queries import current, latest
from mingbai.catalogue.services import confirm_edition
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
CLERK, HEALTH = "village_clerk", "district_health"


@pytest.fixture
def page(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def read(office: str, path: str = "/desk/linter/") -> str:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(path)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_a_department_reads_first_what_it_must_decide(page) -> None:
    text = page(HEALTH)
    mine, others = text.split("别的单位定", 1)
    assert "等您单位定" in mine and "计划生育办证" in mine and "在附件2拆成第18、19项" in mine
    assert "附件2第8项“发展党员”，附件1没有对应的行" in others
    assert "依据：" in mine and "第三部分(一)" in mine
    assert "现行法叫“特困人员”" in others and "社会救助法第15条、第16条" in others


def test_whoever_decides_nothing_sees_all_in_one_list(page) -> None:
    text = page(CLERK)
    assert "等您单位定" not in text and "计划生育办证" in text and "发展党员" in text


def test_the_desk_leads_departments_there_and_nobody_else(page) -> None:
    assert "/desk/linter/" in page(HEALTH, "/desk/")
    assert "/desk/linter/" not in page(CLERK, "/desk/")


def test_a_list_confirmed_but_not_yet_in_force_is_not_what_the_page_shows(world, page) -> None:
    before = page(HEALTH)
    assert "网页上的还没有换" not in before
    files = dict(current(world.day).files)
    name = "powers/18-family-planning-reward.yaml"
    files[name] = files[name].replace("年满60周岁", "年满61周岁")
    since = world.day.replace(year=world.day.year + 1)
    confirm_edition(files=files, since=since, by_person="", office="", at=world.at)
    assert latest().number == current(world.day).number + 1
    after = page(HEALTH)
    assert "第18项“农村计划生育家庭奖励扶助”已经改了，网页上的还没有换" in after.split("别的单位定", 1)[0]


def test_without_signing_in_nothing_is_shown(db) -> None:
    assert Client().get("/desk/linter/").status_code == 302
