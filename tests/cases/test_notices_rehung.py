"""A notice with proof, changed, torn down, hung again: whose days count, and what nobody can shorten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mingbai.cases import queries, services
from mingbai.cases.services import Proof
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused

STEP = "award_publicity"
BY = "village_committee"


@pytest.fixture
def case(world):
    number = world.open()
    world.forward(number, until=STEP)
    return number


def post(world, case, **more):
    return services.start_notice(
        **{
            "case": case, "step": STEP, "posted_on": world.day, "papers": world.papers(case, STEP),
            "by": world.who(BY), "at": world.at, **more,
        }
    )  # fmt: skip


def repost(world, case, **more):
    return services.repost_notice(
        **{
            "case": case, "step": STEP, "changed": "成交价改正为 36,200 元", "why": "异议成立，价格核减",
            "posted_on": world.day, "papers": world.papers(case, STEP), "by": world.who(BY), "at": world.at, **more,
        }
    )  # fmt: skip


def down(world, case, **more):
    return services.interrupt_notice(
        **{
            "case": case, "step": STEP, "found_on": world.day, "reason": "公示被风刮掉了",
            "papers": world.papers(case, STEP), "by": world.who("village_supervision_committee"), "at": world.at, **more,
        }
    )  # fmt: skip


def rehang(world, case, **more):
    return services.rehang_notice(
        **{
            "case": case, "step": STEP, "hung_on": world.day, "papers": world.papers(case, STEP),
            "by": world.who(BY), "at": world.at, **more,
        }
    )  # fmt: skip


def view(case):
    return queries.case(case).here[0].notice


# the proof


def test_the_code_on_the_sheet_proves_that_it_is_this_sheet(world, case):
    code, again = queries.notice_sheet(case, STEP)
    assert code.startswith("ZZ") and code != again
    assert entries_of(f"case:{case}")[-1].data["next"][0]["sheet"] == code
    post(world, case, proof=Proof("board", code.lower().replace("-", " ")))
    assert (view(case).proof, view(case).reference) == ("公开栏照片，纸上的编号核对过", code)
    data = entries_of(f"case:{case}")[-1].data
    assert (data["notice"]["proof"], data["notice"]["reference"]) == ("board", code)
    assert data["next"][0]["again"] == again


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "编号是 12 个字母和数字"), ("ZZ12", "这里写了 4 个"), ("ZZAB-CDEF-GHJK", "有一个字写错了"), ("again", "不是“成交公示”现在这一张")],
)  # fmt: skip
def test_another_code_is_no_proof(world, case, typed, sentence):
    code = queries.notice_sheet(case, STEP)[1] if typed == "again" else typed
    with pytest.raises(Refused, match=sentence):
        post(world, case, proof=Proof("board", code))
    assert view(case) is None


def test_a_sheet_printed_before_the_case_went_back_is_no_proof(world, case):
    old = queries.notice_sheet(case, STEP)[0]
    back = next(step for step, _ in queries.step_form(case, STEP, world.who(BY), world.day).may_return_to)
    services.return_step(
        case=case, step=STEP, to=back, reason="重新比选", occurred_on=world.day, by=world.who(BY), at=world.at
    )
    world.forward(case, until=STEP)
    with pytest.raises(Refused, match="不是“成交公示”现在这一张的编号"):
        post(world, case, proof=Proof("board", old))
    post(world, case, proof=Proof("board", queries.notice_sheet(case, STEP)[0]))


def test_the_web_posting_begins_when_it_could_be_read_and_needs_no_photograph_yet(world, case):
    code = queries.notice_sheet(case, STEP)[0]
    web = Proof("web", code, "340311104201-7", world.day)
    began = post(world, case, papers={}, proof=web)
    assert (view(case).proof, view(case).reference) == ("网上公布", "340311104201-7")
    world.go_to(began.until + timedelta(days=1))
    with pytest.raises(Refused, match="还缺单据“公示照片”"):
        world.do(case, STEP, papers={})
    assert world.do(case, STEP).entered == ("contract",)


def test_a_web_posting_that_is_not_public_yet_proves_nothing(world, case):
    code = queries.notice_sheet(case, STEP)[0]
    with pytest.raises(Refused, match="网上还没有公布") as caught:
        post(world, case, papers={}, proof=Proof("web", code))
    assert caught.value.basis.article == "第54条"


def test_the_days_run_from_the_proof_not_from_the_day_claimed(world, case):
    claimed = world.day
    world.wait(10)
    began = post(world, case, posted_on=claimed)
    assert began.until >= world.day + timedelta(days=3)
    data = entries_of(f"case:{case}")[-1].data
    assert (data["notice"]["posted_on"], data["notice"]["from"]) == (
        claimed.isoformat(),
        world.day.isoformat(),
    )
    assert data["late_days"] == 10


# a change restarts it


def test_a_changed_notice_hangs_its_days_anew_and_the_old_one_stays_in_the_record(world, case):
    first = post(world, case)
    world.go_to(first.until)
    again = repost(world, case)
    assert again.posting == 2 and again.until >= world.day + timedelta(days=3)
    world.go_to(first.until + timedelta(days=1))
    with pytest.raises(Refused, match=f"{again.until + timedelta(days=1)}起才能办结，不能缩短"):
        world.do(case, STEP)
    entry = entries_of(f"case:{case}")[-1]
    assert entry.act == "case.notice_reposted" and entry.citation.article == "第54条"
    assert {one.id: one.value for one in entry.fields} == {
        "changed": "成交价改正为 36,200 元", "why": "异议成立，价格核减",
    }  # fmt: skip
    assert entry.data["notice"]["posting"] == 2 and entry.data["notice"]["reason"] == "异议成立，价格核减"
    acts = [one.act for one in entries_of(f"case:{case}")]
    assert acts[-2:] == ["case.notice_started", "case.notice_reposted"]
    world.go_to(again.until + timedelta(days=1))
    assert world.do(case, STEP).entered == ("contract",)


def test_the_changed_notice_is_another_sheet(world, case):
    code, again = queries.notice_sheet(case, STEP)
    post(world, case, proof=Proof("board", code))
    with pytest.raises(Refused, match="不是“成交公示”现在这一张"):
        repost(world, case, proof=Proof("board", code))
    repost(world, case, proof=Proof("board", again))
    assert view(case).reference == again and view(case).posting == 2


def test_an_upheld_objection_is_met_by_the_changed_notice_an_unanswered_one_goes_on_holding(world, case):
    post(world, case)
    for _ in range(2):
        services.note_objection(case=case, step=STEP, at=world.at)
    services.settle_objection(case=case, step=STEP, upheld=True, at=world.at)
    world.wait()
    until = repost(world, case).until
    world.go_to(until + timedelta(days=1))
    with pytest.raises(Refused, match="有1件异议还没有答复"):
        world.do(case, STEP, objection="raised")
    services.settle_objection(case=case, step=STEP, upheld=False, at=world.at)
    assert (view(case).objections, view(case).unanswered, view(case).upheld) == (1, 0, 0)
    assert world.do(case, STEP, objection="raised").entered == ("complaint",)


def test_a_repost_alone_answers_an_upheld_objection(world, case):
    post(world, case)
    services.note_objection(case=case, step=STEP, at=world.at)
    services.settle_objection(case=case, step=STEP, upheld=True, at=world.at)
    world.go_to(repost(world, case).until + timedelta(days=1))
    assert world.do(case, STEP, objection="none").entered == ("contract",)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"changed": " "}, "还没有写明改了什么"),
        ({"why": ""}, "还没有写明为什么改"),
        ({"why": "他的电话 13800138000"}, "号码"),
        ({"papers": {}}, "还缺单据“公示照片”"),
    ],
)
def test_a_repost_says_what_and_why_and_has_its_own_proof(world, case, more, sentence):
    post(world, case)
    with pytest.raises(Refused, match=sentence):
        repost(world, case, **more)
    assert view(case).posting == 1


def test_nothing_hangs_nothing_is_reposted(world, case):
    for act in (repost, down, rehang):
        with pytest.raises(Refused, match="还没有登记张贴"):
            act(world, case)


# torn down and hung again


def test_days_without_the_sheet_are_made_up(world, case):
    world.go_to(date(2026, 10, 12))
    assert post(world, case).until == date(2026, 10, 15)
    world.go_to(date(2026, 10, 14))
    down(world, case)
    world.go_to(date(2026, 10, 20))
    with pytest.raises(Refused, match="2026-10-14发现没有贴着") as caught:
        world.do(case, STEP)
    assert "待确认" in caught.value.basis.text()
    # The 13th counted; 14th to 20th do not; the 21st and 22nd make it three.
    assert rehang(world, case).until == date(2026, 10, 22)
    with pytest.raises(Refused, match="2026-10-23起才能办结"):
        world.do(case, STEP)
    assert [one.act for one in entries_of(f"case:{case}")][-2:] == [
        "case.notice_interrupted", "case.notice_rehung",
    ]  # fmt: skip
    world.go_to(date(2026, 10, 23))
    assert world.do(case, STEP).entered == ("contract",)


def test_torn_down_twice(world, case):
    world.go_to(date(2026, 10, 12))
    post(world, case)
    for day in (13, 15):
        world.go_to(date(2026, 10, day))
        down(world, case)
        world.go_to(date(2026, 10, day + 1))
        last = rehang(world, case).until
    # 13th to 16th do not count: 17th, 18th (a Sunday) and 19th do.
    assert last == date(2026, 10, 19)


def test_who_reports_it_and_what_is_refused(world, case):
    world.go_to(date(2026, 10, 12))
    until = post(world, case).until
    with pytest.raises(Refused, match="一直贴着"):
        rehang(world, case)
    with pytest.raises(Refused, match="不担任该职务"):
        down(world, case, by=world.who("bookkeeper"))
    with pytest.raises(Refused, match="还缺单据“公示照片”"):
        down(world, case, papers={})
    with pytest.raises(Refused, match="早于“成交公示”张贴的日期"):
        down(world, case, found_on=world.day - timedelta(days=1))
    with pytest.raises(Refused, match="还没有写明看到的情况"):
        down(world, case, reason=" ")
    world.go_to(until + timedelta(days=1))
    with pytest.raises(Refused, match="已经贴满"):
        down(world, case)
    down(world, case, found_on=until, by=world.who("town_government"))
    with pytest.raises(Refused, match="已经登记了"):
        down(world, case, found_on=until)


# what nobody can shorten


def test_midnight_belongs_to_asia_shanghai(world, case):
    until = post(world, case).until
    night = datetime(until.year, until.month, until.day, 15, 59, 59, tzinfo=UTC)  # 23:59:59 there

    def end(at: datetime, on: date):
        return services.complete_step(
            case=case, step=STEP, values=world.values(case, STEP), papers=world.papers(case, STEP),
            occurred_on=on, by=world.who(BY), at=at,
        )  # fmt: skip

    with pytest.raises(Refused, match="不能缩短"):
        end(night, until)
    with pytest.raises(Refused, match="还没有到"):
        end(night, until + timedelta(days=1))
    assert end(night + timedelta(seconds=1), until + timedelta(days=1)).entered == ("contract",)


def test_a_clock_set_back_starts_no_earlier_period(world, case):
    last = entries_of(f"case:{case}")[-1].recorded_at
    with pytest.raises(Refused, match="时钟比上一条记录还早"):
        post(world, case, at=last - timedelta(minutes=1), posted_on=world.day - timedelta(days=1))
    assert view(case) is None


def test_going_back_takes_the_days_along(world, case):
    until = post(world, case).until
    world.wait()
    back = next(step for step, _ in queries.step_form(case, STEP, world.who(BY), world.day).may_return_to)
    services.return_step(
        case=case, step=STEP, to=back, reason="重新比选", occurred_on=world.day, by=world.who(BY), at=world.at
    )
    world.forward(case, until=STEP)
    world.go_to(until + timedelta(days=30))
    with pytest.raises(Refused, match="还没有登记张贴"):
        world.do(case, STEP)
    assert post(world, case).until >= world.day + timedelta(days=3)


def test_a_suspended_case_s_days_stand_still(world, case):
    world.go_to(date(2026, 10, 12))
    post(world, case)
    by = world.who(BY)
    world.wait()
    services.suspend_case(case=case, reason="等异议答复", occurred_on=world.day, by=by, at=world.at)
    world.wait(5)
    services.resume_case(case=case, occurred_on=world.day, by=by, at=world.at)
    assert view(case).until == date(2026, 10, 20)
    assert entries_of(f"case:{case}")[-1].data["notice"]["until"] == "2026-10-20"


def test_an_act_beside_it_leaves_the_notice_in_what_is_told(world, case):
    until = post(world, case).until
    services.ask_signature(
        case=case, step=STEP, office="village_supervision_committee", reason="请看一眼", by=world.who(BY),
        occurred_on=world.day, at=world.at,
    )  # fmt: skip
    assert entries_of(f"case:{case}")[-1].data["notice"]["until"] == until.isoformat()


def risen(files: dict[str, str], days: int, since: date) -> dict[str, str]:
    """The district's files with more days for the notice of an award, from a day on."""
    name, at = "parameters.yaml", "id: award_publicity_days"
    head, found, tail = files[name].partition(at)
    entry = tail[tail.index("      - since:") : tail.index("  - id:")]
    newer = entry.replace("2012-02-01", since.isoformat()).replace("value: 3", f"value: {days}")
    return {**files, name: head + found + tail.replace(entry, entry + newer, 1)}


