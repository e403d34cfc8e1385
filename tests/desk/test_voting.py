"""Voting from afar and signing in oneself, as a browser sees it: what it is told, what is kept of it, what is not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "meetings"))
from away import THEN, Away, prepare

from mingbai.desk.views import voting
from mingbai.meetings import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(db, monkeypatch):
    """The vote is open, the clock stands in the hour of the meeting, and nobody has guessed yet."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: THEN)
    monkeypatch.setattr(voting._GUESSES, "_wrong", {})
    return Away(prepare()).open()


def post(**said: str):
    return Client().post("/vote/", said)


def words(page) -> str:
    return re.sub(r"<[^>]+>", "", page.content.decode())


def test_a_ballot_from_the_code_to_the_receipt(away) -> None:
    code = away.codes()[0]
    assert "远程投票" in words(Client().get("/vote/"))
    page = post(code=code.lower().replace("-", " "), do="find")
    assert page.status_code == 200 and "用二十万元集体资金入股粮食烘干厂" in words(page)
    assert all(one in words(page) for one in ("农村集体经济组织成员大会", "同意", "反对", "弃权"))
    sure = post(code=code, choice="against", do="choose")
    assert "您选的是：反对" in words(sure) and services.ballot(code).spent is False
    done = post(code=code, choice="against", do="cast")
    receipt = done.context["cast"].receipt
    assert done.status_code == 200 and receipt in words(done) and code not in done.content.decode()
    told = Client().post("/vote/receipt/", {"receipt": receipt.lower()})
    assert "您的票计入了。表决还没有结束" in words(told) and "反对" not in words(told)
    again = post(code=code, choice="agree", do="cast")
    assert again.status_code == 422 and "已经投过了" in words(again)
    assert away.close().against == 1
    assert "表决已经结束" in words(Client().post("/vote/receipt/", {"receipt": receipt}))


def test_nothing_is_kept_in_the_browser_or_on_the_way(away, caplog) -> None:
    code = away.codes()[0]
    for page in (Client().get("/vote/"), post(code=code), post(code=code, choice="agree", do="cast")):
        assert not page.cookies and "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.content.decode())
    assert Client().get(f"/vote/?code={code}").headers["Location"] == "/vote/"
    assert code not in caplog.text


def test_a_choice_left_out_is_asked_for_again(away) -> None:
    code = away.codes()[0]
    page = post(code=code, do="choose")
    assert (
        page.status_code == 422 and "没有选同意" in words(page) and 'name="choice"' in page.content.decode()
    )
    assert services.ballot(code).spent is False


def test_the_motion_is_the_one_amended_on_the_floor(db, monkeypatch) -> None:
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: THEN)
    away = Away(prepare())
    away.note("came", people=away.people[:1])
    away.note("amended", item=1, text="用十五万元集体资金入股粮食烘干厂", reason="钱不够")
    page = post(code=away.open(first=1).codes()[0])
    assert "用十五万元" in words(page) and "二十万" not in words(page) and "会上改过文字" in words(page)


def test_after_the_vote_and_with_no_code_it_says_so(away) -> None:
    code = away.codes()[0]
    away.close()
    over = post(code=code, choice="agree", do="cast")
    assert over.status_code == 422 and "已经表决完，不能再投" in words(over)
    for typed, told in (
        ("", "还没有输入票码"),
        ("0000-0000-0000-0000", "没有这个票码"),
        ("票" * 300, "没有这个票码"),
    ):
        page = post(code=typed)
        assert page.status_code == 422 and told in words(page)
    none = Client().post("/vote/receipt/", {"receipt": code})
    assert none.status_code == 422 and "没有找到这张回执" in words(none)


def test_guessing_is_bounded_and_never_keeps_a_voter_out(away) -> None:
    code = away.codes()[0]
    answers = [post(code=f"{guess:016d}").status_code for guess in range(200)]
    assert answers[:120] == [422] * 120 and set(answers[120:]) == {429}
    assert Client().post("/vote/receipt/", {"receipt": "1" * 16}).status_code == 429
    assert (
        post(code=code).status_code == 200 and post(code=code, choice="agree", do="cast").status_code == 200
    )


def test_so_few_that_the_sums_tell_are_warned(db, monkeypatch) -> None:
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: THEN)
    alone = Away(prepare(), here=4, away=1).open()
    assert "只有您一人远程投票" in words(post(code=alone.codes()[0]))
