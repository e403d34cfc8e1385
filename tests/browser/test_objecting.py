"""An objection in a real browser: its work is done while one types, nothing stays behind, and it goes without script."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from mingbai.complaints.models import Objection
from mingbai.config import clock
from mingbai.organisations.models import User
from mingbai.worker import run_once

SEND = "button:text-is('交上去')"
pytestmark = pytest.mark.browser


@pytest.fixture
def site(lasting_world, live_server, settings, tmp_path, monkeypatch):
    """A published case; the site's clock stands still, so that only the browser's work lets a form pass at once."""
    settings.MINGBAI_DATA = tmp_path
    number = lasting_world.open()
    lasting_world.do(number, "request")
    run_once(lasting_world.at)
    now = lasting_world.at
    monkeypatch.setattr(clock, "now", lambda: now)
    return live_server.url, number


def photo(noise: int) -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (noise, 2, 3)).save(out, "JPEG")
    return {"name": f"{noise}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def fill(page, address: str, case: str) -> None:
    page.goto(f"{address}/objections/new/?case={case}")
    page.select_option("#step", "request")
    page.fill("#text", "价钱贵一倍")
    page.check("input[name=asked][value=redo]")


def faults(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()  # a press waits for the answer, not for the document to stand
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = [f"{one['id']}: {one['help']}" for one in Axe().run(page).response["violations"]]
    return found + ([f"{wide} px too wide"] if wide > 0 else [])


def test_with_script_it_passes_at_once_and_leaves_nothing_in_the_browser(site, browser) -> None:
    address, case = site
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    fill(page, address, case)
    page.set_input_files("#files", [photo(1), photo(2)])
    page.click(SEND)
    page.wait_for_selector(".receipt")
    page.wait_for_load_state()
    receipt = page.inner_text(".receipt").strip()
    assert re.fullmatch(r"(\w{4}-){4}\w{4}", receipt) and receipt not in page.url
    assert page.is_visible("text=打印这一页") and not faults(page)
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""] and context.cookies() == [] and wrong == []
    page.goto(f"{address}/objections/status/")
    page.fill("#receipt", receipt.lower())
    page.click("main button")
    assert "还没有答复" in page.inner_text("main") and receipt not in page.url and not faults(page)
    assert Objection.objects.get().papers[1:]


def test_too_many_files_are_said_before_anything_is_sent(site, browser) -> None:
    address, case = site
    page = browser.new_page()
    fill(page, address, case)
    page.set_input_files("#files", [photo(n) for n in range(5)])
    assert "最多附" in page.inner_text(".form-problem")
    page.click(SEND)
    assert page.input_value("#text") == "价钱贵一倍" and not Objection.objects.exists()


def test_without_script_it_waits_and_keeps_what_was_typed(site, browser, monkeypatch) -> None:
    address, case = site
    page = browser.new_context(java_script_enabled=False).new_page()
    fill(page, address, case)
    page.click(SEND)
    assert "交得太快了" in page.inner_text("main") and page.input_value("#text") == "价钱贵一倍"
    later = clock.now() + timedelta(seconds=21)
    monkeypatch.setattr(clock, "now", lambda: later)
    page.click(SEND)
    page.wait_for_selector(".receipt")


def test_the_desk_s_pages_are_accessible_and_fit_a_phone(site, browser, lasting_world) -> None:
    address, case = site
    reader = Client()
    user = User.objects.create(username="town", person_id=lasting_world.person["town_government"])
    reader.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for width in (390, 1280):
        context = browser.new_context(viewport={"width": width, "height": 900})
        cookie = {"name": "sessionid", "value": reader.cookies["sessionid"].value, "url": address}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{address}/desk/objections/record/")
        assert not faults(page)
        page.fill("#about", case)
        page.click("text=往下填")
        assert not faults(page)
        page.check("input[name=channel][value=phone]")
        page.select_option("#step", "request")
        page.fill("#text", f"打电话说的，宽{width}")
        page.check("input[name=asked][value=explain]")
        page.click(SEND)
        page.wait_for_selector(".receipt")
        assert not faults(page)
        number = Objection.objects.latest("number").number
        page.goto(f"{address}/desk/objections/{number}/")
        page.click("text=来不及，延期一次")
        assert not faults(page)
