"""The chart editor in a real browser: accessible, fits a phone, follows what is typed, and works without script."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from mingbai.catalogue.queries import drafts
from mingbai.catalogue.services import begin_draft
from mingbai.organisations.models import User
from mingbai.procedures.rules.rows.model import read_table

pytestmark = pytest.mark.browser
FILE = "procedures/dibao.yaml"


@pytest.fixture
def desk(lasting_world, live_server, settings, tmp_path):
    """An officer with a draft: the site, the draft's number, the session."""
    settings.MINGBAI_DATA = tmp_path
    bureau = lasting_world.who("district_civil_affairs")
    draft = begin_draft(name="低保流程调整", reason="缩短时限", by=bureau, at=lasting_world.at).draft
    user = User.objects.create(username="officer", person_id=bureau.person)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return live_server.url, draft, client.cookies[django_settings.SESSION_COOKIE_NAME].value


def signed_in(browser, desk, width: int = 1280, **more):
    address, _, session = desk
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", **more)
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


def step(draft: int, id: str):
    return read_table(drafts.files(draft)[FILE], FILE).step(id)


def test_pages_are_accessible_and_fit_a_phone_and_large_print(desk, browser) -> None:
    from axe_playwright_python.sync_playwright import Axe

    address, draft, _ = desk
    chart = f"/desk/drafts/{draft}/charts/"
    lists = ["/desk/drafts/", f"/desk/drafts/{draft}/"]
    forms = [f"{chart}dibao/?step=accept", f"{chart}dibao/?step=if_accepted", f"{chart}dibao/?step=-"]
    faults: list[str] = []
    for width, large, paths in (
        (390, False, [*lists, *forms]), (1280, False, forms[:2]), (390, True, [*forms[:1], f"{chart}small-works/"]),
    ):  # fmt: skip
        context = signed_in(browser, desk, width)
        if large:
            context.add_cookies([{"name": "mingbai_large", "value": "1", "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        for path in paths:
            answer = page.goto(address + path)
            if answer is None or answer.status != 200:
                faults.append(f"{path}: {answer and answer.status}")
                continue
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                faults.append(f"{path} at {width}{' large' if large else ''}: {wide} px too wide")
            for violation in Axe().run(page).response["violations"]:
                where = [node["target"] for node in violation["nodes"]][:3]
                faults.append(f"{path} at {width}: {violation['id']} {where}")
        context.close()
    assert not faults, "\n".join(faults)


def test_proof_and_drawing_follow_what_is_typed_and_nothing_is_kept_before_it_is_asked(desk, browser) -> None:
    address, draft, _ = desk
    page = signed_in(browser, desk).new_page()
    page.goto(f"{address}/desk/drafts/{draft}/charts/dibao/?step=publicize#open")
    assert "合法、走得通" in page.inner_text("#standing")
    page.fill("[name=limit_value]", "3")
    page.wait_for_selector("#beside .faults.wrong")
    expect(page.locator("#standing")).to_contain_text("还有 1 处要改")
    expect(page.locator("#beside")).to_contain_text("不少于 7")
    assert page.locator("#beside .offence").count() > 0
    assert step(draft, "publicize").limit.value == 7
    page.click(".open-form button[value=save]")
    page.wait_for_url("**note=kept**")
    assert step(draft, "publicize").limit.value == 3


def test_another_kind_of_step_brings_its_own_form(desk, browser) -> None:
    address, draft, _ = desk
    page = signed_in(browser, desk).new_page()
    page.goto(f"{address}/desk/drafts/{draft}/charts/dibao/?step=accept#open")
    assert page.locator("[name=body]").count() == 0
    page.select_option("[name=kind]", "meeting")
    page.wait_for_selector("[name=body]")
    assert step(draft, "accept").kind == "task", "only looked at"


def test_everything_works_by_keyboard_and_without_script(desk, browser) -> None:
    address, draft, _ = desk
    page = signed_in(browser, desk, java_script_enabled=False).new_page()
    page.goto(f"{address}/desk/drafts/{draft}/charts/dibao/")
    page.locator("#step-accept button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**step=accept**")
    page.locator("[name=discipline]").fill("缺什么一次说清")
    page.locator("[name=limit_value]").fill("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**note=kept**")
    assert (step(draft, "accept").discipline, step(draft, "accept").limit.value) == ("缺什么一次说清", 3)
    page.locator("#new_title").fill("电话告知申请人")
    page.locator("button[value=add]").click()
    page.wait_for_url("**dian_hua_gao_zhi_shen_qing_ren**")
    assert "没有写时限" in page.inner_text("#beside")
