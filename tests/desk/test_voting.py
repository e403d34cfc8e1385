"""Voting from afar and signing in oneself, as a browser sees it: what it is told, what is kept of it, what is not."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "meetings"))
from away import CHAIR, THEN, VILLAGE, Away, prepare

from mingbai.desk.views import arriving, voting
from mingbai.meetings import queries, services
from mingbai.meetings.services.arriving import room_word, sign_in_codes
from mingbai.organisations.models import User
from mingbai.organisations.services import add_person, give_mandate

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


def test_a_form_with_files_in_it_is_not_read(away) -> None:
    code, file = away.codes()[0], SimpleUploadedFile("big.jpg", b"x" * 30_000)
    assert post(code=code, choice="agree", do="cast", file=file).status_code == 400
    assert services.ballot(code).spent is False


def test_so_few_that_the_sums_tell_are_warned(db, monkeypatch) -> None:
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: THEN)
    alone = Away(prepare(), here=4, away=1).open()
    assert "只有您一人远程投票" in words(post(code=alone.codes()[0]))


@pytest.fixture
def desk_of():
    """A browser of somebody who holds an office in a village; the chair writes at the meeting."""

    def open(office: str = "rce_chair", village: str = VILLAGE) -> Client:
        person = add_person(name="李四", village=village, by=CHAIR, at=THEN)
        give_mandate(
            person=person,
            office=office,
            division=village,
            since=date(2026, 1, 1),
            until=None,
            by=CHAIR,
            at=THEN,
        )
        browser = Client()
        user = User.objects.create(username=person[:12], person_id=person)
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open


@pytest.fixture
def desk(away, desk_of):
    """The same, once the vote is open."""
    return desk_of


def codes_of(page) -> list[str]:
    return re.findall(r'class="slip-code">([^<]+)<', page.content.decode())


def test_codes_are_shown_once_and_never_again(away, desk) -> None:
    chair, path = desk(), f"/desk/meetings/{away.number}/items/1/codes/"
    before = chair.get(path)
    assert (
        "12 人远程参加，发 12 张票" in words(before)
        and "两个人一起发" in words(before)
        and not codes_of(before)
    )
    slips = chair.post(path)
    codes = codes_of(slips)
    assert (
        slips.status_code == 200
        and len(set(codes)) == 12
        and slips.content.count(b"data:image/svg+xml") == 12
    )
    assert "no-store" in slips.headers["Cache-Control"]
    assert all(services.ballot(code).open for code in codes)
    assert not any(name in words(slips) for name in map(away.name, away.people))
    for page in (chair.get(path), chair.post(path)):
        assert not codes_of(page) and not any(code in page.content.decode() for code in codes)
        assert "2026年10月9日由李四发过，一共 12 张" in words(page)
    assert chair.post(path).status_code == 422


def test_a_spoilt_sheet_is_replaced_only_while_nobody_has_voted(away, desk) -> None:
    chair, path = desk(), f"/desk/meetings/{away.number}/items/1/codes/"
    first = codes_of(chair.post(path))
    second = codes_of(chair.post(path, {"again": "yes"}))
    assert len(set(first + second)) == 24 and "一共发过 2 批" in words(chair.get(path))
    assert "没有这个票码" in words(post(code=first[0])) and post(code=second[0]).status_code == 200
    post(code=second[0], choice="agree", do="cast")
    assert "重发" not in words(chair.get(path))
    late = chair.post(path, {"again": "yes"})
    assert late.status_code == 422 and "已经有人投了票" in words(late)


def test_only_offices_that_write_at_the_meeting_make_codes(away, desk) -> None:
    path = f"/desk/meetings/{away.number}/items/1/codes/"
    assert Client().get(path).status_code == 302
    other = desk("village_committee_director", "340311104202")
    assert other.post(path).status_code == other.get(path.replace("-001", "-999")).status_code == 404
    supervisor = desk("village_supervision_committee")
    refused = supervisor.post(path)
    assert refused.status_code == 403 and "您不能登记这次会议" in words(refused) and not codes_of(refused)
    assert supervisor.get(f"/desk/meetings/{away.number}/sign-in/cards/").status_code == 403
    chair = desk()
    assert chair.get(path.replace("items/1", "items/9")).status_code == 404
    away.close()
    over = chair.post(path)
    assert over.status_code == 422 and "已经表决完" in words(over)


@pytest.fixture
def hall(db, monkeypatch):
    """The meeting is called; its day and hour have come, and nobody has signed in."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: THEN)
    for bound in (arriving._WORDS, arriving._CODES):
        monkeypatch.setattr(bound, "_wrong", {})
    away = Away(prepare())
    away.cards = sign_in_codes(queries.meeting(away.number))
    away.address = f"/sign-in/{away.number}/"
    away.word = room_word(away.number, THEN)
    return away


def come(hall, person: str, **other: str):
    return Client().post(hall.address, {"code": hall.cards[person], "word": hall.word, **other})


def wrong(word: str) -> str:
    return f"{(int(word) + 1) % 10000:04d}"


def test_a_member_signs_in_with_card_and_word(hall) -> None:
    blank = Client().get(hall.address)
    assert blank.status_code == 200 and not blank.cookies and "no-store" in blank.headers["Cache-Control"]
    me = hall.people[0]
    done = come(hall, me, code=hall.cards[me].lower())
    assert "签到好了" in words(done) and hall.name(me) in words(done)
    assert "您已经签到过了" in words(come(hall, me))
    floor = queries.meeting(hall.number).floor
    assert list(floor.came) == [me]
    assert (floor.came[me].way, floor.came[me].source) == ("in_person", "qr")


def test_card_and_word_must_both_be_right(hall) -> None:
    me = hall.people[0]
    for said, told in (
        ({"code": "0" * 16}, "没有这个签到码"),
        ({"word": wrong(hall.word)}, "会场口令不对"),
        ({"word": ""}, "会场口令不对"),
    ):
        page = come(hall, me, **said)
        assert page.status_code == 422 and told in words(page) and hall.name(me) not in words(page)
    other = Client().post(hall.address.replace("-001", "-002"), {"code": hall.cards[me], "word": hall.word})
    assert other.status_code == 422 and "没有这个签到码" in words(other)
    assert not queries.meeting(hall.number).floor.came


def test_guessing_the_word_ends_after_six_and_touches_nobody_else(hall) -> None:
    me, neighbour = hall.people[:2]
    answers = [come(hall, me, word=wrong(hall.word)).status_code for _ in range(8)]
    assert answers == [422] * 6 + [429] * 2
    assert come(hall, me).status_code == 429 and come(hall, neighbour).status_code == 200
    assert list(queries.meeting(hall.number).floor.came) == [neighbour]


def test_the_wall_shows_the_word_and_the_cards_carry_codes(hall, desk_of) -> None:
    chair = desk_of()
    assert hall.word in words(chair.get(f"/desk/meetings/{hall.number}/sign-in/"))
    cards = chair.get(f"/desk/meetings/{hall.number}/sign-in/cards/")
    assert set(codes_of(cards)) == set(hall.cards.values()) and len(hall.cards) == 16
    for person, code in hall.cards.items():
        assert person not in code and person not in cards.content.decode()
