"""The papers of a meeting: the record to the character, on A4 with the margins of the standard, quickly, within reach."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest
from django.test import Client
from pypdf import PdfReader
from pypdfium2 import raw

from mingbai.config import clock
from mingbai.desk.printing import words
from mingbai.desk.printing.papers import KINDS, Asked, make_paper
from mingbai.desk.printing.sources import Source
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.queries import Meeting
from mingbai.meetings.rules import Base, Majority, Passing, find_body, read_bodies
from mingbai.meetings.rules.entries import read_entry
from mingbai.meetings.rules.floor import Floor, Item, Seat
from mingbai.meetings.rules.taking import fold
from mingbai.meetings.services import Motion, Plan, Sent, call_meeting, note, set_roll
from mingbai.organisations.models import User

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
BODIES = read_bodies((DISTRICT / "meetings.yaml").read_text("utf-8"))
VILLAGE = "340311104201"
BODY = "liangwei"
POINTS_A_MM = 72 / 25.4
A4 = (595, 842)
DRAIN, LAMPS = "东组排水沟修复", "西组装路灯12盏，每盏不超过300元，由村民委员会办理；谁来装，另行公示。"
WRITTEN = "主任说了排水沟的情况。\n代表3问：钱从哪里来？\n会计答：从“一事一议”结余里出。"


def kept(text: str) -> str:
    """Without line ends and spaces: lines are broken where the paper ends."""
    return re.sub(r"\s+", "", text)


def pages(made: bytes) -> list[str]:
    return [kept(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(made)]


def sizes(made: bytes) -> set[tuple[int, int]]:
    held = PdfReader(io.BytesIO(made)).pages
    return {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in held}


def letters(made: bytes, page: int = 0, ink: bool = False) -> list[tuple[str, float, float, float, float]]:
    """Every letter of a page with its box, or that of its ink: (letter, left, bottom, right, top), in points."""
    text = pypdfium2.PdfDocument(made)[page].get_textpage()
    return [
        (chr(raw.FPDFText_GetUnicode(text, at)), *text.get_charbox(at, loose=not ink))
        for at in range(text.count_chars())
        if raw.FPDFText_GetUnicode(text, at) > 32
    ]


@pytest.fixture
def hall(world, monkeypatch):
    """Thirty are called for three days on, with two motions; the site's clock is the village's."""
    monkeypatch.setattr(clock, "now", lambda: world.at)
    set_roll(
        village=VILLAGE,
        body=BODY,
        persons=world.reps,
        since=world.day,
        by=world.who("village_committee_director"),
        at=world.at,
    )
    world.number = call_meeting(
        village=VILLAGE, body=BODY, by=world.who("village_committee_director"), at=world.at,
        plan=Plan(date(2026, 9, 4), "09:30", "村委会会议室", world.day),
        motions=[Motion(DRAIN), Motion(LAMPS)],
    ).number  # fmt: skip
    return world


def say(world, *entries):
    """Write entries down as the clerk."""
    start = meetings.meeting(world.number).last
    sent = [Sent(f"k{start}-{n}", one) for n, one in enumerate(entries)]
    for one in note(meeting=world.number, sent=sent, by=world.who("village_clerk"), at=world.at):
        assert not one.refusal, one.refusal


@pytest.fixture
def held(hall):
    """The day has come: 24 of 30 are here, one stands aside, the first motion is carried and the second is not."""
    hall.go_to(date(2026, 9, 4))
    vote = {"kind": "counted", "method": "hands", "abstain": 1}
    say(
        hall,
        {"kind": "came", "people": hall.reps[:24]},
        {"kind": "stood_aside", "item": 1, "person": hall.reps[0], "reason": "承做方是其兄弟"},
        {"kind": "amended", "item": 1, "text": DRAIN + "（200米）", "reason": "写明长度"},
        {"kind": "opened", "item": 1, "methods": ["hands"]},
        {**vote, "item": 1, "agree": 20, "against": 2},
        {"kind": "closed", "item": 1},
        {"kind": "opened", "item": 2, "methods": ["hands"]},
        {**vote, "item": 2, "agree": 11, "against": 12},
        {"kind": "closed", "item": 2},
        {"kind": "minuted", "text": WRITTEN},
        {"kind": "approved", "people": hall.reps[:20]},
        {"kind": "declined", "person": hall.reps[20], "reason": "我投的是反对"},
    )
    return hall


def staff(world, office: str = "village_clerk") -> Client:
    """Somebody signed in."""
    user, _ = User.objects.get_or_create(username=f"u-{office}", person_id=world.who(office).person)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(world, kind: str, more: str = "", client: Client | None = None):
    return (client or staff(world)).get(f"/desk/meetings/{world.number}/print/{kind}/{more}")


def printed(world, kind: str, more: str = "") -> bytes:
    """The paper as PDF."""
    answer = get(world, kind, more)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content


def hall_of(
    body: str,
    names: list[str],
    *entries: Mapping[str, Any],
    households: Mapping[str, str] | None = None,
    **more: Any,
) -> Source:
    """A meeting without a database: the people p0, p1 …, what was entered, and the village it is of."""
    seats = {f"p{n}": Seat(f"p{n}", name, (households or {}).get(name, "")) for n, name in enumerate(names)}
    given = {"items": [Item(1, DRAIN)], "by_household": bool(households), **more}
    rule = find_body(BODIES, body, date(2026, 9, 4))
    floor = Floor(rule, date(2026, 9, 4), "14:00", "文化广场", date(2026, 8, 20), seats, **given)
    fold(floor, map(read_entry, entries))
    at = datetime(2026, 8, 20, tzinfo=UTC)
    number = f"H-{VILLAGE}-{body}-2026-001"
    meeting = Meeting(number, VILLAGE, body, rule.title, 1, at, floor, len(entries), frozenset())
    return Source(meeting, "大柏村", {"rceo": "农村集体经济组织法"}, date(2026, 9, 1))


def made_of(of: Source, kind: str, **asked: Any) -> bytes:
    return make_paper(of, kind, Asked(**asked), demo=False)


def said_in(content: Any) -> list[str]:
    """Every text of a paper's content, however deep, but for what only steers the template."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, Mapping):
        return [text for key, one in content.items() if key not in ("kind", "demo") for text in said_in(one)]
    return [text for one in content for text in said_in(one)] if isinstance(content, list) else []


