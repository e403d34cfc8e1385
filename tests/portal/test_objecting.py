"""What became of an objection stands beside the step or line that it is about."""

from __future__ import annotations

import pytest
from django.test import Client

from mingbai.complaints import services
from mingbai.complaints.queries import Line
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.follow import follow
from mingbai.ledger.services import close_period

WORDS = "东组的价钱贵一倍"


@pytest.fixture
def case(world):
    number = world.open()
    world.do(number, "request")
    follow(world.at)
    return number


def lodge(world, **more):
    said = {
        "text": WORDS,
        "remedy": "重新询价",
        "asked": "redo",
        "occurred_on": world.day,
        "at": world.at,
        **more,
    }
    return services.lodge_objection(**said)


def answer(world, number, **more):
    said = {"answer": "已核减三百元", "upheld": True, "by": world.who("town_discipline"), **more}
    services.answer_objection(objection=number, occurred_on=world.day, at=world.at, **said)


def page(world, path) -> str:
    follow(world.at)
    answered = Client().get(path)
    assert answered.status_code == 200
    return answered.content.decode()


def completed(case) -> str:
    return next(one.id for one in disclosure.of_case(case) if one.kind == "case.step_completed")


def test_beside_the_step_with_its_answer_and_without_its_words(world, case):
    number = lodge(world, case=case, step="request").objection
    waiting = page(world, f"/cases/{case}/")
    assert number in waiting and "还没有答复" in waiting and "要求：这一步重新办" in waiting
    answer(world, number)
    for path in (f"/cases/{case}/", f"/p/{completed(case)}/"):
        shown = page(world, path)
        assert "有人提了异议，成立" in shown and "已核减三百元" in shown
        assert WORDS not in shown and "重新询价" not in shown
        assert world.who("town_discipline").name not in shown


def test_the_words_only_when_the_sender_wants_them_public(world, case):
    lodge(world, case=case, step="request", open_words=True)
    shown = page(world, f"/cases/{case}/")
    assert WORDS in shown and "重新询价" in shown


def test_beside_a_line_of_the_case_and_not_beside_another(world, case):
    world.open("西组路灯")
    id = completed(case)
    opened = next(one.id for one in disclosure.of_case(case) if one.kind == "case.opened")
    lodged = lodge(world, line=Line(id, disclosure.entry_of(id), "提出需求"))
    assert lodged.objection in page(world, f"/p/{id}/")
    assert lodged.objection not in page(world, f"/p/{opened}/")


def test_beside_a_line_that_is_of_no_case(world):
    world.wait(40)
    close_period(
        village="340311104201", month="2026-09", by=world.who("bookkeeper"), office="bookkeeper", at=world.at
    )
    follow(world.at)
    closed = disclosure.publications(village="340311104201", kind="ledger.period_closed").items[0]
    lodged = lodge(world, line=Line(closed.id, disclosure.entry_of(closed.id), "9月结账"))
    shown = page(world, f"/p/{closed.id}/")
    assert lodged.objection in shown
    answer(world, lodged.objection, upheld=False)
    assert "有人提了异议，不成立" in page(world, f"/p/{closed.id}/")


def test_many_are_folded(world, case):
    for place in range(5):
        lodge(world, case=case, step="request", text=f"{WORDS}{place}")
    assert "一共 5 件异议" in page(world, f"/cases/{case}/")
