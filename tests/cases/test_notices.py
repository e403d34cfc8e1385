"""Notices: posted with proof, hung their legal days, ended with the truth about objections."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingbai.cases import queries, services
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused

STEP = "award_publicity"


@pytest.fixture
def case(world):
    number = world.open()
    world.forward(number, until=STEP)
    return number


def test_posting_starts_the_legal_days_and_is_journalled(world, case):
    began = world.post(case)
    assert began.until >= world.day + timedelta(days=3)
    entry = entries_of(f"case:{case}")[-1]
    assert entry.act == "case.notice_started"
    assert entry.data["notice"] == {
        "from": world.day.isoformat(), "until": began.until.isoformat(), "days": 3, "unit": "calendar_day",
        "kind": "before", "posting": 1, "posted_on": world.day.isoformat(), "proof": "photo", "reference": "",
    }  # fmt: skip
    assert entry.data["here"] == [STEP]
    assert entry.citation.article == "第54条"


def test_a_notice_cannot_be_ended_before_it_was_posted(world, case):
    with pytest.raises(Refused, match="还没有登记张贴"):
        world.do(case, STEP)


def test_a_notice_cannot_be_cut_short(world, case):
    until = world.post(case).until
    world.go_to(until)
    with pytest.raises(Refused, match=f"{until + timedelta(days=1)}起才能办结，不能缩短") as caught:
        world.do(case, STEP)
    assert caught.value.basis.article == "第54条"
    world.wait()
    assert world.do(case, STEP).entered == ("contract",)


def test_the_days_run_over_a_long_holiday_and_end_after_it(world):
    number = world.open()
    world.forward(number, until="publish_result")
    world.go_to(date(2026, 12, 18))
    assert world.post(number).until >= date(2027, 1, 2)


def test_no_proof_no_posting(world, case):
    with pytest.raises(Refused, match="还缺单据“公示照片”"):
        services.start_notice(
            case=case,
            step=STEP,
            posted_on=world.day,
            papers={},
            by=world.who("village_committee"),
            at=world.at,
        )


def test_posted_once_by_the_office_not_in_the_future_not_before_the_award(world, case):
    world.wait(3)

    def post(**more):
        return services.start_notice(
            **{
                "case": case, "step": STEP, "posted_on": world.day, "papers": world.papers(case, STEP),
                "by": world.who("village_committee"), "at": world.at, **more,
            }
        )  # fmt: skip

    with pytest.raises(Refused, match="不担任该职务"):
        post(by=world.who("bookkeeper"))
    with pytest.raises(Refused, match="还没有到"):
        post(posted_on=world.day + timedelta(days=1))
    with pytest.raises(Refused, match="先后颠倒"):
        post(posted_on=world.day - timedelta(days=9))
    post()
    with pytest.raises(Refused, match="已经在"):
        post()


def test_only_a_publicity_step_is_posted(world):
    with pytest.raises(Refused, match="不是公示环节"):
        world.post(world.open())


def test_an_objection_holds_the_notice_until_it_is_answered_and_is_not_passed_over_in_silence(world, case):
    world.post(case)
    assert services.note_objection(case=case, step=STEP, at=world.at)
    world.wait(20)
    with pytest.raises(Refused, match="有1件异议还没有答复") as caught:
        world.do(case, STEP, objection="raised")
    assert "待确认" in caught.value.basis.text()
    assert services.settle_objection(case=case, step=STEP, upheld=False, at=world.at)
    with pytest.raises(Refused, match="收到1件异议"):
        world.do(case, STEP, objection="none")
    assert world.do(case, STEP, objection="raised").entered == ("complaint",)


def test_an_objection_upheld_leaves_only_the_chart_s_own_way(world, case):
    world.post(case)
    services.note_objection(case=case, step=STEP, at=world.at)
    services.settle_objection(case=case, step=STEP, upheld=True, at=world.at)
    world.wait(20)
    with pytest.raises(Refused, match="1件异议成立"):
        world.do(case, STEP, objection="none")
    assert world.do(case, STEP, objection="raised").entered == ("complaint",)


def test_only_what_was_noted_can_be_settled(world, case):
    assert not services.settle_objection(case=case, step=STEP, upheld=True, at=world.at)
    world.post(case)
    assert not services.settle_objection(case=case, step=STEP, upheld=True, at=world.at)
    services.note_objection(case=case, step=STEP, at=world.at)
    services.note_objection(case=case, step=STEP, at=world.at)
    assert services.settle_objection(case=case, step=STEP, upheld=False, at=world.at)
    world.wait(20)
    with pytest.raises(Refused, match="有1件异议还没有答复"):
        world.do(case, STEP, objection="raised")


def test_the_form_says_beforehand_from_when(world, case):
    by = world.who("village_committee")
    until = world.post(case).until
    form = queries.step_form(case, STEP, by, world.day)
    assert form.notice.until == until
    assert form.first_day == until + timedelta(days=1)
    assert str(form.first_day) in form.refusal.reason
    assert queries.step_form(case, STEP, by, form.first_day).refusal is None
