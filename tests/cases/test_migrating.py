"""A running case goes on under a newer chart only when nothing that the new chart owes by now was left out."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mingbai.cases import queries, services
from mingbai.cases.models import StepRun
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition
from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import of_case
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused

POWER, CHART = "village-fund-approval", "procedures/fund-approval.yaml"
PAYING = "procedures/payment-approval.yaml"
REQUEST_LIMIT = "    limit: {bound: max, value: 5, unit: working_day,"
NEW_STEP = """  - id: quote_check
    kind: task
    title: 核对报价
    lane: village
    offices: [village_committee_director]
    papers: [{id: quotes, label: 报价单}]
    limit: {bound: max, value: 3, unit: working_day, law: local-unknown, article: 本地惯例, confidence: assumed}
    discipline: 三家以上
    source: {law: local-unknown, article: 本地惯例, confidence: assumed}
    next: by_amount
"""


@pytest.fixture
def case(world) -> str:
    """A small sum was asked for; the witness is next."""
    number = world.open("打印机", power=POWER)
    world.do(number, "request", amount="800.00")
    return number


def enact(world, *edits: tuple[str, str], file: str = CHART) -> int:
    """A newer edition from tomorrow; the clock stands the day after."""
    files = dict(catalogue.latest().files)
    for old, new in edits:
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    return enact_files(world, files)


def enact_files(world, files: dict[str, str]) -> int:
    begins = world.day.fromordinal(world.day.toordinal() + 1)
    number = confirm_edition(files=files, since=begins, by_person="", office="", at=world.at).number
    world.wait(2)
    return number


def migrate(world, case: str, edition: int, office: str = "village_group_leader", **more):
    return services.migrate_case(
        **{
            "case": case, "to_edition": edition, "reason": "新版少跑一趟", "occurred_on": world.day,
            "by": world.who(office), "at": world.at, **more,
        }
    )  # fmt: skip


def refused(world, case: str, edition: int, match: str, **more) -> Refused:
    with pytest.raises(Refused, match=match) as caught:
        migrate(world, case, edition, **more)
    assert queries.case(case).edition == 1
    return caught.value


def test_a_case_stays_where_it_began_until_somebody_moves_it(world, case) -> None:
    edition = enact(world, ("title: 记账核对", "title: 记账对账"))
    assert queries.case(case).edition == 1
    moved = migrate(world, case, edition)
    assert (moved.from_edition, moved.to_edition) == (1, 2)
    view = queries.case(case)
    assert view.edition == 2 and [step.step for step in view.here] == ["approval__witness"]
    entry = entries_of(f"case:{case}")[-1]
    assert entry.act == "case.migrated" and entry.data["edition"] == 2
    assert {one.id: one.value for one in entry.fields} == {
        "reason": "新版少跑一趟", "from_edition": "1", "to_edition": "2",
    }  # fmt: skip
    follow(world.at)
    assert of_case(case)[-1].kind == "case.migrated"


def test_a_moved_case_is_finished_by_the_new_chart(world, case) -> None:
    migrate(world, case, enact(world, ("title: 记账核对", "title: 记账对账")))
    walked = world.forward(case, amount="800.00", payee="蚌埠市禾丰建筑队")
    assert queries.case(case).ended == "end" or queries.case(case).status == "closed"
    assert "book" in walked
    assert "记账对账" in [step.title for step in queries.case(case).steps]


def test_a_step_that_the_new_chart_owes_by_now_is_not_skipped(world, case) -> None:
    edition = enact(
        world,
        ("    next: by_amount\n", "    next: quote_check\n"),
        ("  - id: by_amount\n", NEW_STEP + "  - id: by_amount\n"),
    )
    problem = refused(
        world, case, edition, "“核对报价”在新的流程图里必须先办，本事项没有办就到了“证明人签字”"
    )
    assert problem.remedy == "让本事项按原来的版本办完"


def test_a_new_step_still_ahead_is_simply_done(world) -> None:
    case = world.open("打印机", power=POWER)
    edition = enact(
        world,
        ("    next: by_amount\n", "    next: quote_check\n"),
        ("  - id: by_amount\n", NEW_STEP + "  - id: by_amount\n"),
    )
    migrate(world, case, edition, office="village_committee")
    assert world.do(case, "request", amount="800.00").entered == ("quote_check",)


def test_a_renamed_step_needs_its_counterpart(world, case) -> None:
    files = dict(catalogue.latest().files)
    files[CHART] = re.sub(r"\brequest\b", "ask", files[CHART])
    edition = enact_files(world, files)
    refused(world, case, edition, "新的流程图没有“经手人提出用款”这一步")
    refused(world, case, edition, "原来的流程图没有“nothing”", mapping={"nothing": "ask"})
    refused(world, case, edition, "不是同一种环节", mapping={"request": "pay"})
    migrate(world, case, edition, mapping={"request": "ask"})
    assert [step.step for step in queries.case(case).done] == ["ask"]
    assert queries.case(case).steps[0].title == "经手人提出用款"
    fields = {one.id: one.value for one in entries_of(f"case:{case}")[-1].fields}
    assert fields["steps"] == "request→经手人提出用款"
    world.do(case)


def test_two_steps_may_exchange_their_names(world, case) -> None:
    world.do(case, "approval__witness")
    files = dict(catalogue.latest().files)
    text = files[PAYING].replace("witness", "WITNESS").replace("supervise_review", "witness")
    files[PAYING] = text.replace("WITNESS", "supervise_review")
    edition = enact_files(world, files)
    names = {
        "approval__witness": "approval__supervise_review",
        "approval__supervise_review": "approval__witness",
    }
    migrate(world, case, edition, office="village_supervision_committee", mapping=names)
    view = queries.case(case)
    assert [step.step for step in view.done] == ["request", "approval__supervise_review"]
    assert [step.step for step in view.here] == ["approval__witness"]
    refused_pair = {
        "approval__witness": "approval__approve",
        "approval__supervise_review": "approval__approve",
    }
    with pytest.raises(Refused, match="不能改到第 2 版"):
        migrate(world, case, edition, office="village_supervision_committee", mapping=refused_pair)


def test_two_steps_do_not_become_one(world, case) -> None:
    world.do(case, "approval__witness")
    edition = enact(world, ("title: 记账核对", "title: 记账对账"))
    both = {"approval__witness": "approval__supervise_review"}
    refused(world, case, edition, "对应到新图的同一步", mapping=both, office="village_supervision_committee")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("      - {id: fund_source, label: 钱从哪来, kind: text}\n",
         "      - {id: fund_source, label: 钱从哪来, kind: text}\n      - {id: plan, label: 列入预算没有, kind: text}\n",
         "新要填“列入预算没有”"),
        ("{id: fund_source, label: 钱从哪来, kind: text}", "{id: fund_source, label: 钱从哪来, kind: integer}",
         "“钱从哪来”换了填法"),
        ("      - {id: invoice, label: 发票或收据（已经有的）, optional: true}\n",
         "      - {id: invoice, label: 发票或收据（已经有的）, optional: true}\n      - {id: photo, label: 实物照片}\n",
         "新要交“实物照片”"),
    ],
)  # fmt: skip
def test_what_was_entered_must_be_all_that_is_asked(world, case, old: str, new: str, sentence: str) -> None:
    refused(world, case, enact(world, (old, new)), sentence)


def test_what_is_asked_besides_may_be_left_out(world, case) -> None:
    new = "      - {id: photo, label: 实物照片, optional: true}\n      - {id: invoice, label: 发票或收据（已经有的）, optional: true}\n"
    edition = enact(world, ("      - {id: invoice, label: 发票或收据（已经有的）, optional: true}\n", new))
    assert migrate(world, case, edition).to_edition == 2


def test_an_answer_that_is_offered_no_more(world, case) -> None:
    world.do(case, "approval__witness")
    edition = enact(
        world,
        ("{id: good, label: 属实}", "{id: agree, label: 属实}"),
        ("witness.verdict == 'good'", "witness.verdict == 'agree'"),
        file=PAYING,
    )
    refused(world, case, edition, "“结论”不再有原来的选项", office="village_supervision_committee")


def test_one_person_did_what_the_new_chart_keeps_apart(world, case) -> None:
    from mingbai.organisations import queries as organisations
    from mingbai.organisations.services import give_mandate

    witness = world.who("village_group_leader")
    give_mandate(
        person=witness.person, office="village_committee", division="340311104201", since=date(2026, 1, 5),
        until=None, by=witness, at=world.at,
    )  # fmt: skip
    both = world.open("椅子", power=POWER)
    person = organisations.actor_on(witness.person, world.day)
    world.do(both, "request", by=person, amount="800.00")
    files = dict(catalogue.latest().files)
    files[CHART] = files[CHART].replace("    separate_from: [request]\n    returns", "    returns", 1)
    first = enact_files(world, files)
    migrate(world, both, first)
    person = organisations.actor_on(witness.person, world.day)
    world.do(both, "approval__witness", by=person)
    files[CHART] = catalogue.edition(1).files[CHART]
    second = enact_files(world, files)
    with pytest.raises(Refused, match="在新的流程图里不能是同一个人办的"):
        migrate(world, both, second, office="village_supervision_committee")


def test_a_lower_bound_sends_the_sum_another_way(world, case) -> None:
    lower = dict(catalogue.latest().files)
    lower["parameters.yaml"] = lower["parameters.yaml"].replace(
        "        value: 5000\n", "        value: 500\n"
    )
    edition = enact_files(world, lower)
    problem = refused(world, case, edition, "本事项")
    assert "村“两委”决定" in problem.reason


def test_due_days_follow_the_new_limit_from_the_day_it_began_to_wait(world, case) -> None:
    old = queries.case(case).here[0].due
    edition = enact(
        world,
        (
            "    limit: {bound: max, value: 3, unit: working_day,",
            "    limit: {bound: max, value: 6, unit: working_day,",
        ),
        file=PAYING,
    )
    migrate(world, case, edition)
    new = queries.case(case).here[0].due
    assert (old, new) == (date(2026, 9, 4), date(2026, 9, 9))


def test_a_notice_that_hangs_is_not_taken_down_earlier(world) -> None:
    case = world.open("打印机", power=POWER)
    world.forward(case, until="publish_result", amount="800.00", payee="蚌埠市禾丰建筑队")
    world.post(case)
    posted = queries.case(case).here[0].notice
    assert posted is not None
    shorter = enact(
        world,
        (
            "limit: {bound: min, value: 15, unit: calendar_day",
            "limit: {bound: min, value: 7, unit: calendar_day",
        ),
    )
    migrate(world, case, shorter, office="village_committee")
    assert queries.case(case).here[0].notice.until == posted.until
    longer = enact(
        world,
        (
            "limit: {bound: min, value: 7, unit: calendar_day",
            "limit: {bound: min, value: 30, unit: calendar_day",
        ),
    )
    migrate(world, case, longer, office="village_committee")
    assert (queries.case(case).here[0].notice.until - posted.posted_on).days >= 30


def test_who_when_and_why(world, case) -> None:
    edition = enact(world, ("title: 记账核对", "title: 记账对账"))
    refused(world, case, edition, "由当前环节的经办人或者制定单位办理", office="bookkeeper")
    refused(world, case, edition, "理由", reason=" ")
    refused(world, case, 1, "不能改到第 1 版")
    refused(world, case, 9, "没有第 9 版")
    assert migrate(world, case, edition, office="district_finance").to_edition == 2


def test_an_edition_to_come_takes_no_running_case(world, case) -> None:
    files = dict(catalogue.latest().files)
    files[CHART] += "# 新版\n"
    number = confirm_edition(
        files=files, since=date(2026, 12, 1), by_person="", office="", at=world.at
    ).number
    refused(world, case, number, "2026-12-01起才生效")


def test_a_power_that_is_gone_keeps_its_cases_on_the_old_version(world, case) -> None:
    files = dict(catalogue.latest().files)
    power = "powers/06-village-fund-approval.yaml"
    files[power] = files[power].replace("procedure: fund-approval\n", "")
    refused(world, case, enact_files(world, files), "已经没有这项权力的流程图")


def test_a_closed_case_is_not_moved(world, case) -> None:
    services.withdraw_case(
        case=case, reason="不买了", occurred_on=world.day, by=world.who("village_committee"), at=world.at
    )
    edition = enact(world, ("title: 记账核对", "title: 记账对账"))
    refused(world, case, edition, "已经撤回")
    assert not StepRun.objects.filter(node__startswith="~").exists()
