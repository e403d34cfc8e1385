"""The electronic ballot: each code once, only while the vote runs, and the sums are what was cast."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.kernel import Refused
from mingbai.meetings import services
from mingbai.meetings.models import BallotBox, BallotCode, BallotReceipt
from mingbai.meetings.services import Sent, balloting

sys.path.insert(0, str(Path(__file__).parent))
from away import CHAIR, STRANGER, THEN, Away

CHOICES = ("agree", "against", "abstain")


@pytest.fixture
def away(hall):
    """The vote is open."""
    return Away(hall).open()


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run acts at the same moment, one thread each; a refusal is returned, anything else raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=60)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def electronic(resolution: Any) -> tuple[int, ...]:
    """What the box came to in a resolution."""
    return tuple(resolution.methods["electronic"][name] for name in (*CHOICES, "not_cast"))


def test_what_is_cast_is_what_the_resolution_says(away):
    codes = away.codes()
    assert len(set(codes)) == 12
    choices = ["agree"] * 6 + ["against"] * 3 + ["abstain"]
    cast = [services.cast(code=code, choice=choice) for code, choice in zip(codes, choices, strict=False)]
    resolved = away.close()
    assert (resolved.agree, resolved.against, resolved.abstain, resolved.not_cast) == (10, 3, 1, 2)
    assert electronic(resolved) == (6, 3, 1, 2)
    counted = [services.counted(one.receipt) for one in cast]
    assert len({one.receipt for one in cast}) == len(counted) == 10 == BallotReceipt.objects.count()
    assert all((one.meeting, one.item, one.open) == (away.number, 1, False) for one in counted)


def test_codes_nobody_spent_are_votes_not_cast(away):
    away.codes()
    assert electronic(away.close()) == (0, 0, 0, 12)


def test_a_box_nobody_made_codes_for_counts_as_not_cast(away):
    assert electronic(away.close()) == (0, 0, 0, 12)


def test_a_code_counts_once_and_says_so_the_second_time(away):
    code = away.codes()[0]
    services.cast(code=code, choice="against")
    assert services.ballot(code).spent
    for choice in CHOICES:
        with pytest.raises(Refused, match="已经投过了"):
            services.cast(code=code.lower().replace("-", "　"), choice=choice)
    assert electronic(away.close()) == (0, 1, 0, 11)


def test_a_ballot_after_closing_is_refused_and_changes_nothing(away):
    spent, unspent = away.codes()[:2]
    receipt = services.cast(code=spent, choice="agree").receipt
    away.close()
    for code in (spent, unspent):
        assert not services.ballot(code).open
        with pytest.raises(Refused, match="已经表决完"):
            services.cast(code=code, choice="agree")
    box = BallotBox.objects.get()
    assert (box.agree, box.against, box.abstain) == (1, 0, 0)
    assert not services.counted(receipt).open


def test_before_opening_there_is_no_code_and_no_way_to_one(hall):
    away = Away(hall)
    with pytest.raises(Refused, match="没有用电子票"):
        away.codes()
    away.note("came", people=away.away, way="remote")
    with pytest.raises(Refused, match="没有用电子票"):
        away.codes()
    assert services.issue(away.number, 1) is None
    assert not BallotCode.objects.exists()


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "票票票票", "A" * 500, "' OR 1=1 --"])
def test_an_unknown_code_is_refused(away, code):
    away.codes()
    for act in (services.ballot, lambda code: services.cast(code=code, choice="agree")):
        with pytest.raises(Refused, match="没有这个票码"):
            act(code)
    with pytest.raises(Refused, match="没有找到这张回执"):
        services.counted(code)


def test_a_code_is_no_receipt_and_a_receipt_no_code(away):
    code = away.codes()[0]
    receipt = services.cast(code=code, choice="agree").receipt
    with pytest.raises(Refused):
        services.counted(code)
    with pytest.raises(Refused, match="没有这个票码"):
        services.cast(code=receipt, choice="agree")


def test_no_choice_but_the_three(away):
    code = away.codes()[0]
    for choice in ("", "yes", "spoilt", "sealed", "voters"):
        with pytest.raises(Refused, match="没有选"):
            services.cast(code=code, choice=choice)
    assert not services.ballot(code).spent


def test_only_members_from_afar_who_may_vote_have_a_code(hall):
    away = Away(hall)
    with pytest.raises(Refused, match="不在农村集体经济组织成员大会的名册"):
        away.note("came", people=hall.add(1), way="remote")
    away.note("stood_aside", item=1, person=away.away[0], reason="承租人的兄弟")
    assert len(away.open().codes()) == 11


def test_codes_are_made_once_by_those_who_write_at_the_meeting(away):
    with pytest.raises(Refused, match="您不能登记这次会议"):
        services.make_codes(meeting=away.number, item=1, by=STRANGER, at=THEN)
    away.codes()
    with pytest.raises(Refused, match="不能再看一次"):
        away.codes()
    issue = services.issue(away.number, 1)
    assert (issue.voters, issue.times, issue.person, issue.at) == (12, 1, CHAIR.person, THEN)


def test_codes_made_again_void_the_first_and_only_before_a_ballot(away):
    first, second = away.codes(), away.codes(again=True)
    with pytest.raises(Refused, match="没有这个票码"):
        services.cast(code=first[0], choice="agree")
    services.cast(code=second[0], choice="agree")
    with pytest.raises(Refused, match="已经有人投了票"):
        away.codes(again=True)
    assert electronic(away.close()) == (1, 0, 0, 11)


def test_the_database_keeps_codes_receipts_and_the_silence_of_an_open_box(away):
    code = away.codes()[0]
    services.cast(code=code, choice="agree")
    for act in (
        BallotCode.objects.all().delete,
        lambda: BallotBox.objects.update(agree=3),
        lambda: BallotBox.objects.update(closed=True),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    away.close()
    for act in (BallotReceipt.objects.all().delete, lambda: BallotBox.objects.update(agree=13)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_box_somebody_changed_is_not_opened(away):
    codes = away.codes()
    services.cast(code=codes[0], choice="agree")
    sealed = BallotBox.objects.get().sealed
    BallotBox.objects.update(sealed=sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:])
    with pytest.raises(Refused, match="有人改动过"):
        services.cast(code=codes[1], choice="agree")


def test_a_lost_row_lock_would_not_lose_a_ballot(away, monkeypatch):
    """Somebody else's ballot goes in between reading and writing: ours is refused, not written over his."""
    codes = away.codes()
    put = balloting._put

    def late(box: Any, sealed: str) -> None:
        monkeypatch.setattr(balloting, "_put", put)
        services.cast(code=codes[1], choice="against")
        put(box, sealed)

    monkeypatch.setattr(balloting, "_put", late)
    with pytest.raises(Refused, match="再投一次"), transaction.atomic():
        services.cast(code=codes[0], choice="agree")


