"""The registers at the desk: who reads and who keeps them, a photograph from the phone, acts, and stock-takes."""

from __future__ import annotations

import io
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.evidence.models import Paper
from mingbai.organisations.models import User
from mingbai.registers.queries.objects import object_of, objects
from mingbai.registers.queries.stocktakes import stock_take

pytestmark = pytest.mark.django_db
VILLAGE, OTHER = "340311104201", "340311104202"
HERE = f"/desk/registers/{VILLAGE}/"
SHADES = count(1)
ASSET = {
    "kind": "asset:water", "name": "东组机井泵房", "place": "东组北侧", "value": "86,000.00", "acquired": "granted",
    "acquired_on": "2024-05-06", "funded_by": "高标准农田项目", "management": "public", "state": "in_use",
    "custodian": "village_committee",
}  # fmt: skip
LAND = {
    "kind": "resource:pond", "name": "南大塘", "area": "12.5", "east": "机耕路", "south": "至大沟", "west": "生产路",
    "north": "村道", "management": "unified", "state": "idle", "custodian": "rce_council", "group": "东组",
}  # fmt: skip


def photo() -> SimpleUploadedFile:
    """A picture, another each time."""
    picture = io.BytesIO()
    Image.new("RGB", (9, 9), (next(SHADES), 3, 5)).save(picture, "PNG")
    return SimpleUploadedFile("a.png", picture.getvalue(), "image/png")


