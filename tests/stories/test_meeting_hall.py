"""The representatives meet on the drain: called, sat, amended, voted, minuted, published, carried out. Dated acts."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mingbai.cases import queries as cases
from mingbai.cases.services import complete_step
from mingbai.journal.queries import entries_of
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.services import Motion, Plan, Sent, call_meeting, note
from mingbai.translog.services import ensure_key
from mingbai.worker import run_once

STEP = "decide__villager_vote"
BODY = "villager_reps_meeting"


@pytest.fixture
def hall(world):
    """The case waits for the representatives' vote; the director calls them for three days on."""
    world.case = world.open("东组排水沟修复")
    world.forward(world.case, until=STEP, **{"request/amount": "38,000.00"})
    world.called = world.day
    world.meeting = call(world).number
    return world


def call(world, **more):
    """Call the representatives; whatever a test does not care about is filled in."""
    plan = {
        "held_on": date.fromordinal(world.day.toordinal() + 3), "starts_at": "09:30", "place": "村委会会议室",
        "notified_on": world.day, **more.pop("plan", {}),
    }  # fmt: skip
    given = {
        "village": "340311104201", "body": BODY, "by": world.who("village_committee_director"), "at": world.at,
        "motions": [Motion("东组排水沟修复", world.case, STEP, interested=more.pop("interested", ()))],
        **more,
    }  # fmt: skip
    return call_meeting(plan=Plan(**plan), **given)


def say(world, *entries, office="village_clerk"):
    """Write entries down; a refusal is raised so that a test can look at it."""
    start = meetings.meeting(world.meeting).last
    sent = [Sent(f"k{start}-{n}-{one['kind']}", one) for n, one in enumerate(entries)]
    told = note(meeting=world.meeting, sent=sent, by=world.who(office), at=world.at)
    for one in told:
        if one.refusal:
            raise one.refusal
    return told


def finish(world, resolution, on=None):
    """Complete the step with a resolution of its meeting."""
    return complete_step(
        case=world.case, step=STEP, values={"resolution": resolution}, papers=world.papers(world.case, STEP),
        occurred_on=on or world.day, by=world.who("village_committee_director"), at=world.at,
    )  # fmt: skip


def counted(agree, against=0, abstain=0, **more):
    """A count by show of hands."""
    return {"kind": "counted", "item": 1, "method": "hands", "agree": agree, "against": against,
            "abstain": abstain, **more}  # fmt: skip


def test_from_the_call_to_the_step_and_the_page(hall, settings, tmp_path):
    hall.wait(3)
    people = hall.reps[:24]
    say(hall, {"kind": "came", "people": people[:20]}, {"kind": "came", "people": people[20:]})
    say(hall, {"kind": "stood_aside", "item": 1, "person": people[0], "reason": "承做方的亲戚"})
    amended = "东组排水沟修复，从村口修到小学"
    say(hall, {"kind": "amended", "item": 1, "text": amended, "reason": "有代表提出一并修到小学"})
    say(hall, {"kind": "opened", "item": 1, "methods": ["hands"]})
    (closed,) = say(hall, counted(15, 5, 2, not_cast=1), {"kind": "closed", "item": 1})[1:]
    floor = meetings.meeting(hall.meeting).floor
    say(hall, {"kind": "minuted", "text": "代表们讨论了排水沟的走向。"})
    say(hall, {"kind": "approved", "people": people[:23]}, {"kind": "ended"})

    held = meetings.resolution(closed.resolution)
    assert (held.entitled, held.present, held.agree, held.not_cast, held.result) == (29, 23, 15, 1, "passed")
    assert held.motion == amended and floor.item(1).revisions[0][0] == "东组排水沟修复"
    finish(hall, held.number)
    assert cases.case(hall.case).here[0].step == "decide__publish_decision"


def test_the_step_takes_the_resolution_of_its_own_meeting_once(hall):
    hall.wait(3)
    say(hall, {"kind": "came", "people": hall.reps[:20]}, {"kind": "opened", "item": 1, "methods": ["hands"]})
    told = say(hall, counted(20), {"kind": "closed", "item": 1})
    number = told[-1].resolution
    with pytest.raises(Refused, match="没有编号"):
        finish(hall, "340311104201-liangwei-2026-099")
    hall.wait()
    with pytest.raises(Refused, match="不是2026"):
        finish(hall, number)
    done = finish(hall, number, on=meetings.resolution(number).held_on)
    assert done.resolution == number
    acts = [entry.act for entry in entries_of(f"case:{hall.case}")][-2:]
    assert acts == ["meeting.resolved", "case.step_completed"]


