"""Every public page in a real browser: no accessibility fault that axe sees, nothing wider than a phone, no error."""

from __future__ import annotations

import shutil

import pytest

from mingbai.worker import run_once

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def site(lasting_world, live_server, settings, tmp_path):
    """A village with a case on notice and a payment, published; the address and the case's number."""
    settings.MINGBAI_DATA = tmp_path
    world = lasting_world
    number = world.open()
    world.forward(number, until="construct")
    run_once(world.at)
    return live_server.url, number


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def test_public_pages_are_accessible_and_fit_a_phone(site, browser) -> None:
    from axe_playwright_python.sync_playwright import Axe

    address, number = site
    village = number.split("-")[1]
    paths = ("/", f"/v/{village}/", "/powers/", "/powers/procurement-small-works/", f"/cases/{number}/",
             f"/p/{village}-1/", "/verify/", "/find/", "/desk/sign-in/", "/objections/new/")  # fmt: skip
    faults: list[str] = []
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        for path in paths:
            answer = page.goto(address + path)
            if answer is None or answer.status != 200:
                faults.append(f"{path}: {answer and answer.status}")
                continue
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                faults.append(f"{path} at {width}: {wide} px too wide")
            for violation in Axe().run(page).response["violations"]:
                where = [node["target"] for node in violation["nodes"]][:3]
                faults.append(f"{path} at {width}: {violation['id']} {where}")
    assert not faults, "\n".join(faults)


def test_pages_read_without_script(site, browser) -> None:
    address, number = site
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/cases/{number}/")
    assert "村民代表会议" in page.inner_text("main")


def test_the_browser_checks_a_publication_itself(site, browser) -> None:
    address, number = site
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{address}/p/{number.split('-')[1]}-1/")
    assert "一模一样" in page.inner_text("main")
