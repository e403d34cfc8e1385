"""Contracts at the desk and in public: an earlier one from its paper, paid, late, changed, ended."""

from __future__ import annotations

import io
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.disclosure.follow import follow
from mingbai.organisations.models import User
from mingbai.registers.models import ContractRow
from mingbai.registers.queries.agreed import agreed
from mingbai.worker import run_once

sys.path.insert(0, str(Path(__file__).parents[1] / "registers"))
from test_objects import pond, put

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
HERE = f"/desk/contracts/{VILLAGE}/"


def photo(shade: int = 1) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), (shade, 3, 5)).save(out, "PNG")
    return SimpleUploadedFile("ht.png", out.getvalue(), "image/png")


@pytest.fixture
def desk(world, monkeypatch, settings, tmp_path):
    """A browser of the holder of an office, by the village's clock; the public log lies in a folder of the test's own."""
    settings.MINGBAI_DATA = tmp_path
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)

    def open(office: str = "bookkeeper") -> Client:
        person = world.who(office).person
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open


def form(world, **more):
    began = world.day - timedelta(days=100)
    return {
        "kind": "waste-lease", "party": "老赵", "party_kind": "person", "price": "4,000.00", "rhythm": "year",
        "starts_on": began.isoformat(), "ends_on": (began + timedelta(days=1460)).isoformat(),
        "signed_on": began.isoformat(), "paper": photo(), **more,
    }  # fmt: skip


def test_an_earlier_contract_is_entered_paid_changed_and_ended(
    desk, world, django_assert_max_num_queries
) -> None:
    thing, client = put(world, pond(world)), desk()
    for wrong in ({"price": "很多"}, {"objects": "ZY-0"}, {"due-1": "2026-01-01"}, {"signed_on": ""}):
        refused = client.post(f"{HERE}add/", form(world, **wrong))
        assert refused.status_code == 422 and not ContractRow.objects.exists()
    done = client.post(f"{HERE}add/", form(world, objects=thing))
    assert done.status_code == 302
    number = done.url.rstrip("/").split("/")[-1]
    with django_assert_max_num_queries(12):
        page = client.get(done.url).content.decode()
    assert "晚了 100 天" in page and "1,000.00" in page and thing in page
    with django_assert_max_num_queries(12):
        listed = client.get(HERE).content.decode()
    assert "逾期 1,000.00 元" in listed and "欠村里" in listed
    today = world.day.isoformat()
    assert (
        client.post(done.url, {"do": "pay", "on": today, "amount": "9,999.00", "voucher": "x"}).status_code
        == 422
    )
    assert (
        client.post(done.url, {"do": "pay", "on": today, "amount": "1,000.00", "paper": photo(2)}).status_code
        == 302
    )
    assert agreed(number, world.day).overdue.fen == 0
    change = {"do": "change", "on": today, "basis": "决议7", "party": "老钱", "paper": photo(3)}
    assert client.post(done.url, change).status_code == 302
    assert (
        client.post(
            done.url, {**change, "party": "淮上粮油公司", "party_kind": "firm", "paper": photo(4)}
        ).status_code
        == 302
    )
    follow(world.at)
    assert "淮上粮油公司" in Client().get(f"/v/{VILLAGE}/contracts/").content.decode()
    assert client.post(done.url, {"do": "end", "on": today, "end": "gone"}).status_code == 422
    assert client.post(done.url, {"do": "end", "on": today, "end": "returned"}).status_code == 302
    assert "已了结" in client.get(done.url).content.decode()


def test_who_may_see_and_who_may_enter(desk, world) -> None:
    reader = desk("village_supervision_committee")
    assert reader.get(HERE).status_code == 200 and reader.get(f"{HERE}add/").status_code == 404
    assert reader.get(f"{HERE}HT-0/").status_code == 404
    assert desk().get("/desk/contracts/999999999999/").status_code == 404
    assert Client().get(HERE).status_code == 302
    assert desk("district_discipline").get("/desk/contracts/").status_code == 200


def test_the_public_sees_the_schedule_what_is_late_and_no_private_name(desk, world) -> None:
    client = desk()
    number = client.post(f"{HERE}add/", form(world)).url.rstrip("/").split("/")[-1]
    run_once(world.at)
    page = Client().get(f"/v/{VILLAGE}/contracts/").content.decode()
    assert number in page and "老赵" not in page and "最早的晚了 100 天" in page
    assert 'class="late"' in page and "收付计划" in page
    client.post(
        f"{HERE}{number}/",
        {"do": "pay", "on": world.day.isoformat(), "amount": "1,000.00", "paper": photo(2)},
    )
    run_once(world.at)
    page = Client().get(f"/v/{VILLAGE}/contracts/").content.decode()
    assert "最早的晚了" not in page and "合同履行一笔" in page and "已经收付 1,000.00 元" in page
    assert Client().get("/v/340311104/contracts/").status_code == 404
