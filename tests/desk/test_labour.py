"""Village labour from a case's decision to the roll that everybody sees: ticked, confirmed, listed, signed, paid."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.desk.printing.attendance import content
from mingbai.kernel import Refused
from mingbai.labour import services
from mingbai.labour.queries.attendance import grid, standing, work_orders, workers
from mingbai.labour.queries.lists import pay_list
from mingbai.labour.services import Row
from mingbai.organisations.models import User
from mingbai.organisations.queries import division
from mingbai.worker import run_once

sys.path.insert(0, str(Path(__file__).parents[1] / "labour"))
from labour_ground import VILLAGE, number, order, signed, witness, worker

pytestmark = pytest.mark.django_db
HERE = f"/desk/labour/{VILLAGE}/"
SAID = {
    "plan/work_kind": "adhoc", "plan/task": "清淤", "plan/days": "10", "plan/day_rate": "120.00", "plan/amount": "1,200.00",
}  # fmt: skip


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    return SimpleUploadedFile("kq.png", out.getvalue(), "image/png")


@pytest.fixture
def desk(world, monkeypatch, settings, tmp_path):
    """A browser of the holder of an office, by the village's clock; the public log lies in a folder of the test's own."""
    settings.MINGBAI_DATA = tmp_path
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str) -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open


@pytest.fixture
def case(world) -> str:
    """A case of labour whose workers are chosen."""
    made = world.open("清淤", power="labor-and-pay")
    world.forward(made, until="work", **SAID)
    return made


def opened(desk, world, case: str) -> str:
    """A work order of today, opened at the desk; its address."""
    today = world.day.isoformat()
    form = {"do": "order", "case": case, "place": "东组水渠", "since": today, "until": today, "unit": "day"}
    answer = desk("village_committee").post(HERE, form)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def test_only_who_does_labour_sees_it_and_nothing_is_typed_twice(desk, world, case) -> None:
    assert Client().get(HERE).status_code == 302
    assert desk("village_clerk").get(HERE).status_code in (200, 404)
    client = desk("village_committee")
    assert client.get("/desk/labour/999999999999/").status_code == 404
    fresh = world.open("再请人", power="labor-and-pay")
    today = world.day.isoformat()
    form = {"do": "order", "place": "东组", "since": today, "until": today, "unit": "day"}
    refused = client.post(HERE, {**form, "case": fresh})
    assert refused.status_code == 422 and "还没有定下人选" in refused.content.decode()
    page = client.get(opened(desk, world, case)).content.decode()
    assert "工价 120.00 元，核定 10 个工日、1,200.00 元" in page


def test_a_worker_s_number_comes_back_nowhere(desk, world) -> None:
    client, said = desk("village_committee"), number(serial=7)
    wrong = client.post(HERE, {"do": "worker", "name": "甲", "id_number": said[:17] + "x"})
    assert wrong.status_code == 422 and said[:17] not in wrong.content.decode()
    client.post(HERE, {"do": "worker", "name": "甲某", "id_number": said})
    page = client.get(HERE).content.decode()
    assert "甲某" in page and said not in page


def test_from_the_tick_to_the_public_roll(desk, world, case, django_assert_max_num_queries) -> None:
    one = worker(world)
    url, client = opened(desk, world, case), desk("village_committee")
    day = world.day.day
    ticks = {f"at-{one}-{day}-1": "1", f"at-{one}-{day}-2": "1"}
    assert client.post(url, ticks).status_code == 302
    with django_assert_max_num_queries(12):
        page = client.get(url).content.decode()
    assert page.count("✓") == 2 and "还没有人核实的" in page
    book = desk("bookkeeper")
    assert "还没有别人核实" in book.post(url, {"do": "list"}).content.decode()
    watcher = desk("village_supervision_committee")
    sheet = page.split("第 ")[1].split(" 张")[0]
    assert watcher.post(url, {"do": "witness", "sheet": sheet, "paper": photo()}).status_code == 302
    made = book.post(url, {"do": "list"})
    assert made.status_code == 302, made.content.decode()
    listed = made.url.rstrip("/").split("/")[-1]
    assert book.post(made.url, {"do": "sign"}).status_code == 422, "who made it does not sign it"
    assert desk("village_committee_director").post(made.url, {"do": "publish"}).status_code == 422
    for office in ("village_supervision_committee", "village_committee_director"):
        assert desk(office).post(made.url, {"do": "sign"}).status_code == 302
    with django_assert_max_num_queries(12):
        assert "清淤" in book.get(HERE).content.decode()
    with django_assert_max_num_queries(12):
        assert "120.00" in book.get(made.url).content.decode()
    assert desk("village_committee_director").post(made.url, {"do": "publish"}).status_code == 302
    assert pay_list(listed).published
    run_once(world.at)
    public = Client().get(f"/v/{VILLAGE}/labour/").content.decode()
    assert "清淤" in public and "1天" in public and public.count("120.00") >= 2 and "王五" not in public
    assert Client().get("/v/340311104/labour/").status_code == 404


def test_a_case_pays_what_two_signed_and_not_a_fen_else(desk, world, case) -> None:
    one = worker(world)
    url, day = opened(desk, world, case), world.day.day
    desk("village_committee").post(url, {f"at-{one}-{day}-1": "1"})
    page = desk("village_committee").get(url).content.decode()
    sheet = page.split("第 ")[1].split(" 张")[0]
    desk("village_supervision_committee").post(url, {"do": "witness", "sheet": sheet, "paper": photo()})
    said = {**SAID, "pay_list/amount": "60.00", "verify/verdict": "good"}
    world.forward(case, until="pay", **said)
    with pytest.raises(Refused, match="发放表"):
        world.do(case, "pay", amount="60.00")
    made = desk("bookkeeper").post(url, {"do": "list"}).url
    for office in ("village_supervision_committee", "village_committee_director"):
        desk(office).post(made, {"do": "sign"})
    with pytest.raises(Refused):
        world.do(case, "pay", amount="59.99")
    world.do(case, "pay", amount="60.00")
    assert pay_list(made.rstrip("/").split("/")[-1]).voucher
    assert [w.name for w in workers(VILLAGE)] == ["王五"]


def table(*rows: str) -> SimpleUploadedFile:
    text = "\n".join(["清淤考勤", "姓名,身份证号,日期,上午,下午", *rows])
    return SimpleUploadedFile("kq.csv", text.encode("utf-8-sig"), "text/csv")


def test_a_file_of_attendance_is_taken_whole_or_says_every_row_that_cannot_be(desk, world, case) -> None:
    """R54, R55 row by row: nobody in two places a day, nothing recorded while one row is wrong."""
    first = worker(world)
    for serial in (2, 3):
        worker(world, "赵六", serial)
    other = order(world, case="SX-8", place="西塘", since=world.day, until=world.day)
    by, today = world.who("village_committee"), world.day
    elsewhere = services.record_attendance(order=other, rows=[Row(first, today, 1)], by=by, at=world.at)
    url, client = f"{opened(desk, world, case)}import/", desk("village_committee")
    bad = table(
        f"王五,,{today},√,", f"赵六,,{today},√,√", "孙七,,2026-13-01,√,", f"孙七,,{today},√,", f"赵六,{number(serial=2)},{today},也许,√",
        f"赵六,{number(serial=3)},{today},√,", f"赵六,{number(serial=3)},{today},√,", "合计,,,3,3",
    )  # fmt: skip
    answer = client.post(url, {"do": "take", "file": bad})
    page = answer.content.decode()
    assert answer.status_code == 422 and not attended(case)
    for said in (
        "王五" + today.isoformat() + "上午已经在西塘", "本村登记了2个赵六", "孙七没有在本村登记", "来了打√",
        "同一个半天在第8行已经写了",
    ):  # fmt: skip
        assert said in page, said
    assert number(serial=2) not in page
    good = (
        f"赵六,{number(serial=2)},{today},√,1",
        f"赵六,'{number(serial=3)},{today.year}/{today.month}/{today.day},√,",
    )
    assert "2 个人、3 个半天" in client.post(url, {"do": "look", "file": table(*good)}).content.decode()
    assert not attended(case)
    assert client.post(url, {"do": "take", "file": table(*good)}).status_code == 302
    assert attended(case) == 3 and elsewhere.count == 1
    again = client.post(url, {"do": "take", "file": table(*good)})
    assert again.status_code == 422 and attended(case) == 3
    assert (
        desk("village_supervision_committee").post(url, {"do": "take", "file": table(*good)}).status_code
        == 422
    )


def attended(case: str) -> int:
    return sum(standing(one.number).count() for one in work_orders(VILLAGE) if one.case == case)


def test_the_sheet_to_sign_has_each_worker_with_what_is_recorded_and_free_rows(desk, world, case) -> None:
    one = worker(world)
    url, client = opened(desk, world, case), desk("village_committee")
    client.post(url, {f"at-{one}-{world.day.day}-2": "1"})
    answer = client.get(f"{url}sheet/")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert client.get(f"{url}sheet/?month=2020-01").status_code == 302
    row = work_orders(VILLAGE)[0]
    said = content(
        row, division(VILLAGE), world.day.replace(day=1), [world.day], grid(row, world.day.replace(day=1))
    )
    assert said["rows"] == [{"name": "王五", "halves": [[""], ["√"]], "total": "0.5"}]
    assert said["job"] == "清淤" and said["free"] == 3


def test_allowances_appraisals_and_outside_states_are_entered_at_the_desk(
    desk, world, case, django_assert_max_num_queries
) -> None:
    """R55, R56: who was not appraised is on no list; where somebody is stays with the town."""
    one, here = worker(world), f"{HERE}people/"
    book, today = desk("bookkeeper"), world.day
    said = {
        "worker": one,
        "case": case,
        "monthly": "600.00",
        "since": f"{today.year - 1}-01-01",
        "until": f"{today.year}-12-31",
    }
    assert desk("village_committee").post(here, {"do": "allowance", **said}).status_code == 422
    assert book.post(here, {"do": "allowance", **said}).status_code == 302
    listed = {"do": "list", "case": case, "month": f"{today:%Y-%m}"}
    assert "没有民主评议" in book.post(here, listed).content.decode()
    judged = {
        "do": "appraisal",
        "worker": one,
        "year": today.year - 1,
        "result": "good",
        "held_on": f"{today.year}-01-05",
    }
    assert book.post(here, judged).status_code == 422, "the record of the meeting is shown"
    assert book.post(here, {**judged, "paper": photo()}).status_code == 302
    made = book.post(here, listed)
    assert made.status_code == 302 and "600.00" in book.get(made.url).content.decode()
    state = {
        "do": "state", "id_number": number(), "kind": "hospital", "since": today, "until": today, "source": "区医院",
    }  # fmt: skip
    assert book.post(here, state).status_code == 404
    town = desk("town_government")
    assert town.post(here, state).status_code == 302
    with django_assert_max_num_queries(12):
        told = town.get(here).content.decode()
    assert "住院" in told and "区医院" in told and "称职" in told and number() not in told
    assert "区医院" not in book.get(here).content.decode()


def test_the_bank_s_return_says_who_was_not_paid(desk, world, case) -> None:
    one, two = worker(world), worker(world, "赵六", 2)
    row, by = order(world, case=case, since=world.day, until=world.day), world.who("village_committee")
    both = [Row(one, world.day, 1), Row(two, world.day, 1)]
    sheet = services.record_attendance(order=row, rows=both, by=by, at=world.at)
    witness(world, sheet.id)
    month = world.day.replace(day=1)
    made = services.make_list(order=row, month=month, by=world.who("bookkeeper"), at=world.at)
    signed(world, made.number)
    url, book = f"{HERE}lists/{made.number}/", desk("bookkeeper")
    back = SimpleUploadedFile("hd.csv", "姓名,金额\n王五,60.00\n".encode(), "text/csv")
    assert book.post(url, {"do": "return", "file": back}).status_code == 422, "nothing was paid yet"
    by, office = world.who("bookkeeper"), "bookkeeper"
    services.settle(case=case, amount=made.total, voucher="V-1", by=by, office=office, at=world.at)
    back.seek(0)
    assert book.post(url, {"do": "return", "file": back}).status_code == 302
    page = book.get(url).content.decode()
    assert "没有付到" in page and "赵六" in page and "V-1" in page
    whole = SimpleUploadedFile("hd.csv", "姓名,金额\n王五,60.00\n赵六,60.00\n".encode(), "text/csv")
    assert book.post(url, {"do": "return", "file": whole}).status_code == 302
    assert "一行不差" in book.get(url).content.decode()