def test_the_district_s_table_may_ask_for_more_days_than_the_chart_from_a_day_on(world):
    files = risen(dict(catalogue.latest().files), 6, date(2026, 10, 12))
    world.wait()
    confirm_edition(files=files, since=world.day, by_person="", office="", at=world.at)
    number = world.open()
    world.forward(number, until=STEP)
    world.go_to(date(2026, 10, 11))
    assert queries.step_form(number, STEP, world.who(BY), world.day).owed.value == 3
    world.go_to(date(2026, 10, 12))
    owed = queries.step_form(number, STEP, world.who(BY), world.day).owed
    assert (owed.value, owed.word, owed.owners) == (6, "公示", ("村民委员会",))
    assert post(world, number).until == date(2026, 10, 19)


def test_another_edition_makes_a_hanging_notice_longer_never_shorter(world, case):
    world.go_to(date(2026, 10, 12))
    assert post(world, case).until == date(2026, 10, 15)
    files = risen(dict(catalogue.latest().files), 6, date(2026, 10, 1))
    edition = confirm_edition(
        files=files, since=date(2026, 10, 13), by_person="", office="", at=world.at
    ).number
    world.go_to(date(2026, 10, 13))
    services.migrate_case(
        case=case, to_edition=edition, reason="天数加长", occurred_on=world.day, by=world.who(BY), at=world.at
    )
    assert view(case).until == date(2026, 10, 19) and view(case).days == 6
    assert entries_of(f"case:{case}")[-1].data["notice"]["until"] == "2026-10-19"


def test_a_torn_sheet_stands_still_in_every_list_until_it_hangs_again(world, case):
    from mingbai.disclosure import queries as disclosure
    from mingbai.disclosure.follow import follow
    from mingbai.disclosure.services import rebuild_heads

    post(world, case)
    world.wait()
    down(world, case)
    follow(world.at)
    (listed,) = disclosure.on_notice(world.day, "340311104201")
    assert listed.notice.down
    world.wait(40)
    assert rebuild_heads() == 1 and disclosure.on_notice(world.day, "340311104201")[0].notice.down
    rehang(world, case)
    follow(world.at)
    assert not disclosure.on_notice(world.day, "340311104201")[0].notice.down
