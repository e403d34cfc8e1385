"""A hall run from the desk by plain forms: what each does, and whom and what it refuses."""

from __future__ import annotations

import io
import re
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from meeting_hall import BODY, STEP, VILLAGE, called, hall, signed_in, words

from mingbai.cases import queries as cases
from mingbai.meetings import queries

pytestmark = pytest.mark.django_db
__all__ = ["called", "hall"]


def test_a_waiting_step_is_called_with_what_is_known(hall) -> None:
    listed = words(hall.chair.get("/desk/meetings/"))
    assert "召集：东组排水沟修复" in listed and "还没有召集过会议" in listed
    page = hall.chair.get(f"/desk/meetings/call/?village={VILLAGE}&body={BODY}&case={hall.case}&step={STEP}")
    assert re.search(rf'value="{hall.case}/{STEP}" checked', page.content.decode())
    assert "到会多少人才能开" in words(page) and "依据" in words(page)
    assert hall.call().status_code == 302
    item = hall.floor.items[0]
    assert (item.motion, item.case, item.step) == ("东组排水沟修复", hall.case, STEP)
    assert hall.floor.starts_at == "09:00"
    assert hall.number in hall.chair.get("/desk/meetings/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"held_on": ""}, "“哪天开”没有填"),
        ({"held_on": "2026-02-30"}, "看不懂"),
        ({"held_on": "2026-01-06"}, "已经过去"),
        ({"starts_at": "25:00"}, "开会时间看不懂"),
        ({"place": " "}, "没有写开会地点"),
        ({"steps": "01-x/y"}, "已经不等会议表决"),
        ({"steps": ""}, "议程要有"),
        ({"text-1": "给张三 13905521234 补助"}, "身份证号"),
        ({"by": "household"}, "不能按户召开"),
    ],
)
def test_a_wrong_call_says_why_and_keeps_what_was_typed(hall, wrong, told) -> None:
    page = hall.call(**({k: v for k, v in wrong.items() if v} if wrong == {"steps": ""} else wrong))
    if wrong == {"steps": ""}:
        page = hall.chair.post(
            "/desk/meetings/call/", {k: v for k, v in hall.asked().items() if k != "steps"}
        )
    assert page.status_code == 422 and told in words(page)
    assert wrong.get("place") or 'value="村部会议室"' in page.content.decode()


def test_only_who_convenes_a_body_calls_it(hall) -> None:
    clerk = signed_in(hall.world.who("village_clerk"))
    page = clerk.post("/desk/meetings/call/", hall.asked())
    assert (
        page.status_code == 422
        and "召集" in words(page)
        and '<form method="post" class="act-form">' not in (page.content.decode())
    )


def test_another_village_s_meeting_is_not_there(called) -> None:
    world = called.world
    stranger = signed_in(world.appoint("village_party_secretary", "邻村书记", "340311104202"))
    for path in (called.at, f"{called.at}worker.js", "/desk/meetings/H-0/"):
        assert stranger.get(path).status_code == 404
    for path in ("enter/", "entries/", "photos/"):
        assert stranger.post(called.at + path).status_code == 404
    assert stranger.get("/desk/meetings/").status_code == 200
    assert called.number not in stranger.get("/desk/meetings/").content.decode()
    assert Client().get(called.at).status_code == 302


def test_who_may_only_look_has_no_form(called) -> None:
    looker = signed_in(called.world.who("village_supervision_committee"))
    page = looker.get(called.at)
    assert page.status_code == 200 and "您不能登记这次会议" in words(page)
    assert f"{called.at}enter/" not in re.sub(r'data-\w+="[^"]*"', "", page.content.decode())
    refused = called.enter("came", browser=looker, people=called.world.reps[:1])
    assert refused.status_code == 422 and not called.floor.came


def test_a_meeting_from_the_first_name_to_the_case_s_next_step(called) -> None:
    people, page = called.everybody(), called.chair.get(called.at)
    assert "到会够了" in words(page)
    assert called.enter("opened", "opened-1", item=1, methods=["hands"]).status_code == 302
    page = called.enter("counted", "counted-1", item=1, method="hands", agree=25, against=3, abstain=1)
    assert page.status_code == 302 and "还差 1 人没有计入" in words(called.chair.get(called.at))
    short = called.enter("closed", "closed-1", item=1)
    assert short.status_code == 422 and "票数不符" in words(short)
    called.enter("counted", "counted-1", item=1, method="hands", agree=25, against=3, abstain=1, not_cast=1)
    assert called.enter("closed", "closed-1", item=1).status_code == 302
    page = called.chair.get(called.at)
    assert "通过" in words(page) and 'class="ballot-agree"' in page.content.decode()
    assert "东组排水沟修复" in page.content.decode().split('id="minutes-text"')[1].split("</textarea>")[0]
    assert called.enter("minuted", "minutes", text="议了。").status_code == 302
    called.enter("approved", "minutes", people=people[:29])
    called.enter("declined", "minutes", person=people[29], reason="少记了我的话")
    assert "不同意：少记了我的话" in words(called.chair.get(called.at))
    assert called.enter("ended", "minutes").status_code == 302 and "散会了" in words(
        called.chair.get(called.at)
    )