# what is printed is the record


def test_every_paper_prints_what_it_was_given_to_the_character(held):
    from mingbai.desk.printing.sources import source

    of = source(meetings.meeting(held.number), held.day)
    for kind in ("notice", "roll", "minutes", "resolution"):
        said = KINDS[kind].say(of, Asked())
        text = "".join(pages(printed(held, kind)))
        for one in said_in(said):
            assert kept(one) in text, (kind, one)


def test_the_notice_says_when_where_and_what(hall):
    made = printed(hall, "notice")
    [text] = pages(made)
    assert sizes(made) == {A4}
    for one in (
        "关于召开大柏村“两委”会议的通知", "定于2026年9月4日（星期五）9时30分，在村委会会议室召开",
        f"（一）{DRAIN}", f"（二）{LAMPS}", "应到30人。三分之二以上（不少于20人）到会才能表决",
        "到会、可以投票的人过半数同意，才算通过。", "请本人到会", "待确认", "2026年9月1日", hall.number,
    ):  # fmt: skip
        assert kept(one) in text, one


def test_a_meeting_moved_or_called_off_says_so(hall):
    moved = {
        "kind": "moved",
        "held_on": "2026-09-06",
        "starts_at": "15:00",
        "place": "村小学",
        "reason": "下雨",
    }
    say(hall, {**moved, "notified_on": "2026-09-01"})
    [text] = pages(printed(hall, "notice"))
    assert "原定2026年9月4日召开的会议改期。原因：下雨。" in text
    assert "定于2026年9月6日（星期日）15时，在村小学召开" in text
    say(hall, {"kind": "cancelled", "reason": "没有场地。"})
    [text] = pages(printed(hall, "notice"))
    assert "关于取消大柏村“两委”会议的通知" in text and "原因：没有场地。" in text and "。。" not in text
    for kind in ("roll", "ballots"):
        assert get(hall, kind).status_code == 422


