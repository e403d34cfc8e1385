"""Floods: work in the browser or a short wait, and a queue that takes everything and silences nobody."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from mingbai.complaints import queries, rules, services
from mingbai.complaints.models import Intake, Objection, Queued
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused

STEP = "request"


@pytest.fixture
def case(world):
    number = world.open()
    world.do(number, STEP)
    return number


def old_ticket(at):
    return services.issue_ticket(at - timedelta(seconds=rules.TICKET_AGE))


def send(world, case, text="价钱贵一倍", *, at=None, step=STEP, **more):
    at = at or world.at
    said = {
        "ticket": old_ticket(at),
        "work": "",
        "text": text,
        "remedy": "重新询价",
        "case": case,
        "step": step,
        **more,
    }
    return services.lodge_from_web(occurred_on=world.day, at=at, **said)


def flood(world, case, count, at, text="第%d件不对"):
    return [send(world, case, text % n if "%" in text else text, at=at) for n in range(count)]


def photo():
    """About 6 KiB that do not compress."""
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(out, "PNG")
    return out.getvalue()


def solved(ticket):
    return next(str(n) for n in range(1 << 24) if rules.proves_work(ticket, str(n)))


@pytest.mark.once
def test_work_is_checked_and_is_not_easy():
    ticket = "a-ticket"
    assert rules.proves_work(ticket, solved(ticket))
    lucky = sum(rules.proves_work(ticket, f"x{n}") for n in range(2000))
    assert lucky <= 2
    for work in ("", "9" * 21):
        assert not rules.proves_work(ticket, work)
    assert not rules.proves_work("", "1")


@pytest.mark.once
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("价钱贵一倍！", "价钱 贵一倍", True),
        ("ＡＢＣ价钱", "abc，价钱。", True),
        ("价钱贵一倍", "价钱贵两倍", False),
        ("3台", "30台", False),
    ],
)
def test_the_same_words_in_other_dress(one, other, same):
    assert (rules.same_words(one, "改") == rules.same_words(other, "改")) is same


@pytest.mark.once
def test_bounds():
    assert rules.may_enter(rules.PER_TARGET_AN_HOUR - 1, 0, False)
    assert not rules.may_enter(rules.PER_TARGET_AN_HOUR, 0, True)
    assert not rules.may_enter(0, rules.PER_HOUR, False)
    assert rules.may_enter(0, 10 * rules.PER_HOUR, True)


def test_with_work_at_once_without_it_after_twenty_seconds(world, case):
    at = world.at
    young = services.issue_ticket(at)
    with pytest.raises(Refused, match="交得太快了"):
        send(world, case, at=at, ticket=young)
    assert send(world, case, at=at, ticket=young, work=solved(young)).objection
    later = at + timedelta(seconds=rules.TICKET_AGE)
    waited = services.issue_ticket(at)
    assert send(world, case, "另外一件", at=later, ticket=waited).objection
    stale = services.issue_ticket(at)
    with pytest.raises(Refused, match="打开得太久"):
        send(world, case, at=at + timedelta(seconds=rules.TICKET_LASTS + 1), ticket=stale)
    with pytest.raises(Refused, match="再交一次"):
        send(world, case, at=at, ticket=waited + "x")


def test_one_ticket_is_one_objection(world, case):
    at = world.at
    ticket = old_ticket(at)
    first = send(world, case, at=at, ticket=ticket)
    assert send(world, case, "换了一句话", at=at, ticket=ticket) == first
    assert Objection.objects.count() == 1


def test_beyond_the_hour_everything_is_taken_with_a_receipt_and_waits_its_turn(world, case):
    at = world.at
    lodged = flood(world, case, rules.PER_TARGET_AN_HOUR + 3, at)
    assert [one.waits for one in lodged] == [False] * rules.PER_TARGET_AN_HOUR + [True] * 3
    assert len({one.receipt for one in lodged}) == len(lodged)
    waiting = lodged[-1]
    shown = queries.status(waiting.receipt)
    assert shown.waits and shown.objection == "" and shown.due == waiting.due
    assert services.take_in_waiting(at + timedelta(minutes=1)) == 0
    world.wait()
    assert services.take_in_waiting(world.at) == 3
    entered = queries.status(waiting.receipt)
    assert not entered.waits and entered.due == waiting.due and entered.lodged_on < world.day
    numbers = [one.objection for one in queries.of_case(case)]
    assert numbers == [f"Y-340311104201-2026-{n:03d}" for n in range(1, len(lodged) + 1)]
    assert services.take_in_waiting(world.at) == 0


def test_the_queue_keeps_order_and_its_own_bound(world, case):
    at = world.at.replace(minute=0) + timedelta(hours=1)
    lodged = flood(world, case, 2 * rules.PER_TARGET_AN_HOUR + 1, at)
    next_hour = at + timedelta(hours=1)
    assert services.take_in_waiting(next_hour) == rules.PER_TARGET_AN_HOUR
    assert [queries.status(one.receipt).waits for one in lodged[-2:]] == [False, True]
    assert services.take_in_waiting(next_hour + timedelta(hours=1)) == 1


def test_those_behind_a_flood_on_another_step_do_not_wait_for_it(world, case):
    at = world.at.replace(minute=0) + timedelta(hours=1)
    flood(world, case, 8 * rules.PER_TARGET_AN_HOUR, at)
    other = world.node(case, "construct").id
    behind = flood(world, case, 1, at, "另外一步%d")[0]
    for place in range(rules.PER_TARGET_AN_HOUR):
        send(world, case, f"施工{place}", at=at, step=other)
    last = send(world, case, "施工最后", at=at, step=other)
    assert behind.waits and last.waits
    services.take_in_waiting(at + timedelta(hours=1))
    assert queries.status(behind.receipt).waits and not queries.status(last.receipt).waits


def test_photographs_are_bounded_by_the_hour_and_words_are_not(world, case, monkeypatch):
    at = world.at
    monkeypatch.setattr(rules, "PHOTOS_AN_HOUR", 8)
    send(world, case, "第一件", at=at, files=[photo()])
    with pytest.raises(Refused, match="暂时收不下照片"):
        send(world, case, "第二件", at=at, files=[photo(), photo()])
    assert send(world, case, "第二件", at=at).objection
    assert send(world, case, "第三件", at=at + timedelta(hours=1), files=[photo()]).objection


def test_the_same_words_beyond_the_hour_are_joined_and_answered_together(world, case):
    at = world.at
    lodged = flood(world, case, rules.PER_TARGET_AN_HOUR, at)
    echoes = [send(world, case, "第0件 不对。", at=at, contact=f"某{n}") for n in range(4)]
    assert all(one.joined and one.objection == lodged[0].objection for one in echoes)
    assert queries.status(echoes[0].receipt).joined == 4
    assert services.tell_joined(today=world.day, at=world.at) == 1
    entry = entries_of(f"case:{case}")[-1]
    assert (entry.act, entry.data["joined"], entry.actor) == ("objection.joined", 4, "")
    assert services.tell_joined(today=world.day, at=world.at) == 0
    services.answer_objection(
        objection=lodged[0].objection, answer="已经核对", upheld=False, occurred_on=world.day,
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip
    assert {queries.status(one.receipt).answer for one in echoes} == {"已经核对"}
    late = send(world, case, "第0件不对", at=at)
    assert late.waits and not late.joined


def test_a_flood_on_one_case_delays_no_other(world, case):
    at = world.at
    flood(world, case, rules.PER_TARGET_AN_HOUR + 5, at)
    Intake.objects.filter(key="all").update(entered=rules.PER_HOUR)
    other = world.open("西组路灯")
    assert not send(world, other, step=STEP, at=at).waits
    assert send(world, other, "再来一件", step=STEP, at=at).waits
    assert send(world, case, "另外一句", at=at).waits


def test_of_the_sender_nothing_is_kept_not_even_the_hour_when_it_is_over(world, case):
    at = world.at
    flood(world, case, 2, at)
    columns = {one.name for model in (Objection, Queued) for one in model._meta.get_fields()}
    assert not {
        name for name in columns if "ip" == name or "agent" in name or "time" in name or name.endswith("_at")
    }
    flood(world, case, 1, at + timedelta(hours=2), "后来的%d件")
    assert set(Intake.objects.values_list("entered", flat=True)) == {1}
