"""Laying a paper straight at the desk: corners proposed, typed, looked at, and who may."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from PIL import Image

from mingbai.evidence import finding, queries
from mingbai.evidence.proposing import Word
from mingbai.evidence.services import keep_paper
from mingbai.organisations.models import User

pytestmark = pytest.mark.django_db
VILLAGE = "340311104201"
TYPED = {
    "ax": "20",
    "ay": "20",
    "bx": "80",
    "by": "20",
    "cx": "80",
    "cy": "80",
    "dx": "20",
    "dy": "80",
    "do": "straight",
}


@pytest.fixture
def desk(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return world


def client(person: str) -> Client:
    user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def keep(desk, village: str = VILLAGE) -> str:
    """A white sheet on a dark table."""
    picture, out = Image.new("RGB", (400, 500), (40, 40, 40)), io.BytesIO()
    picture.paste((245, 245, 245), (60, 80, 340, 420))
    picture.save(out, "JPEG")
    kept = keep_paper(content=out.getvalue(), name="f", label="收据", village=village, actor="p", at=desk.at)
    return kept.id


def test_the_sheet_is_proposed_laid_straight_and_put_back(desk):
    browser, one = client(desk.who("bookkeeper").person), keep(desk)
    url = f"/desk/papers/{one}/straighten/"
    page = browser.get(url).content.decode()
    assert "红框是系统找到的单据" in page
    found = [float(one) for one in re.findall(r'name="[abcd][xy]" value="([0-9.]+)"', page)]
    assert found == pytest.approx([15, 16, 85, 16, 85, 84, 15, 84], abs=2)
    assert browser.get(f"/desk/papers/{one}/photograph/").headers["Content-Type"] == "image/jpeg"
    looked = browser.post(url, {**TYPED, "do": "look"})
    assert looked.status_code == 200 and "80,100 320,100 320,400 80,400" in looked.content.decode()
    assert queries.size(one) == (400, 500)
    assert browser.post(url, TYPED).headers["Location"] == f"/desk/papers/{one}/release/"
    assert queries.size(one) == (240, 300)
    assert browser.post(url, {"do": "back"}).status_code == 302 and queries.size(one) == (400, 500)


@pytest.mark.parametrize(
    "wrong", [{"ax": ""}, {"ax": "nan"}, {"ax": "101"}, {"ax": "-1"}, {"ax": "1e2"}, {"ax": "80"}]
)
def test_corners_that_are_none_are_refused(desk, wrong):
    browser, one = client(desk.who("bookkeeper").person), keep(desk)
    answer = browser.post(f"/desk/papers/{one}/straighten/", {**TYPED, **wrong})
    assert answer.status_code == 422 and "四个角标得不对" in answer.content.decode()
    assert queries.size(one) == (400, 500)


def test_a_paper_out_of_reach_is_not_there(desk):
    stranger = keep(desk, "340399999999")
    browser = client(desk.who("bookkeeper").person)
    for path in ("straighten", "photograph"):
        assert browser.get(f"/desk/papers/{stranger}/{path}/").status_code == 404
    assert browser.post(f"/desk/papers/{stranger}/straighten/", TYPED).status_code == 404
    assert Client().get(f"/desk/papers/{stranger}/photograph/").status_code == 302


def test_what_the_machine_finds_is_masked_and_cannot_be_uncovered(desk, monkeypatch):
    browser, one = client(desk.who("bookkeeper").person), keep(desk)
    url = f"/desk/papers/{one}/release/"
    lines = (Word(100, 100, 200, 30, "电话：13855521234"), Word(100, 300, 80, 30, "签名："))
    monkeypatch.setattr(finding, "read_words", lambda copy: lines)
    assert "checked" not in browser.get(url).content.decode()
    assert browser.post(url, {"do": "find"}).headers["Location"] == url
    page = browser.get(url).content.decode()
    assert "系统找到 2 处" in page and page.count("<rect") == 2 and "checked" not in page
    assert browser.post(url, {}).status_code == 302
    public = Image.open(io.BytesIO(queries.public_bytes(queries.paper(one).public_digest)[0])).convert("L")
    assert public.getpixel((250, 115)) < 10 and public.getpixel((200, 315)) < 10


def test_without_a_reader_the_page_says_so(desk, monkeypatch, tmp_path):
    browser, one = client(desk.who("bookkeeper").person), keep(desk)
    program = tmp_path / "reader.py"
    program.write_text("raise SystemExit(5)")
    monkeypatch.setattr(finding, "_PROGRAM", program)
    assert "没有机器看过" in browser.get(f"/desk/papers/{one}/release/").content.decode()
    answer = browser.post(f"/desk/papers/{one}/release/", {"do": "find"})
    assert answer.status_code == 422 and "没有装认字的程序" in answer.content.decode()