def test_no_sender_takes_the_keys_of_the_system(away):
    for key in ("box-1", f"qr-{away.people[0]}"):
        sent = [Sent(key, {"kind": "shown", "paper": "p1", "label": "会场照片"})]
        assert "编号" in services.note(meeting=away.number, sent=sent, by=CHAIR, at=THEN)[0].refusal.reason
    assert electronic(away.close()) == (0, 0, 0, 12)


@pytest.mark.slow
def test_forty_ballots_with_one_code_count_once(many_hands):
    away = Away(many_hands).open()
    code = away.codes()[0]
    done = together([lambda n=n: services.cast(code=code, choice=CHOICES[n % 3]) for n in range(40)])
    cast = [one for one in done if not isinstance(one, Refused)]
    assert len(cast) == 1 and all("已经投过了" in one.reason for one in done if isinstance(one, Refused))
    assert services.counted(cast[0].receipt).open
    counts = electronic(away.close())
    assert sum(counts[:3]) == 1 and counts[3] == 11
    assert BallotReceipt.objects.count() == 1


@pytest.mark.slow
def test_forty_voters_while_the_vote_closes_are_counted_or_told_that_they_are_not(many_hands):
    away = Away(many_hands, away=40).open()
    away.note("counted", item=1, method="hands", agree=4, against=0, abstain=0)
    codes = away.codes()
    acts = [lambda n=n: services.cast(code=codes[n], choice=CHOICES[n % 3]) for n in range(40)]
    *cast, closed = together([*acts, lambda: away.note("closed", item=1)])
    counts = electronic(away.resolved(closed))
    told = [sum(not isinstance(one, Refused) for one in cast[n::3]) for n in range(3)]
    assert list(counts[:3]) == told and counts[3] == 40 - sum(told)
    assert all("已经表决完" in one.reason for one in cast if isinstance(one, Refused))
    assert BallotReceipt.objects.count() == sum(told)