def test_the_minutes_have_everything_that_happened(held):
    made = printed(held, "minutes")
    text = "".join(pages(made))
    roll = [f"代表{n}" for n in range(30)]
    for one in (
        "大柏村“两委”会议记录", f"本人（24人）：{'、'.join(roll[:24])}。", f"没有到会（6人）：{'、'.join(roll[24:])}。",
        f"会上改过：原来是“{DRAIN}”；改的原因：写明长度。", "回避（1人）：代表0（承做方是其兄弟）。",
        "举手202100", "举手1112100", *WRITTEN.splitlines(), "已经核对20人，不同意1人", "代表20不同意：我投的是反对。",
        "主持人：", "记录人：", f"编号：{VILLAGE}-liangwei-2026-001",
    ):  # fmt: skip
        assert kept(one) in text, one
    assert text.count("已核对") == 20 and sizes(made) == {A4}


def test_a_motion_carried_is_a_resolution_and_one_that_is_not_is_a_result(held):
    carried, _blank, lost = pages(printed(held, "resolution"))
    assert "大柏村“两委”会议关于东组排水沟修复（200米）的决议" in carried
    assert "名册上30人，回避1人；按议事规则应到29人，到会并可以投票23人。" in carried
    assert kept(meetings.resolution(f"{VILLAGE}-liangwei-2026-001").sentence) in carried
    assert carried.endswith("大柏村“两委”会议2026年9月4日—1—")
    assert "大柏村“两委”会议表决结果" in lost and "决议" not in lost and "以上事项没有通过。" in lost
    assert kept(LAMPS) in lost and lost.endswith("—1—") and not _blank
    [only] = pages(printed(held, "resolution", "?item=2"))
    assert kept(only) == lost


def test_without_a_result_there_is_no_resolution_and_without_people_no_minutes(hall):
    for kind, reason in (("resolution", "还没有表决出结果"), ("minutes", "还没有登记谁到会")):
        answer = get(hall, kind)
        assert answer.status_code == 422 and reason in answer.content.decode()


def test_proxies_and_the_remote_are_told_apart(db):
    names = ["张一", "张二", "李三", "李四"]
    of = hall_of(
        "rce_members", names,
        {"kind": "came", "people": ["p0", "p2"]},
        {"kind": "came", "people": ["p1"], "way": "proxy", "proxy": "p0"},
        {"kind": "came", "people": ["p3"], "way": "remote"},
    )  # fmt: skip
    text = "".join(pages(made_of(of, "minutes")))
    for one in (
        "4人（本人2人，委托1人，远程1人）",
        "本人（2人）：张一、李三。",
        "委托（1人）：张二（委托张一）。",
        "远程（1人）：李四。",
    ):
        assert one in text, one
    assert text.count("张二") == 1, "who was spoken for signs nothing"
    [said] = pages(made_of(of, "notice"))
    assert "可以委托：同户的、有完全民事行为能力的成员，要有书面委托。可以用即时通讯工具参加。" in said
    [signed] = pages(made_of(of, "roll"))
    assert "／" not in signed and "远程" in signed


def test_a_matter_with_a_majority_of_its_own_says_so(db):
    asked = Passing(Majority(3, 4, strict=False), Base.roll)
    [text] = pages(made_of(hall_of("rce_members", ["甲"], items=[Item(1, DRAIN, passing=asked)]), "notice"))
    assert f"（一）{DRAIN}（这一项要全体应到的人四分之三以上同意才算通过）" in text


# the sheet of the standard


def test_the_margins_and_the_page_numbers_are_those_of_the_standard(held):
    made = printed(held, "minutes")
    for page in range(2):
        boxes = letters(made, page, ink=True)
        inner, outer = (28, 26) if page % 2 == 0 else (26, 28)
        body = [one for one in boxes if one[2] > 35 * POINTS_A_MM - 1]
        assert min(one[1] for one in body) >= inner * POINTS_A_MM - 0.5
        assert max(one[3] for one in body) <= (210 - outer) * POINTS_A_MM + 0.5
        assert max(one[4] for one in body) <= (297 - 37) * POINTS_A_MM + 6, (
            "a loose box is taller than its letter"
        )
        foot = [one for one in boxes if one[2] <= 35 * POINTS_A_MM - 1]
        assert "".join(one[0] for one in foot) == f"—{page + 1}—"
        on_the_right = foot[0][1] > 105 * POINTS_A_MM
        assert on_the_right == (page % 2 == 0)


