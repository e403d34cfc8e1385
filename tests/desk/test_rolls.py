"""Rolls at the desk: who sees them, a file looked at before it is set, one person in or out, sheets to take away."""

from __future__ import annotations

import io
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from mingbai.desk import rolling
from mingbai.desk.models import Draft
from mingbai.meetings import queries as meetings
from mingbai.organisations import queries as organisations
from mingbai.organisations.models import User

sys.path.insert(0, str(Path(__file__).parents[1] / "meetings"))
from rolls_corpus import CORPUS, HEAD, line, reopened, sound, xlsx

pytestmark = pytest.mark.django_db
VILLAGE, REPS = "340311104201", "villager_reps_meeting"
GROUP = "village_group_meeting"
ROLLS = f"/desk/rolls/{VILLAGE}/"
CLERK = "village_clerk"


@pytest.fixture
def desk(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = CLERK, person: str = "") -> Client:
        person = person or world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    open.world = world
    return open


def hand_in(client: Client, content: bytes, body: str = GROUP, since: str = "2026-09-01", **more: str):
    """Upload a file; the answer to the page that follows."""
    file = SimpleUploadedFile("名册.xlsx", content)
    return client.post(f"{ROLLS}{body}/take/", {"file": file, "since": since, **more}, follow=True)


def confirm(client: Client, body: str = GROUP):
    """Set what the preview shows."""
    page = client.get(f"{ROLLS}{body}/preview/")
    seen = page.context["trial"].seen
    return client.post(f"{ROLLS}{body}/preview/", {"seen": seen}, follow=True)


def names(body: str = GROUP, on=None) -> list[str]:
    return [one.name for one in meetings.roll_book(VILLAGE, body, on).entries]


def test_the_clerk_finds_the_rolls_of_the_village(desk) -> None:
    client = desk()
    assert "/desk/rolls/" in client.get("/desk/").content.decode()
    page = client.get("/desk/rolls/", follow=True)
    assert page.redirect_chain[-1][0] == ROLLS
    said = page.content.decode()
    assert "村民代表会议" in said and "30 人" in said and "2026年1月5日起" in said and "还没有名册" in said
    assert "居民会议" not in said


def test_one_roll_with_names_and_its_pages(desk, monkeypatch) -> None:
    monkeypatch.setattr("mingbai.desk.views.rolls.A_PAGE", 20)
    client = desk()
    first = client.get(f"{ROLLS}{REPS}/")
    assert first.status_code == 200 and first.content.decode().count('<th scope="row">') == 20
    following = first.context["following"]
    second = client.get(f"{ROLLS}{REPS}/?after={following}")
    shown = [one.name for one in [*first.context["page"], *second.context["page"]]]
    assert len(shown) == len(set(shown)) == 30 and second.context["following"] == ""
    found = client.get(f"{ROLLS}{REPS}/?q=代表7")
    assert [one.name for one in found.context["page"]] == ["代表7"]


@pytest.mark.parametrize("path", ["", "sheet/", "print/", "take/", "preview/", "put/", "off/x/"])
def test_rolls_are_not_there_for_those_without_an_office_over_the_village(desk, path) -> None:
    stranger = desk.world.appoint("village_committee", "外村委员", village="340311104202")
    villager = desk.world.appoint("villager", "村民乙")
    for client in (desk(person=stranger), desk(person=villager)):
        hidden = client.get(f"{ROLLS}{REPS}/{path}")
        missing = client.get(f"/desk/rolls/340311999999/{REPS}/{path}")
        assert hidden.status_code == missing.status_code == 404
    assert Client().get(f"{ROLLS}{REPS}/{path}").status_code == 302
    assert desk().get(f"{ROLLS}residents_meeting/{path}").status_code == 404


def test_a_villager_sees_no_list_of_rolls_and_the_town_sees_its_villages(desk) -> None:
    villager = desk.world.appoint("villager", "村民乙")
    assert "只给村、镇、区的办事人员看" in desk(person=villager).get("/desk/rolls/").content.decode()
    page = desk("town_government").get("/desk/rolls/")
    assert ROLLS in page.content.decode() and len(page.context["villages"]) > 3


def test_a_file_is_looked_at_and_then_set(desk) -> None:
    client = desk()
    page = hand_in(client, xlsx(sound()))
    assert page.status_code == 200 and page.redirect_chain[-1][0] == f"{ROLLS}{GROUP}/preview/"
    assert "看过了，登记这份名册" in page.content.decode() and line(1)[1] in page.content.decode()
    assert names(on=desk.world.day) == []
    done = confirm(client)
    assert done.status_code == 200 and "4 人，2026年9月1日起" in done.content.decode()
    assert names(on=desk.world.day) == [line(n)[1] for n in (1, 2, 3, 4)]
    assert not Draft.objects.exists()
    again = hand_in(client, xlsx(sound()))
    assert "和现在的名册一样，没有要登记的" in again.content.decode()