def test_a_villager_reads_the_meeting(hall, settings, tmp_path):
    settings.MINGBAI_DATA = tmp_path
    settings.MINGBAI_CLOCK_OFFSET = 0
    ensure_key()
    hall.wait(3)
    say(hall, {"kind": "came", "people": hall.reps[:20]}, {"kind": "opened", "item": 1, "methods": ["hands"]})
    say(hall, counted(20), {"kind": "closed", "item": 1}, {"kind": "ended"})
    run_once(hall.at)
    page = Client().get(f"/meetings/{hall.meeting}/")
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "村委会会议室",
        "开完了，表决了 1 项",
        "应到30人，实到20人",
        "东组排水沟修复",
        "ballot-agree",
    ):
        assert words in text
    assert not [one for one in hall.reps if one in text] and "代表1" not in text
    assert f"/meetings/{hall.meeting}/" in Client().get("/v/340311104201/").content.decode()
    assert Client().get("/meetings/H-340311104201-liangwei-2026-009/").status_code == 404


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([{"kind": "came", "people": ["f" * 32]}], "不在村民代表会议的名册上"),
        ([{"kind": "opened", "item": 1, "methods": ["hands"]}], "还没有登记谁到会"),
        ([counted(3)], "还没有开始表决"),
        ([{"kind": "closed", "item": 1}], "还没有开始表决"),
        ([{"kind": "amended", "item": 2, "text": "临时加一项", "reason": "有人提"}], "议程里没有第2项"),
        ([{"kind": "ended"}], "还没有结果"),
        ([{"kind": "minuted", "text": "写在前面"}], "还没有登记谁到会"),
    ],
)
def test_what_may_not_be_yet(hall, entries, words):
    hall.wait(3)
    before = meetings.meeting(hall.meeting)
    with pytest.raises(Refused, match=words):
        say(hall, *entries)
    assert meetings.meeting(hall.meeting) == before


def test_before_its_day_nothing_is_written_down(hall):
    with pytest.raises(Refused, match="还没有到日子"):
        say(hall, {"kind": "came", "people": hall.reps[:3]})


def test_after_the_vote_nothing_changes_it(hall):
    hall.wait(3)
    say(hall, {"kind": "came", "people": hall.reps[:20]}, {"kind": "opened", "item": 1, "methods": ["hands"]})
    with pytest.raises(Refused, match="正在表决，到会人数不能改"):
        say(hall, {"kind": "came", "people": [hall.reps[25]]})
    with pytest.raises(Refused, match="多于参加表决的20人"):
        say(hall, counted(19, 2))
    with pytest.raises(Refused, match="票数不符"):
        say(hall, counted(12), {"kind": "closed", "item": 1})
    say(hall, counted(20), {"kind": "closed", "item": 1})
    for late in (counted(20), {"kind": "closed", "item": 1},
                 {"kind": "amended", "item": 1, "text": "改一改", "reason": "后悔"}):  # fmt: skip
        with pytest.raises(Refused, match="已经表决完"):
            say(hall, late)


def test_proxies_and_remote_members_only_where_the_law_allows(hall):
    hall.wait(3)
    say(hall, {"kind": "came", "people": hall.reps[:1]})
    with pytest.raises(Refused, match="没有规定可以委托"):
        say(hall, {"kind": "came", "people": [hall.reps[2]], "way": "proxy", "proxy": hall.reps[0]})
    with pytest.raises(Refused, match="没有规定可以远程参加"):
        say(hall, {"kind": "came", "people": [hall.reps[2]], "way": "remote"})


def test_the_same_entry_sent_twice_counts_once(hall):
    hall.wait(3)
    sent = [Sent("tablet-1", {"kind": "came", "people": hall.reps[:5]})]
    by = hall.who("village_clerk")
    first = note(meeting=hall.meeting, sent=sent, by=by, at=hall.at)
    again = note(meeting=hall.meeting, sent=sent, by=by, at=hall.at)
    assert (first[0].taken, first[0].again, again[0].again) == (True, False, True)
    assert meetings.meeting(hall.meeting).last == 1


def test_one_refused_entry_takes_no_other_with_it(hall):
    hall.wait(3)
    sent = [
        Sent("a", {"kind": "came", "people": hall.reps[:5]}),
        Sent("b", {"kind": "came", "people": ["f" * 32]}),
        Sent("c", {"kind": "came", "people": hall.reps[5:7]}),
    ]
    told = note(meeting=hall.meeting, sent=sent, by=hall.who("village_clerk"), at=hall.at)
    assert [one.taken for one in told] == [True, False, True]
    assert len(meetings.meeting(hall.meeting).floor.came) == 7


def test_kin_of_whoever_it_is_about_stand_aside_from_the_start(hall):
    from mingbai.organisations.rules import Actor
    from mingbai.organisations.services import declare_kinship

    loader = Actor("0" * 32, "系统")
    declare_kinship(
        person=hall.reps[3], relative=hall.person["rce_chair"], relation="兄弟姐妹", by=loader, at=hall.at
    )
    about = hall.person["rce_chair"]
    number = call(hall, interested=[about]).number
    (item,) = meetings.meeting(number).floor.items
    assert item.recused == {hall.reps[3]: "是本项当事人的近亲属"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"plan": {"held_on": date(2026, 8, 1)}}, "已经过去"),
        ({"plan": {"starts_at": "25:00"}}, "开会时间看不懂"),
        ({"plan": {"place": " "}}, "没有写开会地点"),
        ({"plan": {"by_household": True}}, "不能按户召开"),
        ({"motions": []}, "议程要有"),
        ({"motions": [Motion("打电话给 13805521234")]}, "电话号码"),
        ({"body": "rce_reps"}, "由理事会召集"),
        ({"body": "nobody"}, "没有“nobody”的议事规则"),
    ],
)
def test_a_call_that_may_not_be(hall, change, words):
    with pytest.raises(Refused, match=words):
        call(hall, **change)


