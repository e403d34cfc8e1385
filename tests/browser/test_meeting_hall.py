"""A hall run from a tablet in a real browser: without a network nothing is lost, with it nothing is sent twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from mingbai.config import clock
from mingbai.meetings import queries
from mingbai.meetings.services import Motion, Plan, Sent, call_meeting, note
from mingbai.organisations.models import User

pytestmark = pytest.mark.browser
BODY = "party_branch_general"


class Hall:
    """A meeting called for today, and tablets of whoever runs it."""

    def __init__(self, world, address: str, browser) -> None:
        self.world, self.address, self.browser = world, address, browser
        self.by = world.who("village_party_secretary")
        plan = Plan(world.day, "09:00", "村部会议室", world.day)
        motions = [Motion("修通村东主路"), Motion("买两台水泵")]
        called = call_meeting(
            village="340311104201", body=BODY, plan=plan, motions=motions, by=self.by, at=world.at
        )
        self.number = called.number
        self.path = f"/desk/meetings/{self.number}/"
        self.wrong: list[str] = []

    def note(self, key: str, **data) -> None:
        """Somebody else writes something down."""
        done = note(meeting=self.number, sent=[Sent(key, data)], by=self.by, at=self.world.at)
        assert done[0].taken, done

    def tablet(self, person: str = "", width: int = 768, **more):
        """A browser in which someone is signed in, with the page open."""
        person = person or self.by.person
        client = Client()
        user, _made = User.objects.get_or_create(username=person[:12], person_id=person)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = self.browser.new_context(viewport={"width": width, "height": 1000}, locale="zh-CN", **more)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}
        context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(self.address + self.path)
        return page

    @property
    def meeting(self):
        return queries.meeting(self.number)


@pytest.fixture
def hall(lasting_world, live_server, browser, monkeypatch):
    """The site's clock stands at the world's day."""
    hall = Hall(lasting_world, live_server.url, browser)
    now = lasting_world.at
    monkeypatch.setattr(clock, "now", lambda: now)
    return hall


def net(page, *words: str) -> None:
    """The line about the network says these words: at once, or as soon as what is kept here was read."""
    for said in words:
        expect(page.locator(".hall-net")).to_contain_text(said)


def present(page, count: int) -> None:
    expect(page.locator(".hall-gauge [data-show=present]")).to_have_text(str(count))


def sent(page) -> None:
    expect(page.locator(".hall-net")).to_contain_text("都发送了")


def come(page, *people: str) -> None:
    for person in people:
        page.locator(f"#roll li[data-person='{person}'] label").click()


def test_without_a_network_nothing_is_lost_and_with_it_nothing_sent_twice(hall) -> None:
    page, people = hall.tablet(), hall.world.reps
    page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 1500)))")
    page.context.set_offline(True)
    come(page, *people[:5])
    net(page, "未发送 5 条，已保存在本机", "现在没有网")
    present(page, 5)
    assert not hall.meeting.floor.came
    page.reload()
    net(page, "未发送 5 条")
    present(page, 5)
    item = page.locator("#item-1")
    item.locator("input[name=methods][value=hands]").check()
    item.locator("text=开始表决").last.click()
    item.locator("[data-method=hands] input[name=agree]").fill("4")
    expect(item).to_contain_text("还差 1 人没有计入")
    item.locator("[data-method=hands] input[name=against]").fill("1")
    item.locator("[data-method=hands] input[name=abstain]").fill("0")
    expect(item).to_contain_text("票数对上了")
    item.locator("text=登记票数").first.click()
    net(page, "未发送 7 条")
    again = page.context.new_page()
    page.close()
    again.goto(hall.address + hall.path)
    net(again, "未发送 7 条")
    assert hall.meeting.last == 0
    again.context.set_offline(False)
    sent(again)
    floor = hall.meeting.floor
    assert set(floor.came) == set(people[:5]) and hall.meeting.last == 7
    assert floor.items[0].votes().agree == 4
    again.reload()
    expect(again.locator("#hall-queue")).to_be_hidden()
    present(again, 5)
    assert again.evaluate("localStorage.length") == 0 and not hall.wrong
    assert hall.meeting.last == 7


def test_a_whole_meeting_without_a_network_arrives_as_it_was(hall) -> None:
    page, people = hall.tablet(), hall.world.reps
    page.context.set_offline(True)
    come(page, *people[:16])
    for number in ("1", "2"):
        item = page.locator(f"#item-{number}")
        item.locator("input[name=methods][value=hands]").check()
        item.locator("button", has_text="开始表决").click()
        for name, count in (("agree", "16"), ("against", "0"), ("abstain", "0")):
            item.locator(f"[data-method=hands] input[name={name}]").fill(count)
        item.locator("button", has_text="登记票数").first.click()
        item.locator("button", has_text="表决完，算结果").click()
    page.locator("#minutes-text").fill("两件事都议了，都同意。")
    page.locator("button", has_text="存记录").click()
    for person in people[:15]:
        page.locator(f"li[data-checker='{person}'] label").click()
    page.locator("button", has_text="勾了的人核对无误").click()
    page.locator("#minutes summary", has_text="有人不同意记录").click()
    page.locator("#d-person").select_option(people[15])
    page.locator("#d-reason").fill("漏了我的话")
    page.locator("button", has_text="登记不同意").click()
    page.locator("button", has_text="散会").click()
    net(page, "未发送 26 条")
    page.context.set_offline(False)
    sent(page)
    floor = hall.meeting.floor
    assert floor.standing == "ended" and len(floor.approved) == 15 and people[15] in floor.declined
    assert [one.stage for one in floor.items] == ["decided", "decided"] and hall.meeting.last == 26
    assert not hall.wrong


def test_an_answer_lost_on_the_way_is_no_second_entry(hall) -> None:
    page, person = hall.tablet(service_workers="block"), hall.world.reps[0]
    lost = []

    def lose(route) -> None:
        route.fetch()
        lost.append(route)
        route.abort()

    page.route("**/entries/", lose, times=1)
    come(page, person)
    sent(page)
    assert len(lost) == 1 and hall.meeting.last == 1 and not hall.wrong


def test_what_is_refused_stays_with_its_sentence_until_somebody_settles_it(hall) -> None:
    page, people = hall.tablet(), hall.world.reps
    hall.note("a", kind="came", people=people[:3])
    hall.note("b", kind="opened", item=1, methods=["hands"])
    come(page, people[4])
    page.wait_for_selector(".hall-kept li")
    expect(page.locator(".hall-kept")).to_contain_text("正在表决，到会人数不能改")
    assert people[4] not in hall.meeting.floor.came
    page.wait_for_selector("#item-1 [data-method=hands] input[name=agree]", state="visible")
    for name, count in (("agree", "9"), ("against", "0"), ("abstain", "0")):
        page.locator(f"#item-1 [data-method=hands] input[name={name}]").fill(count)
    page.locator("#item-1 [data-method=hands] button").click()
    expect(page.locator(".hall-kept li")).to_have_count(2)
    expect(page.locator(".hall-kept")).to_contain_text("票数9多于参加表决的3人")
    page.reload()
    expect(page.locator(".hall-kept li")).to_have_count(2)
    page.locator(".hall-kept li", has_text="票数9").locator("button", has_text="改").click()
    field = page.locator("#item-1 [data-method=hands] input[name=agree]")
    assert field.input_value() == "9"
    field.fill("3")
    for name in ("against", "abstain"):
        page.locator(f"#item-1 [data-method=hands] input[name={name}]").fill("0")
    page.locator("#item-1 [data-method=hands] button").click()
    expect(page.locator(".hall-kept li")).to_have_count(1)
    page.locator("#item-1 button", has_text="表决完，算结果").click()
    page.wait_for_selector("#item-1 .hall-result")
    page.locator(".hall-kept button", has_text="再发一次").click()
    sent(page)
    expect(page.locator(".hall-kept li")).to_have_count(0)
    assert people[4] in hall.meeting.floor.came
    assert hall.meeting.floor.items[0].votes().agree == 3 and not hall.wrong


def test_a_session_that_ended_keeps_the_queue_and_another_person_cannot_send_it(hall) -> None:
    page, person = hall.tablet(), hall.world.reps[0]
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    come(page, person)
    page.wait_for_selector("[data-do=sign-in]:not([hidden])")
    net(page, "登录过期了", "未发送 1 条")
    other = Client()
    clerk = hall.world.appoint("village_party_secretary", "新书记")
    user = User.objects.create(username="other", person_id=clerk)
    other.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": "sessionid", "value": other.cookies["sessionid"].value, "url": hall.address}
    page.context.add_cookies([cookie])
    page.goto(hall.address + hall.path)
    expect(page.locator(".hall-kept")).to_contain_text("要他本人登录才能发")
    assert hall.meeting.last == 0
    page.context.add_cookies(cookies)
    page.goto(hall.address + hall.path)
    sent(page)
    assert person in hall.meeting.floor.came and not hall.wrong


def test_what_somebody_types_stays_when_the_page_is_drawn_anew(hall) -> None:
    page, people = hall.tablet(), hall.world.reps
    hall.note("a", kind="came", people=people[:3])
    page.locator("#minutes-text").fill("王军说：先修桥。")
    page.locator("#item-2 summary", has_text="不议了").click()
    page.locator("#drop-2").fill("等报价")
    come(page, people[4])
    sent(page)
    assert page.input_value("#minutes-text") == "王军说：先修桥。" and page.input_value("#drop-2") == "等报价"
    expect(page.locator("#drop-2")).to_be_visible()
    present(page, 4)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_hall_is_accessible_and_fits(hall, width) -> None:
    from axe_playwright_python.sync_playwright import Axe

    people = hall.world.reps
    hall.note("a", kind="came", people=people[:25])
    for item in (1, 2):
        hall.note(f"o{item}", kind="opened", item=item, methods=["hands"])
        if item == 1:
            hall.note("c", kind="counted", item=1, method="hands", agree=20, against=3, abstain=2)
            hall.note("e", kind="closed", item=1)
    page = hall.tablet(width=width)
    found = []
    call = f"/desk/meetings/call/?village=340311104201&body={BODY}"
    for path in (hall.path, "/desk/meetings/", "/desk/meetings/call/", call):
        page.goto(hall.address + path)
        if pictures := os.environ.get("MINGBAI_PICTURES"):
            page.screenshot(
                path=str(Path(pictures) / f"{path.strip('/').split('/')[-1][:12]}-{width}.png"),
                full_page=True,
            )
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{path}: {wide} px too wide"] if wide > 0 else []
        found += [
            f"{path}: {one['id']} {[n['target'] for n in one['nodes']][:3]}"
            for one in Axe().run(page).response["violations"]
        ]
    page.goto(hall.address + hall.path)
    small = page.evaluate(
        "[...document.querySelectorAll('#hall button, #hall .hall-roll label, #hall .hall-nav a, #hall summary, #hall select')]"
        ".filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 90))"
    )
    assert not found and not small and not hall.wrong, "\n".join([*found, *small, *hall.wrong])