def test_a_full_page_has_22_lines_of_28_characters(db):
    text = "村" * 28 * 60
    of = hall_of(
        "liangwei", ["甲"], {"kind": "came", "people": ["p0"]}, {"kind": "minuted", "text": text},
    )  # fmt: skip
    full = [one for one in letters(made_of(of, "minutes"), 1) if one[0] == "村"]
    lines = Counter(round(one[2]) for one in full)
    assert len(lines) == 22 and set(lines.values()) == {28}
    bottoms = sorted(lines)
    assert (bottoms[-1] - bottoms[0]) / 21 == pytest.approx(225 / 22 * POINTS_A_MM, abs=0.1)
    assert full[0][1] == pytest.approx(26 * POINTS_A_MM, abs=1)


def test_title_and_body_have_their_sizes(hall):
    page = pypdfium2.PdfDocument(printed(hall, "notice"))[0]
    held = Counter()
    text = page.get_textpage()
    for at in range(text.count_chars()):
        scale = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, at, scale)
        if raw.FPDFText_GetUnicode(text, at) <= 32:
            continue
        held[round(abs(scale.d) * raw.FPDFText_GetFontSize(text, at), 2)] += 1
    assert held.most_common(1)[0][0] == 15.75 and 22 in held and 14 in held and min(held) >= 12


def test_the_signature_stands_two_characters_from_the_right_and_the_date_two_further_in(held):
    boxes = letters(printed(held, "resolution", "?item=1"))
    line = Counter(round(one[2]) for one in boxes if one[2] > 35 * POINTS_A_MM)
    date_at, name_at = sorted(line)[:2]
    name = [one for one in boxes if round(one[2]) == name_at]
    day = [one for one in boxes if round(one[2]) == date_at]
    assert "".join(one[0] for one in day) == "2026年9月4日"
    assert name[-1][3] == pytest.approx((210 - 26) * POINTS_A_MM - 2 * 15.75, abs=1.5)
    assert day[0][1] - name[0][1] == pytest.approx(2 * 15.75, abs=1.5)


# the roll


def test_three_hundred_names_are_printed_in_less_than_three_seconds(db):
    names = [f"{a}{b}{c}" for a in "张王李赵陈" for b in "建秀国玉志春" for c in "军英华兰明梅强芳平霞"]
    of = hall_of("villagers_meeting", names)
    started = time.perf_counter()
    made = made_of(of, "roll")
    assert time.perf_counter() - started < 3
    text = "".join(pages(made))
    assert len(names) == len(set(names)) == 300 and sizes(made) == {A4}
    assert re.findall("|".join(names), text) == names, "everyone once, in the order of the roll"
    assert "应到300人" in text and text.endswith("第17页共17页") and text.count("序号姓名本人委托签名") == 17


def test_by_household_the_members_of_one_stand_beside_each_other(db):
    homes = {"张一": "10", "李二": "9", "张三": "10"}
    [text] = pages(made_of(hall_of("villagers_meeting", list(homes), households=homes), "roll"))
    assert "户号" in text and "19李二" in text, "the first row, the first household"
    assert text.index("李二") < text.index("张一") < text.index("张三") and "共2户，每户一人" in text


def test_a_row_is_tall_enough_for_an_unsteady_hand(hall):
    boxes = [one for one in letters(printed(hall, "roll")) if one[0] == "代"]
    heights = {round(a[2] - b[2]) for a, b in zip(boxes, boxes[1:], strict=False)}
    assert min(heights) >= 13 * POINTS_A_MM


# the ballots


def test_a_paper_for_each_who_may_vote_and_all_alike(db):
    names = [f"村民{n}" for n in range(20)]
    aside = {"kind": "stood_aside", "item": 1, "person": "p3", "reason": "本人"}
    made = made_of(hall_of("villagers_meeting", names, {"kind": "came", "people": ["p0"]}, aside), "ballots")
    found = pages(made)
    assert len(found) == 3 and sizes(made) == {A4}
    assert sum(page.count("无记名表决票") for page in found) == 19 == sum(page.count(DRAIN) for page in found)
    one = found[0][: len(found[0]) // 8]
    assert found[0] == one * 8 and found[2] == one * 3, "nothing tells one paper from another"
    assert all(choice in one for choice in ("同意", "反对", "弃权"))
    assert not any(name in "".join(found) for name in names)


def test_ballots_for_one_item_so_many_with_a_line_to_sign_on(hall):
    [text] = pages(printed(hall, "ballots", "?item=2&copies=3&named=1"))
    assert text.count(kept(LAMPS)) == 3 == text.count("签名：") and "无记名" not in text
    assert len(pages(printed(hall, "ballots"))) == 4 + 4


def test_a_long_motion_has_larger_papers_and_nothing_is_cut(db):
    for length, a_page in ((44, 8), (109, 6), (219, 4), (499, 2)):
        motion = ("修桥铺路，" * 100)[:length] + "终"
        [text] = pages(
            made_of(hall_of("liangwei", ["甲"], items=[Item(1, motion)]), "ballots", copies=a_page)
        )
        assert text.count(kept(motion)) == a_page == text.count("是废票。")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("?item=9", "议程里没有第9项"), ("?copies=0", "一次印1到3000张"), ("?copies=3001", "一次印1到3000张"),
        ("?copies=x", "不是数"), ("?item=-1", "不是数"),
    ],
)  # fmt: skip
def test_ballots_that_cannot_be(hall, more, reason):
    answer = get(hall, "ballots", more)
    assert answer.status_code == 422 and reason in answer.content.decode()