def test_one_button_twice_says_it_once_and_two_buttons_two_things(called) -> None:
    one, two = called.world.reps[:2]
    key = uuid4().hex
    for person in (one, one, two):
        called.chair.post(f"{called.at}enter/", {"key": key, "kind": "came", "people": person})
    assert set(called.floor.came) == {one, two} and queries.meeting(called.number).last == 2
    nameless = called.chair.post(f"{called.at}enter/", {"kind": "came", "people": one})
    assert nameless.status_code == 422 and "编号" in nameless.context["refusal"].reason


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("counted", {"item": 1, "method": "hands", "agree": 1, "against": 0, "abstain": 0}, "还没有开始表决"),
        ("closed", {"item": 1}, "还没有开始表决"),
        ("opened", {"item": 1, "methods": ["hands"]}, "还没有登记谁到会"),
        ("opened", {"item": 7, "methods": ["hands"]}, "议程里没有第7项"),
        ("came", {"people": ["nobody"]}, "不在"),
        ("came", {}, "没有填"),
        ("came", {"people": [None], "way": "remote"}, "没有规定可以远程"),
        ("came", {"pair": "REP0|REP1", "way": "proxy"}, "没有规定可以委托"),
        ("amended", {"item": 1, "text": "东组排水沟和桥", "reason": ""}, "没有填"),
        ("minuted", {"text": "议了"}, "还没有登记谁到会"),
        ("ended", {}, "还没有结果"),
        ("nonsense", {}, "看不懂"),
    ],
)
def test_what_may_not_be_is_refused_with_a_sentence(called, kind, said, told) -> None:
    reps = called.world.reps
    said = {**said}
    if said.get("people") == [None]:
        said["people"] = reps[:1]
    if "pair" in said:
        said["pair"] = f"{reps[0]}|{reps[1]}"
    page = called.enter(kind, f"{kind}-1", **said)
    assert page.status_code == 422 and told in words(page)
    assert queries.meeting(called.number).last == 0


def test_more_votes_than_voters_is_refused_and_the_figures_stay_in_the_form(called) -> None:
    called.everybody()
    called.enter("opened", item=1, methods=["hands"])
    page = called.enter("counted", "counted-1", item=1, method="hands", agree=31, against=0, abstain=0)
    assert page.status_code == 422 and "票数31多于参加表决的30人" in words(page)
    assert (
        'name="agree" inputmode="numeric" pattern="[0-9]*" maxlength="5" autocomplete="off" required value="31"'
        in (page.content.decode())
    )
    page = called.enter("counted", "counted-1", item=1, method="hands", agree="三十", against=0, abstain=0)
    assert page.status_code == 422 and "整数" in words(page)


def test_after_the_vote_nothing_of_it_is_changed(called) -> None:
    called.everybody()
    called.enter("opened", item=1, methods=["hands"])
    late = called.enter("left", people=called.world.reps[:1])
    assert late.status_code == 422 and "正在表决" in words(late)
    called.enter("counted", item=1, method="hands", agree=30, against=0, abstain=0)
    called.enter("closed", item=1)
    for kind, said in (
        ("counted", {"method": "hands", "agree": 29, "against": 1, "abstain": 0}),
        ("amended", {"text": "别的", "reason": "改"}),
        ("stood_aside", {"person": called.world.reps[0], "reason": "亲属"}),
    ):
        page = called.enter(kind, item=1, **said)
        assert page.status_code == 422 and "已经表决完" in words(page)


def test_what_changes_on_the_floor_is_on_the_page(called) -> None:
    called.everybody()
    called.enter("amended", "amended-1", item=1, text="东组排水沟修复，用管不用槽", reason="槽要占田")
    called.enter("stood_aside", "stood_aside-1", item=1, person=called.world.reps[0], reason="承包人是他弟弟")
    page = words(called.chair.get(called.at))
    assert "原来是：“东组排水沟修复”" in page and "回避：承包人是他弟弟" in page
    called.enter("dropped", "dropped-1", item=1, reason="等设计图")
    assert "不议了：等设计图" in words(called.chair.get(called.at))