def test_faults_are_listed_and_nothing_is_set(desk) -> None:
    client = desk()
    page = hand_in(client, xlsx([*sound(), line(5, 姓名="王 军", 状态="已故")]))
    said = page.content.decode()
    assert (
        page.status_code == 422
        and "2 处要改" in said
        and "中间有空格" in said
        and "已故的人不能在名册上" in said
    )
    assert "登记这份名册" not in said
    posted = client.post(f"{ROLLS}{GROUP}/preview/", {"seen": ""})
    assert posted.status_code == 422 and names(on=desk.world.day) == []


@pytest.mark.parametrize("id", ["a bomb", "encrypted", "no text", "entities", "a formula", "nothing"])
def test_bad_files_are_told_on_a_page(desk, id) -> None:
    bad = next(one for one in CORPUS if one.id == id)
    page = hand_in(desk(), bad.content(), since="2026-09-01")
    assert page.status_code == 422
    assert bad.said in page.content.decode() or id == "nothing"


def test_the_file_is_kept_until_it_is_set_or_given_up(desk) -> None:
    client = desk()
    hand_in(client, xlsx(sound()))
    page = client.get(f"{ROLLS}{GROUP}/").content.decode()
    assert "还没有登记" in page and "接着核对" in page
    assert client.get("/desk/").status_code == 200  # a file kept is no draft of a step
    assert desk("village_committee_director").get(f"{ROLLS}{GROUP}/").context["upload"] is None
    gone = client.post(f"{ROLLS}{GROUP}/give-up/", follow=True)
    assert gone.status_code == 200 and not Draft.objects.exists()
    assert client.get(f"{ROLLS}{GROUP}/preview/").status_code == 302


def test_a_file_that_nobody_confirms_is_forgotten(desk) -> None:
    hand_in(desk(), xlsx(sound()))
    desk.world.wait(rolling.KEPT_DAYS + 1)
    hand_in(desk("village_committee_director"), xlsx(sound()))
    assert Draft.objects.count() == 1


def test_who_was_quicker_is_told_and_the_file_stays(desk) -> None:
    mine, other = desk(), desk("village_committee_director")
    seen = hand_in(mine, xlsx(sound())).context["trial"].seen
    hand_in(other, xlsx([*sound(), line(7)]))
    confirm(other)
    page = mine.post(f"{ROLLS}{GROUP}/preview/", {"seen": seen})
    assert page.status_code == 422 and "名册刚才被别人改过" in page.content.decode()
    assert page.context["trial"].leaves == (line(7)[1],)
    assert confirm(mine).status_code == 200 and len(names(on=desk.world.day)) == 4


def test_confirming_twice_is_setting_once(desk) -> None:
    client = desk()
    hand_in(client, xlsx(sound()))
    confirm(client)
    assert (
        client.post(f"{ROLLS}{GROUP}/preview/", {}, follow=True).redirect_chain[-1][0] == f"{ROLLS}{GROUP}/"
    )
    assert meetings.roll_sizes(VILLAGE, desk.world.day)[GROUP][0] == 4


def test_uploads_that_say_too_little(desk) -> None:
    client = desk()
    assert "还没有选文件" in client.post(f"{ROLLS}{GROUP}/take/", {"since": "2026-09-01"}).content.decode()
    assert "没有写从哪天起" in hand_in(client, xlsx(sound()), since="去年").content.decode()
    big = hand_in(client, b"1" * 5_000_001)
    assert big.status_code == 422 and "文件太大" in big.content.decode()


def test_who_may_not_set_a_roll_may_read_it(desk) -> None:
    client = desk("bookkeeper")
    assert "传一份名册" not in client.get(f"{ROLLS}{REPS}/").content.decode()
    for path in ("take/", "put/"):
        page = client.get(f"{ROLLS}{REPS}/{path}")
        assert page.status_code == 403 and "您不能登记这份名册" in page.content.decode()
    assert (
        client.post(f"{ROLLS}{REPS}/put/", {"cell-0": "9", "since": "2026-09-01", "reason": "x"}).status_code
        == 403
    )
    assert hand_in(client, xlsx(sound())).status_code == 403 and not Draft.objects.exists()
    assert client.post(f"{ROLLS}{GROUP}/preview/", {"seen": ""}).status_code == 302
    assert names(on=desk.world.day) == []