def test_where_the_vote_is_secret_no_paper_has_a_name(db):
    of = hall_of("party_branch_admission", ["甲"])
    with pytest.raises(Refused, match="无记名"):
        made_of(of, "ballots", named=True)
    assert "签名" not in "".join(pages(made_of(of, "ballots")))


def test_once_decided_no_ballot_is_printed_any_more(held):
    assert "没有还要表决的事项" in get(held, "ballots").content.decode()


# who may, and how it is handed over


def test_only_within_reach_and_only_signed_in(hall):
    assert get(hall, "notice", client=Client()).status_code == 302
    hall.appoint("village_clerk", "外村文书", village="340311104202")
    stranger = next(one for one in meetings_people(hall) if one != hall.person["village_clerk"])
    user = User.objects.create(username="u-stranger", person_id=stranger)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for kind in KINDS:
        assert get(hall, kind, client=client).status_code == 404
    assert get(hall, "poster").status_code == 404
    assert staff(hall).get(f"/desk/meetings/{hall.number}9/print/roll/").status_code == 404
    assert staff(hall).post(f"/desk/meetings/{hall.number}/print/roll/").status_code == 405


def meetings_people(world) -> list[str]:
    from mingbai.organisations.queries import holders

    return [
        one.id for place in (VILLAGE, "340311104202") for one in holders("village_clerk", place, world.day)
    ]


def test_the_file_has_a_chinese_name_and_is_not_kept(hall):
    answer = get(hall, "roll")
    assert (
        answer.headers["Content-Type"] == "application/pdf" and "no-store" in answer.headers["Cache-Control"]
    )
    name = quote("签到册-村“两委”会议-2026-09-04.pdf")
    assert answer.headers["Content-Disposition"] == f"inline; filename*=utf-8''{name}"


def test_a_character_the_fonts_lack_is_refused_by_name(hall):
    moved = {
        "kind": "moved",
        "held_on": "2026-09-06",
        "starts_at": "15:00",
        "place": "𫣁家",
        "reason": "下雨",
    }
    say(hall, {**moved, "notified_on": "2026-09-01"})
    for kind in ("notice", "roll"):
        answer = get(hall, kind)
        assert answer.status_code == 422 and "U+2B8C1" in answer.content.decode()


def test_the_same_record_gives_the_same_bytes_and_a_demo_says_so(db):
    of = hall_of("liangwei", ["甲"])
    assert made_of(of, "notice") == made_of(of, "notice")
    for kind in ("notice", "roll", "ballots"):
        assert "演示" in "".join(pages(make_paper(of, kind, demo=True)))
        assert "演示" not in "".join(pages(made_of(of, kind)))


def test_words():
    assert [words.numeral(n) for n in (1, 10, 11, 20, 21, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]
    assert [words.hour(one) for one in ("09:00", "14:05")] == ["9时", "14时05分"]
    assert words.share(Majority(1, 2, strict=True)) == "过半数"
    assert words.share(Majority(1, 2, strict=False)) == "二分之一以上"
    assert words.share(Majority(2, 3, strict=True)) == "超过三分之二"
    said = {
        "村民会议": "大柏村村民会议", "村“两委”会议": "大柏村“两委”会议", "村党员大会(一般事项)": "大柏村党员大会",
        "村务监督委员会会议": "大柏村村务监督委员会会议",
    }  # fmt: skip
    for title, whole in said.items():
        assert words.of_village("大柏村", title) == whole