def test_only_the_convening_offices_call_and_only_they_and_the_clerk_write(hall):
    with pytest.raises(Refused, match="由村民委员会召集"):
        call(hall, by=hall.who("bookkeeper"))
    hall.wait(3)
    with pytest.raises(Refused, match="您不能登记这次会议"):
        say(hall, {"kind": "came", "people": hall.reps[:1]}, office="bookkeeper")


def test_a_meeting_put_off_takes_the_roll_of_its_new_day(hall):
    later = date.fromordinal(hall.day.toordinal() + 9)
    say(hall, {
        "kind": "moved", "held_on": later.isoformat(), "starts_at": "15:00", "place": "小学操场",
        "notified_on": hall.day.isoformat(), "reason": "下雨",
    })  # fmt: skip
    floor = meetings.meeting(hall.meeting).floor
    assert (floor.held_on, floor.place, floor.moved[0][1]) == (later, "小学操场", "下雨")
    hall.wait(3)
    with pytest.raises(Refused, match="还没有到日子"):
        say(hall, {"kind": "came", "people": hall.reps[:3]})


def test_a_body_whose_term_has_run_out_decides_nothing(world):
    from mingbai.meetings.services import set_roll
    from mingbai.organisations.rules import Actor

    set_roll(
        village="340311104201", body=BODY, persons=world.reps, since=date(2026, 1, 6), by=Actor("0" * 32, "系统"),
        at=world.at, term_from=date(2021, 8, 1),
    )  # fmt: skip
    world.case = ""
    with pytest.raises(Refused, match="满5年"):
        call(world)


def test_a_member_who_has_died_is_in_no_base(hall):
    from mingbai.organisations.rules import Actor
    from mingbai.organisations.services import record_departure

    record_departure(person=hall.reps[29], kind="died", on=hall.day, by=Actor("0" * 32, "系统"), at=hall.at)
    assert len(meetings.meeting(hall.meeting).floor.seats) == 29
    hall.wait(3)
    with pytest.raises(Refused, match="不在村民代表会议的名册上"):
        say(hall, {"kind": "came", "people": [hall.reps[29]]})


def test_a_group_meets_by_itself(world):
    from mingbai.meetings.models import RollStanding, RollVersion
    from mingbai.meetings.services import set_roll
    from mingbai.organisations.rules import Actor

    set_roll(
        village="340311104201", body="village_group_meeting", persons=world.reps, since=date(2026, 1, 5),
        by=Actor("0" * 32, "系统"), at=world.at,
    )  # fmt: skip
    roll = RollVersion.objects.get(body="village_group_meeting")
    RollStanding.objects.bulk_create(
        RollStanding(roll=roll, person=person, group="东组" if n < 12 else "西组")
        for n, person in enumerate(world.reps)
    )
    world.case = ""
    given = {"body": "village_group_meeting", "motions": [Motion("机井归哪几户用", matter="group_property")]}
    with pytest.raises(Refused, match="没有写明是哪个村民小组"):
        call(world, **given)
    with pytest.raises(Refused, match="没有“南组”这个小组"):
        call(world, plan={"group": "南组"}, **given)
    held = meetings.meeting(call(world, plan={"group": "东组"}, **given).number)
    assert len(held.floor.seats) == 12 and held.body_title == "东组村民小组会议"


def test_figures_entered_afterwards_tell_spoilt_votes_and_the_way_apart(world):
    case = world.open("东组排水沟修复")
    world.forward(case, until=STEP, **{"request/amount": "38,000.00"})
    entered = {**world.values(case, STEP), "agree": "27", "spoilt": "2", "not_cast": "1", "method": "secret"}
    done = complete_step(
        case=case, step=STEP, values=entered, papers=world.papers(case, STEP), occurred_on=world.day,
        by=world.who("village_committee_director"), at=world.at,
    )  # fmt: skip
    held = meetings.resolution(done.resolution)
    assert (held.spoilt, held.not_cast, held.matter) == (2, 1, "public_works")
    assert list(held.methods) == ["secret"]


def test_a_matter_chosen_wrongly_is_refused_by_name(world):
    case = world.open("东组排水沟修复")
    world.forward(case, until=STEP, **{"request/amount": "38,000.00"})
    with pytest.raises(Refused, match="由村民会议决定，村民代表会议不能代替"):
        complete_step(
            case=case, step=STEP, values={**world.values(case, STEP), "matter": "land_compensation"},
            papers=world.papers(case, STEP), occurred_on=world.day, by=world.who("village_committee_director"),
            at=world.at,
        )  # fmt: skip
