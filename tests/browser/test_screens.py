"""How public pages look, at the two widths: as somebody approved them once, in small grey pictures.

A page that looks otherwise fails and leaves what was seen in `tests/browser/seen/`. Look at it; if it is better, run
the test with MINGBAI_APPROVE=1, look at the difference once more, and commit the picture.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageChops

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
APPROVED, SEEN = HERE / "approved", HERE / "seen"
SMALLER = 6
OFF, MOST_OFF = 40, 0.01
"""A point is off when its grey differs by more; a picture, when more than this part of its points are."""
FONTS = APPROVED / "fonts.txt"


def fonts() -> str:
    """The browser and the families of letters on this machine: with others the same page looks otherwise."""
    if shutil.which("fc-list") is None or shutil.which("chromium") is None:
        return ""
    asked = (["fc-list", ":", "family"], ["chromium", "--version"])
    said = (subprocess.run(one, capture_output=True, text=True, check=False).stdout for one in asked)
    return "\n".join(sorted({line.strip() for text in said for line in text.splitlines()})) + "\n"


def others() -> bool:
    return os.environ.get("MINGBAI_APPROVE") != "1" and FONTS.read_text("utf-8") != fonts()


def pages(number: str) -> dict[str, str]:
    village = number.split("-")[1]
    return {
        "home": "/", "village": f"/v/{village}/", "news": f"/v/{village}/news/", "due": f"/v/{village}/due/", "debts": f"/v/{village}/debts/", "money": f"/v/{village}/money/",
        "contracts": f"/v/{village}/contracts/", "assets": f"/v/{village}/assets/", "land": f"/v/{village}/land/",
        "labour": f"/v/{village}/labour/", "powers": "/powers/", "power": "/powers/procurement-small-works/",
        "duties": "/powers/duties/", "negative": "/powers/negative/", "changes": "/powers/changes/",
        "tasks": "/powers/tasks/", "words": "/words/", "case": f"/cases/{number}/", "find": "/find/",
        "found": f"/find/?village={village}&group=matters", "verify": "/verify/", "object": "/objections/new/",
        "answer": "/objections/status/", "sign-in": "/desk/sign-in/",
    }  # fmt: skip


@pytest.fixture
def standing(site, lasting_world, settings) -> tuple[str, str]:
    """The site with its clock at the last act: a page says the same on every day."""
    settings.MINGBAI_CLOCK_OFFSET = int((lasting_world.at - datetime.now(UTC)).total_seconds())
    return site


@pytest.mark.skipif(
    others(), reason="SKIPPED LOUDLY: another browser or other fonts than when the pictures were approved"
)
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_look_as_approved(standing, browser, width) -> None:
    address, number = standing
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    wrong = []
    for name, path in pages(number).items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        seen = small(page.screenshot(full_page=True))
        if fault := compare(f"{name}-{width}.png", seen):
            wrong.append(fault)
    assert not wrong, "\n".join(wrong)


def small(screenshot: bytes) -> Image.Image:
    whole = Image.open(io.BytesIO(screenshot)).convert("L")
    return whole.resize((whole.width // SMALLER, whole.height // SMALLER), Image.Resampling.BOX)


def compare(name: str, seen: Image.Image) -> str:
    if os.environ.get("MINGBAI_APPROVE") == "1":
        APPROVED.mkdir(exist_ok=True)
        seen.quantize(16).save(APPROVED / name, optimize=True)
        FONTS.write_text(fonts(), "utf-8")
        return ""
    approved = (
        Image.open(APPROVED / name).convert("L") if (APPROVED / name).exists() else Image.new("L", (1, 1))
    )
    if approved.size == seen.size:
        differing = ImageChops.difference(approved, seen).point(lambda grey: 255 if grey > OFF else 0)
        part = differing.histogram()[255] / (seen.width * seen.height)
        if part <= MOST_OFF:
            return ""
    SEEN.mkdir(exist_ok=True)
    seen.save(SEEN / name)
    return f"{name} looks otherwise than approved: see {SEEN / name}"
