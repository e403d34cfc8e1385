"""Signing in oneself: one entry, for oneself, in person, on the day, and by no office."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mingbai.kernel import Refused
from mingbai.meetings import queries
from mingbai.meetings.models import MeetingEntry
from mingbai.meetings.rules.entries import Way
from mingbai.meetings.services import arriving

sys.path.insert(0, str(Path(__file__).parent))
from away import THEN, Away
from test_ballots import together


@pytest.fixture
def away(hall):
    """The meeting is called for this day; nobody is here yet."""
    return Away(hall)


def come(away, person, at=THEN):
    return arriving.sign_in(meeting=away.number, person=person, at=at)


def floor(away):
    return queries.meeting(away.number).floor


def test_twice_is_once_and_written_by_the_member_himself(away):
    me = away.people[0]
    assert (come(away, me).again, come(away, me).again) == (False, True)
    entry = MeetingEntry.objects.get()
    assert (entry.person, entry.key, entry.data["source"], entry.data["way"]) == (
        me,
        f"qr-{me}",
        "qr",
        "in_person",
    )


@pytest.mark.slow
def test_twenty_scans_of_one_card_are_one_entry(many_hands):
    away = Away(many_hands)
    done = together([lambda: come(away, away.people[0])] * 20)
    assert sorted(one.again for one in done) == [False] + [True] * 19
    assert MeetingEntry.objects.count() == 1


def test_only_on_the_day_of_the_meeting(away):
    me = away.people[0]
    for at, told in ((THEN - timedelta(days=1), "还没有到日子"), (THEN + timedelta(days=1), "已经过了")):
        with pytest.raises(Refused, match=told):
            come(away, me, at)
    away.note("cancelled", reason="下大雨")
    with pytest.raises(Refused, match="已经取消"):
        come(away, me)
    assert not floor(away).came


def test_only_members_on_the_roll(away, hall):
    with pytest.raises(Refused, match="名册"):
        come(away, hall.add(1)[0])


def test_not_while_a_vote_runs_and_again_after_it(away):
    late = away.here.pop()
    away.open()
    with pytest.raises(Refused, match="正在表决"):
        come(away, late)
    away.close()
    come(away, late)
    assert late in floor(away).came


def test_who_was_struck_off_does_not_come_back_by_scanning_from_home(away):
    me = away.people[0]
    come(away, me)
    away.note("left", people=[me])
    with pytest.raises(Refused, match="登记过离开"):
        come(away, me)
    away.note("came", people=[me])
    assert come(away, me).again


def test_a_member_from_afar_who_came_after_all_is_here_in_person(away):
    me = away.away[0]
    away.note("came", people=[me], way="remote")
    assert not come(away, me).again
    assert floor(away).came[me].way is Way.in_person


def test_cards_are_of_one_member_and_one_meeting(hall):
    first, second = Away(hall), Away(hall)
    cards = arriving.sign_in_codes(queries.meeting(first.number))
    assert len(set(cards.values())) == len(second.people)
    for person, code in cards.items():
        assert arriving.member_of_code(first.number, code.lower()) == person
        assert person not in code and len(code) == 19
    for number, code in (
        (second.number, next(iter(cards.values()))),
        ("H-none", next(iter(cards.values()))),
        (first.number, ""),
    ):
        with pytest.raises(Refused, match="没有这个签到码"):
            arriving.member_of_code(number, code)


def test_the_word_of_the_room_holds_its_hour_and_the_next(away):
    word = arriving.room_word(away.number, THEN)
    assert len(word) == 4 and word.isdigit()
    words = {arriving.room_word(away.number, THEN + timedelta(hours=n)) for n in range(24)}
    assert len(words) > 20 and arriving.room_word("H-other", THEN) != word
    for hours in (0, 1):
        arriving.check_word(away.number, f" {word} ", THEN + timedelta(hours=hours))
    for at in (THEN + timedelta(hours=2), THEN - timedelta(hours=1)):
        with pytest.raises(Refused, match="口令不对"):
            arriving.check_word(away.number, word, at)
