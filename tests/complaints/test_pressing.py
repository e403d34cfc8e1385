"""What is late goes one office up and says so; one extension at most; two answers at once are one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mingbai.cases.queries import case as case_of
from mingbai.cases.services import migrate_case
from mingbai.catalogue.queries import latest
from mingbai.catalogue.services import confirm_edition
from mingbai.complaints import queries, rules, services
from mingbai.complaints.models import Objection
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused


@pytest.fixture
def case(world):
    number = world.open()
    world.do(number, "request")
    return number


def lodge(world, case, step="request", **more):
    said = {"text": "价钱贵一倍", "remedy": "重新询价", "contact": None, **more}
    return services.lodge_objection(case=case, step=step, occurred_on=world.day, at=world.at, **said)


def answer(world, number, office):
    return services.answer_objection(
        objection=number,
        answer="查过了",
        upheld=False,
        occurred_on=world.day,
        by=world.who(office),
        at=world.at,
    )


def extend(world, number, until, office="town_government", reason="要看现场"):
    return services.extend_objection(
        objection=number, until=until, reason=reason, occurred_on=world.day, by=world.who(office), at=world.at
    )


def escalate(world):
    return services.escalate_objections(today=world.day, at=world.at)


def test_what_is_late_goes_up_office_by_office_and_stays_late_at_the_top(world, case):
    lodged = lodge(world, case)
    world.go_to(lodged.due)
    assert escalate(world) == 0
    first_due = lodged.due
    for passed_to in ("town_government", "town_discipline", "district_discipline"):
        world.go_to(queries.status(lodged.receipt).due + timedelta(days=1))
        assert (escalate(world), escalate(world)) == (1, 0)
        found = queries.status(lodged.receipt)
        assert (found.passed_to, found.overdue_on) == (passed_to, first_due)
        assert found.due > world.day
        entry = entries_of(f"case:{case}")[-1]
        assert (entry.act, entry.actor, entry.data["passed_to"]) == ("objection.overdue", "", passed_to)
    world.go_to(queries.status(lodged.receipt).due + timedelta(days=1))
    assert (escalate(world), escalate(world)) == (1, 0)
    world.wait(100)
    assert escalate(world) == 0
    acts = [one.act for one in entries_of(f"case:{case}")]
    assert acts.count("objection.overdue") == 4
    answer(world, lodged.objection, "district_discipline")


def test_once_passed_up_the_lower_office_answers_no_more(world, case):
    lodged = lodge(world, case)
    world.go_to(lodged.due + timedelta(days=1))
    escalate(world)
    with pytest.raises(Refused, match="已经转给上一级"):
        answer(world, lodged.objection, "village_supervision_committee")
    answer(world, lodged.objection, "town_government")
    world.wait(60)
    assert escalate(world) == 0


@pytest.mark.once
def test_the_next_office_up():
    offices = rules.answering_offices(["village_supervision_committee"], "340311104201")
    assert offices == ("town_government", "town_discipline", "district_discipline")
    assert [rules.next_office(offices, one) for one in ("", *offices)] == [
        "town_discipline", "town_discipline", "district_discipline", "",
    ]  # fmt: skip
    assert rules.answering_offices(["town_government"], "340311104") == (
        "town_discipline",
        "district_discipline",
    )
    assert rules.answering_offices([], "340311") == ("district_discipline",)
    assert rules.next_office((), "") == ""


def test_one_extension_at_most_and_within_its_bound(world, case):
    lodged = lodge(world, case)
    for until, reason, sentence in (
        (lodged.due, "要看现场", "不行"),
        (lodged.due + timedelta(days=31), "要看现场", "不行"),
        (lodged.due + timedelta(days=7), " ", "还没有写为什么"),
    ):
        with pytest.raises(Refused, match=sentence):
            extend(world, lodged.objection, until, reason=reason)
    with pytest.raises(Refused, match="不能自己答复"):
        extend(world, lodged.objection, lodged.due + timedelta(days=7), office="bookkeeper")
    until = lodged.due + timedelta(days=7)
    assert extend(world, lodged.objection, until).until == until
    assert entries_of(f"case:{case}")[-1].act == "objection.extended"
    with pytest.raises(Refused, match="延过一次"):
        extend(world, lodged.objection, until + timedelta(days=1))
    world.go_to(lodged.due + timedelta(days=1))
    assert escalate(world) == 0
    world.go_to(until + timedelta(days=1))
    assert escalate(world) == 1
    with pytest.raises(Refused, match="延过一次"):
        extend(world, lodged.objection, until + timedelta(days=20))


def test_what_is_late_or_answered_is_extended_no_more(world, case):
    late, answered = lodge(world, case), lodge(world, case, text="又一件")
    answer(world, answered.objection, "town_government")
    with pytest.raises(Refused, match="已经在"):
        extend(world, answered.objection, answered.due + timedelta(days=3))
    world.go_to(late.due + timedelta(days=1))
    with pytest.raises(Refused, match="已经过了"):
        extend(world, late.objection, late.due + timedelta(days=3))


def test_the_worker_does_it_without_anybody_looking(world, case, settings, tmp_path, monkeypatch):
    from mingbai.worker import loop

    settings.MINGBAI_DATA = tmp_path
    monkeypatch.setattr(loop, "_marked", set())
    lodged = lodge(world, case)
    world.go_to(lodged.due + timedelta(days=1))
    loop.run_once(world.at)
    assert Objection.objects.get().passed_to == "town_government"


def test_an_answer_frees_the_notice_it_held_and_one_lodged_elsewhere_does_not(world):
    number = world.open()
    world.forward(number, until="award_publicity")
    early = lodge(world, number, step="award_publicity")
    world.post(number)
    held = lodge(world, number, step="award_publicity", text="公示期间提的")
    assert [row.noted for row in Objection.objects.order_by("number")] == [False, True]
    answer(world, early.objection, "town_government")
    world.wait(20)
    with pytest.raises(Refused, match="还没有答复"):
        world.do(number, "award_publicity", objection="raised")
    answer(world, held.objection, "town_government")
    world.do(number, "award_publicity", objection="raised")


def test_an_objection_follows_its_step_when_a_newer_chart_calls_it_otherwise(world):
    number = world.open("打印机", power="village-fund-approval")
    world.do(number, "request", amount="800.00")
    waiting = case_of(number).here[0].step
    lodged = [lodge(world, number, step=step) for step in ("request", waiting, "publish_result")]
    files = dict(latest().files)
    chart = "procedures/fund-approval.yaml"
    for old, new in (("request", "ask"), ("publish_result", "show_result")):
        files[chart] = re.sub(rf"(?<!stage: )\b{old}\b", new, files[chart])
    begins = world.day + timedelta(days=1)
    edition = confirm_edition(files=files, since=begins, by_person="", office="", at=world.at).number
    world.wait(2)
    migrate_case(
        case=number, to_edition=edition, reason="新版改了名字", occurred_on=world.day, at=world.at,
        by=world.who("village_group_leader"), mapping={"request": "ask"},
    )  # fmt: skip
    for one in lodged:
        assert queries.answering_titles(one.objection)
        answer(world, one.objection, "district_discipline")
    world.wait(40)
    assert escalate(world) == 0