def test_a_meeting_of_tomorrow_waits_moves_or_is_called_off(hall) -> None:
    day = hall.world.day + timedelta(days=9)
    hall.call(held_on=day.isoformat())
    early = hall.enter("came", people=hall.world.reps[:1])
    assert early.status_code == 422 and "还没有到日子" in words(early)
    later = (day + timedelta(days=3)).isoformat()
    moved = {
        "held_on": later,
        "starts_at": "15:00",
        "place": "祠堂",
        "notified_on": hall.world.day.isoformat(),
    }
    assert hall.enter("moved", "moved", reason="下雨", **moved).status_code == 302
    assert "改期了：下雨" in words(hall.chair.get(hall.at)) and hall.floor.place == "祠堂"
    assert hall.enter("cancelled", "cancelled", reason="项目不做了").status_code == 302
    assert "这次会议取消了：项目不做了" in words(hall.chair.get(hall.at))
    over = hall.enter("came", people=hall.world.reps[:1])
    assert over.status_code == 422 and "已经取消" in words(over)


def photo(number: int = 1) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (number, 2, 3)).save(out, "JPEG")
    out.seek(0)
    out.name = "a.jpg"
    return out


def test_photographs_become_papers_of_the_meeting(called) -> None:
    page = called.chair.post(f"{called.at}photos/", {"label": "签到册", "photos": [photo(1), photo(2)]})
    assert page.status_code == 302 and [label for _id, label in called.floor.papers] == ["签到册", "签到册"]
    for files in ([], [io.BytesIO(b"no picture")]):
        page = called.chair.post(f"{called.at}photos/", {"label": "签到册", "photos": files})
        assert page.status_code == 422
    looker = signed_in(called.world.who("village_supervision_committee"))
    assert looker.post(f"{called.at}photos/", {"label": "签到册", "photos": [photo(3)]}).status_code == 422
    assert len(called.floor.papers) == 2


def test_a_page_takes_few_queries_however_many_there_are(called, django_assert_max_num_queries) -> None:
    called.everybody()
    called.enter("opened", item=1, methods=["hands"])
    called.enter("counted", item=1, method="hands", agree=30, against=0, abstain=0)
    called.enter("closed", item=1)
    for path in (called.at, "/desk/meetings/", "/desk/meetings/call/"):
        with django_assert_max_num_queries(12):
            called.chair.get(path)


def test_the_step_takes_the_resolution_and_the_photographs_of_its_meeting(called) -> None:
    case, path = called.case, f"/desk/cases/{called.case}/steps/{STEP}/"
    assert called.number in called.chair.get(path).content.decode()
    called.everybody()
    called.chair.post(f"{called.at}photos/", {"label": "签到册", "photos": [photo(1)]})
    called.enter("opened", item=1, methods=["hands"])
    called.enter("counted", item=1, method="hands", agree=30, against=0, abstain=0)
    called.enter("closed", item=1)
    resolution = queries.resolutions_at(called.number)[0]
    link = re.search(rf'href="({path}\?resolution=[^"]+)"', called.chair.get(called.at).content.decode())
    page = called.chair.get(link[1])
    assert resolution.sentence in words(page) and 'name="agree"' not in page.content.decode()
    paper = called.floor.papers[0][0]
    needs = [need.id for need in called.world.node(case, STEP).papers if need.required]
    values = called.world.values(case, STEP)
    taken = {f"meeting-{need}": paper for need in needs}
    sent = {**values, **taken, "resolution": resolution.number, "do": "complete"}
    for name in ("present", "recused", "agree", "against", "abstain"):
        sent.pop(name, None)
    strange = called.chair.post(path, {**sent, f"meeting-{needs[0]}": called.world.paper()})
    assert strange.status_code == 422 and "不是这次会议的" in words(strange)
    done = called.chair.post(path, {**sent, "occurred_on": called.world.day.isoformat()})
    assert done.status_code == 302, words(done)
    step = next(one for one in cases.case(case).steps if one.step == STEP)
    assert (step.status, step.reference) == ("done", resolution.number)


def test_a_resolution_of_another_step_is_not_filled_in(called) -> None:
    path = f"/desk/cases/{called.case}/steps/{STEP}/"
    for number in ("nonsense", f"{VILLAGE}-villagers_meeting-2026-001"):
        page = called.chair.get(f"{path}?resolution={number}")
        assert page.status_code == 200 and 'name="agree"' in page.content.decode()
