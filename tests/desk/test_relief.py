"""Relief at the desk: who sees it, a household behind its purpose, enrolling from the case, lists that must agree."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from mingbai.desk import relieving
from mingbai.kernel import Money, Refused
from mingbai.organisations.models import User
from mingbai.organisations.services import declare_kinship
from mingbai.relief.models import Enrolment, Member, Reading
from mingbai.relief.queries.payments import payment_list
from mingbai.relief.rules.lists import Reported

sys.path.insert(0, str(Path(__file__).parents[1] / "relief"))
from relief_ground import OTHER, VILLAGE, enrol, home, number

pytestmark = pytest.mark.django_db
HERE = f"/desk/relief/{VILLAGE}/"
CIVIL, TOWN, FINANCE = "district_civil_affairs", "town_government", "district_finance"


@pytest.fixture
def desk(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = CIVIL) -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open


def test_only_the_offices_of_the_charts_find_relief(desk, world) -> None:
    assert "/desk/relief/" in desk(CIVIL).get("/desk/").content.decode()
    assert desk(CIVIL).get(HERE).status_code == 200
    outside = desk("district_justice")
    assert "/desk/relief/" not in outside.get("/desk/").content.decode()
    view = home(world, ("甲", "19600101", 1))
    for path in ("", "add/", f"households/{view.id}/", "lists/FF-1/", "lists/FF-1/sheet/"):
        assert outside.get(HERE + path).status_code == 404
    assert desk("village_clerk").get(f"/desk/relief/{OTHER}/").status_code == 404
    assert Client().get(HERE).status_code == 302


def test_a_household_is_entered_and_its_number_comes_back_nowhere(desk) -> None:
    client, secret = desk(TOWN), number("19600101")
    bad = client.post(HERE + "add/", {"name-1": "甲", "relation-1": "子女", "id_number-1": secret})
    assert bad.status_code == 422 and secret not in bad.content.decode() and "户主" in bad.content.decode()
    sent = {"name-1": "甲", "relation-1": "户主", "id_number-1": secret, "group": "东组"}
    assert client.post(HERE + "add/", {**sent, "number-1": "9999"}).status_code == 422
    done = client.post(HERE + "add/", sent, follow=True)
    assert done.status_code == 200 and "为什么要看这一户" in done.content.decode()
    assert Member.objects.get().birth == date(1960, 1, 1)
    assert "甲" in client.get(HERE).content.decode()


def test_a_household_is_shown_only_after_a_purpose_and_each_look_is_kept(desk, world) -> None:
    view = home(world, ("甲乙丙", "19600101", 1))
    client, path = desk(CIVIL), f"{HERE}households/{view.id}/"
    assert "甲乙丙" not in client.get(path).content.decode() and not Reading.objects.exists()
    assert client.post(path, {"purpose": "x"}).status_code == 422
    page = client.post(path, {"purpose": "review"})
    assert "甲乙丙" in page.content.decode() and "no-store" in page["Cache-Control"]
    assert Reading.objects.get().purpose == "review"
    other = f"/desk/relief/{OTHER}/households/{view.id}/"
    assert client.post(other, {"purpose": "review"}).status_code == 404


def test_enrolling_takes_the_amount_from_the_confirming_case(desk, world) -> None:
    view = home(world, ("甲", "19600101", 1))
    case = world.open("甲申请低保", power="dibao")
    client, path = desk(CIVIL), f"{HERE}households/{view.id}/"
    form = {
        "purpose": "review", "do": "enrol", "member": view.members[0].id, "scheme": "dibao", "case": case,
    }  # fmt: skip
    early = client.post(path, {**form, "since": world.day.isoformat()})
    assert early.status_code == 422 and "还没有确认" in early.content.decode()
    said = {"apply/applicant": "甲", "apply/id_number": number("19600101", 1), "confirm/amount": "655.00"}
    world.forward(case, until="pay", **said)
    form["since"] = world.day.isoformat()
    stranger = home(world, ("乙", "19600101", 2))
    elsewhere = client.post(f"{HERE}households/{stranger.id}/", {**form, "member": stranger.members[0].id})
    assert elsewhere.status_code == 422 and "不在这一户" in elsewhere.content.decode()
    assert client.post(path, {**form, "scheme": "tekun"}).status_code == 422
    done = client.post(path, form)
    assert done.status_code == 200 and "655.00" in done.content.decode()
    row = Enrolment.objects.get()
    assert (row.fen, row.case) == (65500, case)
    assert client.post(path, form).status_code == 422
    stop = {"purpose": "review", "do": "stop", "number": row.number, "event_on": form["since"]}
    assert client.post(path, {**stop, "reason": ""}).status_code == 422
    stopped = client.post(path, {**stop, "reason": "收入超过标准，听取了意见"})
    assert stopped.status_code == 200 and "起停" in stopped.content.decode()


def file(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    lines = [("序号", "姓名", "金额"), *rows]
    return SimpleUploadedFile("名单.csv", "\n".join(",".join(row) for row in lines).encode("gb18030"))


def test_a_list_is_made_compared_signed_and_published(desk, world) -> None:
    enrol(world, home(world, ("甲", "19600101", 1)).members[0].id)
    world.go_to(date(2026, 10, 8))
    client = desk(CIVIL)
    assert client.post(HERE + "make/", {"scheme": "dibao", "month": "x"}).status_code == 422
    made = client.post(HERE + "make/", {"scheme": "dibao", "month": "2026-10"})
    path = made.headers["Location"]
    assert client.post(HERE + "make/", {"scheme": "dibao", "month": "2026-10"}).status_code == 422
    assert client.post(path, {"do": "publish"}).status_code == 302
    assert client.post(path, {"do": "paid", "file": file(("1", "甲", "600"))}).status_code == 302
    page = client.get(path).content.decode()
    assert "1 行不一致" in page and "金额不一样" in page
    assert desk(TOWN).post(path, {"do": "sign"}).status_code == 422
    assert client.post(path, {"do": "paid", "file": file(("1", "甲", "=650"))}).status_code == 422
    assert client.post(path, {"do": "paid", "file": file(("1", "甲", "650"))}).status_code == 302
    assert client.post(path, {"do": "sign"}).status_code == 422
    assert desk(TOWN).post(path, {"do": "sign"}).status_code == 302
    assert desk(FINANCE).post(path, {"do": "sign"}).status_code == 302
    number = path.rstrip("/").rsplit("/", 1)[1]
    view = payment_list(number)
    assert len(view.signed) == 2 and view.published and view.equal
    assert "还没有人签" not in client.get(path).content.decode()


def test_the_sheet_has_no_formula_and_can_be_handed_in_again(desk, world) -> None:
    enrol(world, home(world, ("=1+1", "19600101", 1)).members[0].id)
    world.go_to(date(2026, 10, 8))
    client = desk(CIVIL)
    path = client.post(HERE + "make/", {"scheme": "dibao", "month": "2026-10"}).headers["Location"]
    content = client.get(path + "sheet/").content
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    with pytest.raises(Refused):
        relieving.read_report(content)


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2", "姓名,金额\n甲,\n".encode(), "姓名,金额\n,3\n".encode()]
)
def test_a_return_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        relieving.read_report(content)


def test_a_return_without_numbers_is_read() -> None:
    read = relieving.read_report('姓名,金额\n甲,"1,650.5"\n'.encode())
    assert read == (Reported(0, "甲", Money.parse("1650.50").fen),)


def test_near_relatives_are_shown_to_the_town_and_the_district_only(desk, world) -> None:
    view = home(world, ("甲乙丙", "19600101", 1))
    cadre = world.person["village_committee_director"]
    by = world.who("village_clerk")
    declare_kinship(person=view.members[0].person, relative=cadre, relation="父母", by=by, at=world.at)
    enrol(world, view.members[0].id)
    for office in (CIVIL, TOWN, "district_discipline"):
        page = desk(office).get("/desk/relief/kin/").content.decode()
        assert "甲乙丙" in page and "没有申报" in page
    assert desk("village_clerk").get("/desk/relief/kin/").status_code == 404


def test_a_relative_is_declared_and_the_household_changes_at_the_desk(desk, world) -> None:
    view = home(world, ("甲", "19600101", 1), ("乙", "19900101", 2))
    head, son = (one.id for one in view.members)
    case, client = world.open("甲申请低保", power="dibao"), desk(TOWN)
    path, cadre = f"{HERE}households/{view.id}/", world.person["village_committee_director"]
    page = client.post(path, {"purpose": "review"}).content.decode()
    assert cadre in page and "村民委员会主任" in page
    form = {"purpose": "review", "do": "kin", "member": head, "relative": cadre, "relation": "女婿"}
    assert client.post(path, {**form, "case": "没有"}).status_code == 422
    assert "已经备案" in client.post(path, {**form, "case": case}).content.decode()
    assert client.post(path, {**form, "case": case}).status_code == 422
    filed = desk("district_discipline").get("/desk/relief/kin/").content.decode()
    assert "女婿" in filed and "本人申报" in filed
    today = world.day.isoformat()
    move = {"purpose": "review", "event_on": today, "why": "婚嫁"}
    assert client.post(path, {**move, "do": "leave", "member": head}).status_code == 422
    assert "离户" in client.post(path, {**move, "do": "leave", "member": son}).content.decode()
    assert client.post(path, {**move, "do": "head", "member": son}).status_code == 422


def test_a_death_told_at_the_desk_is_listed_as_what_should_stop(desk, world) -> None:
    view = home(world, ("甲", "19600101", 1), ("乙", "19900101", 2))
    enrol(world, view.members[0].id)
    path, client, today = f"{HERE}households/{view.id}/", desk(TOWN), world.day.isoformat()
    form = {"purpose": "review", "do": "gone", "member": view.members[0].id, "event_on": today}
    assert client.post(path, {**form, "kind": "lost"}).status_code == 422
    assert client.post(path, {**form, "kind": "died", "member": "0"}).status_code == 422
    assert "已经登记" in client.post(path, {**form, "kind": "died"}).content.decode()
    page = client.get(HERE).content.decode()
    assert "甲" in page and "该停" in page.split("发放名单")[0].split("<h2", 1)[1]
    assert client.post(path, {**form, "kind": "died"}).status_code == 422, "known already"
