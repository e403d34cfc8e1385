"""Voting from afar and signing in, in a real browser: with script and without, on a phone and on a desk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "meetings"))
from away import CHAIR, THEN, VILLAGE, Away, prepare

from mingbai.config import clock
from mingbai.meetings.queries import meeting
from mingbai.meetings.services.arriving import room_word, sign_in_codes
from mingbai.organisations.models import User
from mingbai.organisations.services import add_person, give_mandate

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(transactional_db, live_server, settings, tmp_path, monkeypatch):
    """The meeting of the day, and where it is on the web."""
    settings.MINGBAI_DATA = tmp_path
    settings.MINGBAI_BASE_URL = live_server.url
    monkeypatch.setattr(clock, "now", lambda: THEN)
    hall = Away(prepare())
    hall.site = live_server.url
    return hall


def chair() -> str:
    """The session of somebody who writes at the meeting."""
    person = add_person(name="王理事长", village=VILLAGE, by=CHAIR, at=THEN)
    give_mandate(
        person=person, office="rce_chair", division=VILLAGE, since=THEN.date(), until=None, by=CHAIR, at=THEN
    )
    reader = Client()
    user = User.objects.create(username="chair", person_id=person)
    reader.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return reader.cookies["sessionid"].value


def sound(page, name: str) -> None:
    """The page as it stands has no fault that axe sees and is not wider than the screen, on a phone and on a desk."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()  # a press waits for the answer, not for the document to stand
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (name, width)
        faults = Axe().run(page).response["violations"]
        assert not faults, (name, width, [(one["id"], one["nodes"][0]["target"]) for one in faults])


def test_a_square_leads_to_the_ballot_and_leaves_no_code_behind(hall, browser) -> None:
    code = hall.open().codes()[0]
    context = browser.new_context(locale="zh-CN")
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    page.goto(f"{hall.site}/vote/#{code}")
    assert page.url == f"{hall.site}/vote/" and page.input_value("#code") == code
    sound(page, "code")
    page.click("button[value=find]")
    sound(page, "motion")
    page.check("input[value=against]")
    page.click("button[value=choose]")
    assert "您选的是：反对" in page.inner_text("main")
    sound(page, "confirm")
    page.click("button[value=cast]")
    sound(page, "receipt")
    receipt = page.inner_text(".receipt")
    assert page.is_visible(".print-page")
    page.goto(f"{hall.site}/vote/receipt/")
    page.fill("#receipt", receipt)
    page.click("main button[type=submit]")
    assert "您的票计入了" in page.inner_text("main")
    sound(page, "counted")
    assert not context.cookies() and page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not any(code in url or code in referer for url, referer in asked)
    assert all(url.startswith((hall.site, "data:")) for url, _ in asked)
    assert hall.close().against == 1


def test_without_script_one_votes_and_signs_in_all_the_same(hall, browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    me = hall.here.pop()
    page.goto(f"{hall.site}/sign-in/{hall.number}/")
    page.fill("#code", sign_in_codes(meeting(hall.number))[me])
    page.fill("#word", room_word(hall.number, THEN))
    page.click("main button[type=submit]")
    assert "签到好了" in page.inner_text("main")
    page.goto(f"{hall.site}/vote/")
    page.fill("#code", hall.open().codes()[0])
    for press in ("button[value=find]", "input[value=agree]", "button[value=choose]", "button[value=cast]"):
        page.click(press)
    assert "投好了" in page.inner_text("main")


def test_the_pages_of_codes_and_of_signing_in(hall, browser) -> None:
    context = browser.new_context(locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": chair(), "url": hall.site}])
    page = context.new_page()
    desk = f"{hall.site}/desk/meetings/{hall.number}"
    for path in ("sign-in/", "sign-in/cards/"):
        page.goto(f"{desk}/{path}")
        sound(page, path)
    page.goto(f"{hall.site}/sign-in/{hall.number}/")
    sound(page, "arrive")
    hall.open()
    page.goto(f"{desk}/items/1/codes/")
    sound(page, "codes")
    page.click("main button[type=submit]")
    sound(page, "slips")
    assert page.locator(".slip").count() == 12
    page.emulate_media(media="print")
    sheets = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == 2
    page.emulate_media(media="screen")
    page.goto(f"{desk}/items/1/codes/")
    sound(page, "issued")
    assert page.locator(".slip").count() == 0