@pytest.fixture
def site(world, monkeypatch):
    """A browser of the holder of an office, by the village's clock."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = "bookkeeper") -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    open.world = world
    return open


def put(client: Client, said: dict = ASSET, **more) -> str:
    """Register one; its number."""
    answer = client.post(f"{HERE}add/", {**said, "photo": photo(), **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url.rstrip("/").rpartition("/")[2]


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_offices_read_it_keepers_keep_it_others_do_not_know_it(site):
    number = put(site())
    pages = ("", f"objects/{number}/", "stock-takes/")
    reader = site("village_party_secretary")
    assert [reader.get(HERE + page).status_code for page in pages] == [200, 200, 200]
    assert reader.get(f"{HERE}add/").status_code == 404
    assert reader.post(f"{HERE}objects/{number}/", {"do": "use", "state": "idle"}).status_code == 404
    assert "登记一件" not in read(reader, HERE)
    assert [site("villager").get(HERE + page).status_code for page in pages] == [404, 404, 404]
    assert Client().get(HERE).status_code == 302
    assert site().get(f"/desk/registers/{OTHER}/objects/{number}/").status_code == 404
    assert site("town_government").get(f"/desk/registers/{OTHER}/objects/{number}/").status_code == 404
    assert site().get("/desk/registers/").url == HERE
    assert "资产资源台账" in read(site("town_government"), "/desk/registers/")
    assert "/desk/registers/" in read(site(), "/desk/")


def test_an_asset_is_registered_with_a_photograph_and_shown(site):
    client = site()
    assert "记在 151 科目" in read(client, f"{HERE}add/")
    assert 'capture="environment"' in read(client, f"{HERE}add/?kind=asset:water")
    number = put(client)
    page = read(client, f"{HERE}objects/{number}/")
    assert "86,000.00" in page and "2024年5月6日" in page and "财政项目形成" in page and "看过就公开" in page
    assert "东组机井泵房" in read(client, HERE)


def test_without_a_photograph_nothing_is_kept_and_what_was_typed_stays(site):
    client = site()
    answer = client.post(f"{HERE}add/", ASSET)
    page = answer.content.decode()
    assert answer.status_code == 422 and "没有照片" in page and 'value="东组机井泵房"' in page
    before = Paper.objects.count()
    assert client.post(f"{HERE}add/", {**ASSET, "name": "", "photo": photo()}).status_code == 422
    assert Paper.objects.count() == before and objects(VILLAGE).items == ()
    for wrong in ({"value": "x"}, {"acquired_on": "x"}, {"photo": SimpleUploadedFile("a.png", b"x")}):
        assert client.post(f"{HERE}add/", {**ASSET, "photo": photo(), **wrong}).status_code == 422


def test_land_is_registered_with_its_four_sides(site):
    number = put(site(), LAND)
    one = object_of(number)
    assert (one.area, one.standing.boundaries) == ("12.50", "东至机耕路，南至大沟，西至生产路，北至村道")
    assert (one.owner, one.group) == ("group", "东组")
    answer = site().post(f"{HERE}add/", {**LAND, "west": "", "photo": photo()})
    assert answer.status_code == 422 and "四至没有写全" in answer.content.decode()


def test_the_list_is_filtered_and_stands_as_of_a_day(site):
    client = site()
    put(client), put(client, LAND)
    assert "南大塘" not in read(client, f"{HERE}?family=asset")
    assert "东组机井泵房" not in read(client, f"{HERE}?state=idle")
    assert "东组机井泵房" not in read(client, f"{HERE}?kind=pond")
    assert "没有这样的登记" in read(client, f"{HERE}?on=2020-01-01")
    assert "资产 1 件，原值 86,000.00 元" in read(client, f"{HERE}?on=nonsense&after=%27")


@pytest.mark.parametrize(
    "said, told",
    [
        ({"do": "use", "state": "idle", "management": "public"}, "闲置"),
        ({"do": "custody", "custodian": "rce_council"}, "集体经济组织理事会"),
        ({"do": "depreciate", "amount": "6000.00"}, "80,000.00"),
        ({"do": "revalue", "value": "70000.00", "basis": "评2026-1"}, "70,000.00"),
        ({"do": "photo"}, "拍照"),
    ],
)
def test_what_becomes_of_it_is_entered_on_its_page(site, said, told):
    client = site()
    address = f"{HERE}objects/{put(client)}/"
    more = {"photo": photo()} if said["do"] == "photo" else {}
    assert client.post(address, {**said, **more, "day": "2026-09-01"}).status_code == 302
    assert told in read(client, address)


@pytest.mark.parametrize(
    "said, reason",
    [
        ({"do": "use", "state": "let", "management": "public", "basis": "HT-1"}, "没有合同"),
        ({"do": "dispose", "way": "sold", "basis": "02-1"}, "没有处置的决定"),
        ({"do": "photo"}, "没有照片"),
        ({"do": "depreciate", "amount": "x"}, "看不懂"),
        ({"do": "remeasure", "area": "1"}, "没有面积"),
        ({"do": "nonsense"}, "没有写要办什么"),
    ],
)
def test_what_may_not_be_is_refused_on_its_page(site, said, reason):
    client = site()
    answer = client.post(f"{HERE}objects/{put(client)}/", {**said, "day": "2026-09-01"})
    assert answer.status_code == 422 and reason in answer.content.decode()


def test_a_stock_take_from_beginning_to_end(site):
    client, other = site(), site("rce_supervisors")
    first, second = put(client), put(client, LAND)
    take = client.post(f"{HERE}stock-takes/", {"day": "2026-09-01"}).url
    number = take.rstrip("/").rpartition("/")[2]
    page = read(client, take)
    assert "还没有盘 2" in page
    beside = read(client, f"{take}book/")
    assert ">86,000.00<" in beside and ">0.00<" in beside
    assert client.get(f"/desk/registers/{VILLAGE}/stock-takes/QC-1/book/").status_code == 404
    count_ = {"do": "count", f"result-{first}": "found", f"result-{second}": "missing"}
    answer = client.post(take, count_)
    assert answer.status_code == 422 and "没有写原因" in answer.content.decode()
    assert client.post(take, {**count_, f"note-{second}": "填平了"}).status_code == 302
    again = {"do": "again", "again": second, "result": "damaged", "note": "淤了一半"}
    assert other.post(take, again).status_code == 302
    surplus = {"do": "surplus", "name": "旧水泵", "photo": photo()}
    assert other.post(take, surplus).status_code == 302
    assert client.post(take, {"do": "sign"}).status_code == 302
    assert "我签字" not in read(client, take)
    assert other.post(take, {"do": "sign"}).status_code == 302
    found = stock_take(number)
    assert found.closed_on and [one.result for one in found.differences] == ["damaged", "surplus"]
    page = read(client, take)
    assert (
        "结果已公开" in page
        and "登记进台账" in page
        and "盘了 2 件，2 件不符" in read(client, f"{HERE}stock-takes/")
    )
    made = put(client, found_in=number, acquired="surplus", name="旧水泵")
    assert object_of(made).found_in == number


def test_who_does_not_count_only_looks(site):
    client = site()
    put(client)
    take = client.post(f"{HERE}stock-takes/", {"day": "2026-09-01"}).url
    reader = site("village_party_secretary")
    assert "都盘过了" not in read(reader, take)
    assert reader.post(take, {"do": "sign"}).status_code == 404
    answer = reader.post(f"{HERE}stock-takes/", {"day": "2026-09-01"})
    assert answer.status_code == 422 and "不参加" in answer.content.decode()


def test_a_page_asks_little_however_much_stands_there(site, django_assert_max_num_queries):
    client = site()
    numbers = [put(client, name=f"路灯{n}") for n in range(4)] + [put(client, LAND)]
    client.post(
        f"{HERE}objects/{numbers[0]}/",
        {"do": "use", "state": "idle", "management": "public", "day": "2026-09-01"},
    )
    take = client.post(f"{HERE}stock-takes/", {"day": "2026-09-01"}).url
    read(client, HERE)
    for address in (
        HERE,
        f"{take}book/",
        f"{HERE}add/?kind=asset:water",
        f"{HERE}objects/{numbers[0]}/",
        f"{HERE}stock-takes/",
        take,
    ):
        with django_assert_max_num_queries(12):
            client.get(address)
