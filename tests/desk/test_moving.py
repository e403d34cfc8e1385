"""Moving a case to a newer edition at the desk: offered to whoever may, done or refused in words."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingbai.cases import queries as cases
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
POWER, CHART = "village-fund-approval", "procedures/fund-approval.yaml"
WITNESS, CLERK, FINANCE = "village_group_leader", "village_clerk", "district_finance"


@pytest.fixture
def client(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str) -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open


@pytest.fixture
def case(world) -> str:
    number = world.open("打印机", power=POWER)
    world.do(number, "request", amount="800.00")
    return number


def enact(world, old: str, new: str, *, word: bool = False) -> int:
    files = dict(catalogue.latest().files)
    files[CHART] = re.sub(rf"\b{old}\b", new, files[CHART]) if word else files[CHART].replace(old, new, 1)
    begins = world.day.fromordinal(world.day.toordinal() + 1)
    return confirm_edition(files=files, since=begins, by_person="", office="", at=world.at).number


def text(client: Client, case: str) -> str:
    answer = client.get(f"/desk/cases/{case}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_newer_edition_is_offered_from_its_day_to_whoever_may_move_the_case(world, client, case) -> None:
    edition = enact(world, "title: 记账核对", "title: 记账对账")
    assert "移到新版" not in text(client(WITNESS), case)
    world.wait(2)
    assert f"移到第 {edition} 版" in text(client(WITNESS), case)
    assert "移到新版" not in text(client(CLERK), case)
    browser = client(WITNESS)
    with CaptureQueriesContext(connection) as asked:
        text(browser, case)
    # Beside the two that find out who is signed in.
    assert len(asked) - 2 <= MOST_QUERIES, [one["sql"] for one in asked]


def test_the_case_goes_on_under_the_edition_that_was_chosen(world, client, case) -> None:
    edition = enact(world, "title: 记账核对", "title: 记账对账")
    world.wait(2)
    answer = client(WITNESS).post(
        f"/desk/cases/{case}/migrate/", {"edition": str(edition), "reason": "新版少跑一趟"}
    )
    assert answer.status_code == 302 and cases.case(case).edition == edition
    assert "移到新版" not in text(client(WITNESS), case)


def test_what_cannot_be_moved_is_refused_in_words_and_stays(world, client, case) -> None:
    edition = enact(world, "title: 记账核对", "title: 记账对账")
    world.wait(2)
    path = f"/desk/cases/{case}/migrate/"
    for office, entered, said in (
        (WITNESS, {"edition": str(edition), "reason": " "}, "没有写明"),
        (WITNESS, {"edition": "", "reason": "新版"}, "还没有选移到哪一版"),
        (WITNESS, {"edition": "9" * 40, "reason": "新版"}, "还没有选移到哪一版"),
        (WITNESS, {"edition": "9", "reason": "新版"}, "没有第 9 版"),
        (CLERK, {"edition": str(edition), "reason": "新版"}, "由当前环节的经办人或者制定单位办理"),
    ):
        answer = client(office).post(path, entered)
        assert answer.status_code == 422 and said in answer.content.decode(), entered
    assert cases.case(case).edition == 1


def test_a_step_that_is_called_otherwise_is_named_by_whoever_moves_the_case(world, client, case) -> None:
    edition = enact(world, "request", "ask", word=True)
    world.wait(2)
    page = text(client(WITNESS), case)
    assert 'name="as-request"' in page and '<option value="ask">经手人提出用款</option>' in page
    entered = {"edition": str(edition), "reason": "步骤换了名字", "as-request": ""}
    refused = client(WITNESS).post(f"/desk/cases/{case}/migrate/", entered)
    assert refused.status_code == 422 and "新的流程图没有“经手人提出用款”这一步" in refused.content.decode()
    moved = client(FINANCE).post(f"/desk/cases/{case}/migrate/", {**entered, "as-request": "ask"})
    assert moved.status_code == 302, moved.content.decode()
    assert [step.step for step in cases.case(case).done] == ["ask"]
