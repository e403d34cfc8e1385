"""Land at the desk: pasted parcels, mandates, what a list lacks, rent, a requisition with its quotas."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from mingbai.land.models import Household, Mandate, Parcel, Payment, Requisition, TransferList
from mingbai.land.queries.requisitions import requisition
from mingbai.organisations.models import User

sys.path.insert(0, str(Path(__file__).parents[1] / "land"))
from land_ground import CLERK, VILLAGE, number, two_homes

pytestmark = pytest.mark.django_db
HERE = f"/desk/land/{VILLAGE}/"
TERMS = {
    "parcels": "P1，P3", "since": "2026-10-01", "until": "2031-09-30", "price": "800", "recipient": "谷物合作社",
    "kind": "firm",
}  # fmt: skip


@pytest.fixture
def desk(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = CLERK) -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (9, 8, 7)).save(out, "PNG")
    return SimpleUploadedFile("a.png", out.getvalue(), "image/png")


def sheet(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.csv", "\n".join(("姓名,金额", *rows)).encode(), "text/csv")


def test_only_the_offices_of_the_charts_find_land(desk) -> None:
    assert desk().get("/desk/land/").status_code in (200, 302) and desk().get(HERE).status_code == 200
    outside = desk("district_veterans")
    for path in (
        "",
        "add/",
        "mandates/",
        "lists/new/",
        "lists/LZ-1/",
        "payments/JK-1/",
        "requisitions/ZD-1/",
    ):
        assert outside.get(HERE + path).status_code == 404
        if "1/" in path:
            assert desk().get(HERE + path).status_code == 404
    assert Client().get(HERE).status_code == 302


def test_parcels_are_pasted_whole_and_mandates_photographed(desk) -> None:
    browser = desk()
    bad = browser.post(
        HERE + "add/", {"rows": "C1,张三,东组,P1,2.5,2034-12-31\nC2,李四,东组,P3,甲,2034-12-31"}
    )
    assert bad.status_code == 422 and "第 2 行" in bad.content.decode() and not Parcel.objects.exists()
    rows = "C1\t张三\t东组\tP1\t2.5\t2034-12-31\nC2，李四，东组，P3，4.01，2034-12-31\nJT,,,J1,10,"
    assert browser.post(HERE + "add/", {"rows": rows}).status_code == 302
    assert list(Parcel.objects.order_by("id").values_list("area", flat=True)) == [250, 401, 1000]
    form = {"contract": "C1", "parcels": "P1", "since": "2026-10-01", "until": "2031-09-30", "floor": "600"}
    assert browser.post(HERE + "mandates/", form).status_code == 422
    assert browser.post(HERE + "mandates/", {**form, "paper": picture()}).status_code == 302
    page = browser.get(HERE + "mandates/").content.decode()
    assert "张三" in page and "600.00" in page
    back = {"do": "withdraw", "mandate": Mandate.objects.get().pk, "on": "2026-09-01", "paper": picture()}
    assert browser.post(HERE + "mandates/", back).status_code == 302
    assert "起撤回" in browser.get(HERE + "mandates/").content.decode()


def test_a_list_shows_what_it_lacks_and_is_made_when_nothing_lacks(desk, world) -> None:
    two_homes(world)
    browser, case = desk(), world.open("三组土地流转", "land-transfer")
    look = browser.post(HERE + "lists/new/", {**TERMS, "price": "500", "do": "look"}).content.decode()
    assert "2 块地还缺东西" in look and "比委托书写的最低价" in look and "列清单并公开" not in look
    assert "列清单并公开" in browser.post(HERE + "lists/new/", {**TERMS, "do": "look"}).content.decode()
    wrong = browser.post(HERE + "lists/new/", {**TERMS, "case": "SX-9", "do": "make"})
    assert wrong.status_code == 422 and not TransferList.objects.exists()
    made = browser.post(HERE + "lists/new/", {**TERMS, "case": case, "do": "make"})
    assert made.status_code == 302
    page = browser.get(made.url).content.decode()
    assert "5,208.00" in page and "P3" in page
    home = Household.objects.get(contract="C1").pk
    paper = browser.get(f"{made.url}households/{home}/").content.decode()
    assert "2,000.00" in paper and "P1" in paper and "P3" not in paper
    assert browser.get(f"{made.url}households/999/").status_code == 404
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(made.url)
    assert len(asked) <= 12
    paid = browser.post(made.url, {"year": "1"})
    assert paid.status_code == 302
    assert "1 行不一致" in _after(browser, paid.url, "张三,2000.00", "李四,3207.00")
    assert browser.post(paid.url, {"do": "sign"}).status_code == 422
    assert "一致" in _after(browser, paid.url, "张三,2000.00", "李四,3208.00")
    for office in ("bookkeeper", "town_government"):
        assert desk(office).post(paid.url, {"do": "sign"}).status_code == 302
    assert Payment.objects.get().signatures.count() == 2
    ended = browser.post(made.url, {"do": "end", "on": "2028-01-01", "reason": "弃耕"})
    assert ended.status_code == 422
    ended = desk("town_government").post(made.url, {"do": "end", "on": "2028-01-01", "reason": "弃耕"})
    assert ended.status_code == 302 and "提前结束" in browser.get(made.url).content.decode()


def _after(browser: Client, url: str, *rows: str) -> str:
    assert browser.post(url, {"file": sheet(*rows)}).status_code == 302
    return browser.get(url).content.decode()


def test_outsiders_votes_are_read_from_the_resolution(desk, world) -> None:
    rows = {"rows": "JT,,,J1,10,"}
    assert desk().post(HERE + "add/", rows).status_code == 302
    case, chair = world.open("机动地", "land-transfer"), desk("rce_chair")
    form = {**TERMS, "parcels": "J1", "outside": "1", "case": case, "do": "make", "approval": "镇批1号"}
    for given, said in (({}, "3分之2"), ({"resolution": "JY-没有"}, "没有编号为")):
        answer = chair.post(HERE + "lists/new/", {**form, **given})
        assert answer.status_code == 422 and said in answer.content.decode()


def test_a_requisition_from_its_announcement_to_the_reported_quotas(desk, world) -> None:
    two_homes(world)
    case, by = world.open("一号路征地", "land-requisition-pension"), desk("village_committee")
    form = {
        "case": case, "title": "一号路", "announced_on": "2026-08-01", "land_arable": "3.2", "collective_area": "0.2",
        "item_land": "5000", "kept_land": "500", "item_crops": "300",
        "rows": "C1,2,3000,0,200,0\nC2,1,1500,0,100,0",
    }  # fmt: skip
    off = by.post(HERE + "requisitions/new/", {**form, "item_crops": "301", "paper": picture()})
    assert (
        off.status_code == 422 and "青苗补偿费" in off.content.decode() and not Requisition.objects.exists()
    )
    made = by.post(HERE + "requisitions/new/", {**form, "paper": picture()})
    assert made.status_code == 302
    assert "待确认" in by.get(made.url).content.decode()
    assert (
        desk("district_hr_social")
        .post(made.url, {"do": "quotas", "count": "1", "document": "1号"})
        .status_code
        == 302
    )
    home = Household.objects.get(contract="C1").pk
    person = {
        "do": "add",
        "household": home,
        "name": "张三",
        "id_number": number("19600101"),
        "reason": "征地多",
    }
    refused = by.post(made.url, {**person, "id_number": "1"})
    assert refused.status_code == 422
    assert by.post(made.url, person).status_code == 302
    again = by.post(made.url, person)
    assert again.status_code == 422 and person["id_number"] not in again.content.decode()
    assert by.post(made.url, {"do": "publicise"}).status_code == 302
    assert by.post(made.url, {"do": "report"}).status_code == 422
    world.wait(8)
    assert by.post(made.url, {"do": "report"}).status_code == 302
    assert requisition(Requisition.objects.get().number, world.day).reported
    paid = by.post(made.url, {"do": "pay"})
    page = by.get(paid.url).content.decode()
    assert "3,200.00" in page and "4,800.00" in page and "500.00" not in page.replace("1,600.00", "")
    for url in (made.url, paid.url, HERE, HERE + "mandates/"):
        with CaptureQueriesContext(connection) as asked:
            assert by.get(url).status_code == 200
        assert len(asked) <= 12, (url, len(asked))