PUT = {"cell-0": "31", "cell-1": "王军", "cell-2": "1970-01-01", "cell-3": "", "cell-4": "二组", "cell-5": "村民代表",
       "since": "2026-09-01", "reason": "补选"}  # fmt: skip


def test_one_person_is_put_on_and_taken_off(desk) -> None:
    client = desk()
    put = client.post(f"{ROLLS}{REPS}/put/", PUT, follow=True)
    assert put.status_code == 200 and "31 人" in put.content.decode()
    entry = meetings.roll_book(VILLAGE, REPS, desk.world.day).entries[-1]
    assert (entry.name, entry.group) == ("王军", "二组")
    away = f"{ROLLS}{REPS}/off/{entry.person}/"
    assert "把王军移出名册" in client.get(away).content.decode()
    refused = client.post(away, {"why": "died", "since": "2026-09-01", "reason": " "})
    assert refused.status_code == 422 and "没有写理由" in refused.content.decode()
    taken = client.post(away, {"why": "died", "since": "2026-09-01", "reason": "家属来说的"}, follow=True)
    assert taken.status_code == 200 and "王军" not in names(REPS, desk.world.day)
    assert organisations.departed([entry.person], desk.world.day)[entry.person].kind == "died"
    assert client.get(away).status_code == 302


def test_a_form_keeps_what_was_entered_when_it_is_refused(desk) -> None:
    page = desk().post(f"{ROLLS}{REPS}/put/", {**PUT, "cell-2": "2012-01-01"})
    said = page.content.decode()
    assert (
        page.status_code == 422
        and "不满18周岁" in said
        and 'value="王军"' in said
        and "补选</textarea>" in said
    )


def test_the_sheet_comes_back_as_it_went_and_holds_no_formula(desk) -> None:
    client = desk()
    hand_in(client, xlsx(sound()))
    confirm(client)
    answer = client.get(f"{ROLLS}{GROUP}/sheet/")
    content = answer.content
    assert "filename*=UTF-8''" in answer["Content-Disposition"]
    assert reopened(content)[1] == ("1", line(1)[1], None, "1", "一组", "村民代表", None)
    cells = [
        cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row if cell.value
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    again = hand_in(client, content)
    assert again.status_code == 200 and "没有要登记的" in again.content.decode()


def test_no_cell_of_a_download_is_ever_a_formula() -> None:
    evil = ("=1+1", "＝1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")')
    entries = tuple(meetings.RollEntry("p", one, one, one, one, one) for one in evil)
    sheet = load_workbook(io.BytesIO(rolling.workbook(entries))).active
    assert [cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value] == ["s"] * 35


def test_the_printed_roll_is_of_the_day_and_has_room_to_sign(desk) -> None:
    client = desk()
    page = client.get(f"{ROLLS}{REPS}/print/").content.decode()
    assert page.count('<th scope="row">') == 30 and "签名" in page and "名册 30 人" in page
    assert "这一天没有名册" in client.get(f"{ROLLS}{REPS}/print/?on=2025-12-31").content.decode()
    assert client.get(f"{ROLLS}{REPS}/print/?on=xyz").status_code == 200
    css = (Path(rolling.__file__).parents[1] / "portal/static/mingbai/mingbai.css").read_text("utf-8")
    assert "@page sign-sheet { size: A4;" in css


def test_who_has_died_is_marked_and_not_printed(desk) -> None:
    client, world = desk(), desk.world
    from mingbai.organisations.services import record_departure

    gone = meetings.roll_book(VILLAGE, REPS, world.day).entries[0]
    record_departure(person=gone.person, kind="died", on=world.day, by=world.who(CLERK), at=world.at)
    said = client.get(f"{ROLLS}{REPS}/").content.decode()
    assert "已故" in said and "其中 1 人已经登记去世或者离开" in said
    assert (
        gone.name
        not in client.get(f"{ROLLS}{REPS}/print/").content.decode().split("<tbody>")[1].split("代表10")[0]
    )


def test_a_new_term_is_set_with_the_file(desk) -> None:
    client = desk()
    rows = [list(HEAD), *(line(n) for n in range(1, 4))]
    hand_in(client, xlsx(rows), body=REPS, since="2026-09-01", term_from="2026-08-30")
    confirm(client, REPS)
    book = meetings.roll_book(VILLAGE, REPS, desk.world.day)
    assert book.term_from.isoformat() == "2026-08-30" and len(book.entries) == 3


def test_a_roll_for_a_later_day_is_in_force_from_then(desk) -> None:
    client = desk()
    later = desk.world.day + timedelta(days=5)
    hand_in(client, xlsx(sound()), since=later.isoformat())
    confirm(client)
    assert names(on=desk.world.day) == [] and len(names(on=later)) == 4
