"""A browser, a village's site to look at, and patience: other tests keep the machine busy while a page draws."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from mingbai.worker import run_once

MILLISECONDS = 30_000
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
expect.set_options(timeout=MILLISECONDS)


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
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
