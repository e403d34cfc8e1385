"""Every public page in a real browser: no accessibility fault that axe sees, nothing wider than a phone, no error."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingbai.catalogue.queries import latest
from mingbai.catalogue.services import begin_draft, confirm_edition
from mingbai.disclosure.services import withdrawing
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Citation, Money
from mingbai.labour.events import Approved
from mingbai.labour.services import Row, open_order, record_attendance, register_worker
from mingbai.land import services as land
from mingbai.ledger.rules.reconciling import StatementLine
from mingbai.ledger.services import accounts as cash
from mingbai.ledger.services.advances import Terms, issue_advance
from mingbai.ledger.services.statements import take_statement
from mingbai.ledger.services.transfers import Order, make_transfer_file
from mingbai.meetings.queries import roll_book
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as organisations_services
from mingbai.organisations.models import User
from mingbai.registers.services import ExistingContract, NewTerms, enter_existing
from mingbai.relief.queries.people import household
from mingbai.relief.services import NewMember, enrol, make_list, publish_list, register_household
from mingbai.worker import run_once

pytestmark = pytest.mark.browser


def enact(world) -> None:
    """A second edition in force, so that the change record has something to show."""
    files = dict(latest().files)
    name = "procedures/small-works.yaml"
    text = (
        files[name]
        .replace("不拆分项目躲限额", "项目不得拆开躲限额")
        .replace("quote.quotes >= 3", "quote.quotes >= 4")
    )
    assert text != files[name]
    confirm_edition(
        files={**files, name: text}, since=world.day, by_person="", office="", at=world.at,
        citation=Citation("policy-huaishang", "第三部分(四)"), reason="汛期等不及", emergency=True,
    )  # fmt: skip


def test_public_pages_are_accessible_and_fit_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    enact(lasting_world)
    village = number.split("-")[1]
    paths = ("/", f"/v/{village}/", f"/v/{village}/money/", f"/v/{village}/news/", f"/v/{village}/due/", "/words/", "/powers/", "/powers/procurement-small-works/", f"/cases/{number}/",
             "/powers/changes/", "/powers/tasks/", "/powers/duties/", "/powers/negative/", f"/p/{village}-1/", "/verify/", "/find/", "/desk/sign-in/", "/objections/new/", f"/objections/new/?case={number}", f"/objections/new/?line={village}-1", "/objections/status/", "/vote/", "/vote/receipt/", "/api/v1/", "/find/?q=%E6%B8%A0")  # fmt: skip
    modes = (*ORDINARY, LARGE, DARK)
    assert not (found := faults(browser, address, paths, modes=modes)), "\n".join(found)


def test_the_desk_of_a_department_is_accessible_and_fits_a_phone(site, lasting_world, browser) -> None:
    address, _number = site
    actor = lasting_world.who("district_civil_affairs")
    draft = begin_draft(name="低保流程调整", reason="缩短时限", by=actor, at=lasting_world.at).draft
    reader = Client()
    user = User.objects.create(username="civil-affairs", person_id=actor.person)
    reader.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = reader.cookies["sessionid"].value
    paths = (
        "/desk/",
        "/desk/laws/",
        "/desk/drafts/",
        f"/desk/drafts/{draft}/",
        f"/desk/drafts/{draft}/charts/dibao/",
    )
    assert not (found := faults(browser, address, paths, session)), "\n".join(found)


def test_a_notice_at_the_desk_is_accessible_and_fits_a_phone(site, lasting_world, browser) -> None:
    address, _number = site
    number, step = lasting_world.open("文化广场地砖维修"), "award_publicity"
    lasting_world.forward(number, until=step)
    lasting_world.post(number)
    reader = Client()
    user = User.objects.create(username="notices", person_id=lasting_world.person["village_committee"])
    reader.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    at = f"/desk/cases/{number}/steps/{step}/"
    paths = (at, f"{at}repost/", f"{at}missing/")
    assert not (found := faults(browser, address, paths, reader.cookies["sessionid"].value)), "\n".join(found)


ORDINARY = ((390, {}), (1280, {}))
LARGE = (390, {"large": "1"})
DARK = (1280, {"color_scheme": "dark"})


def faults(browser, address: str, paths: tuple[str, ...], session: str = "", modes=ORDINARY) -> list[str]:
    """What is wrong with these pages on a phone and on a desk: as axe sees it, in width, or a script's error."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[str] = []
    for width, mode in modes:
        scheme = mode.get("color_scheme", "light")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", color_scheme=scheme
        )
        if "large" in mode:
            context.add_cookies([{"name": "mingbai_large", "value": "1", "url": address}])
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: found.append(f"script: {error}"))
        for path in paths:
            answer = page.goto(address + path)
            if answer is None or answer.status != 200 or not page.url.endswith(path):
                found.append(f"{path}: {answer and answer.status}")
                continue
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                found.append(f"{path} at {width} {mode}: {wide} px too wide")
            for violation in Axe().run(page).response["violations"]:
                where = [node["target"] for node in violation["nodes"]][:3]
                found.append(f"{path} at {width} {mode}: {violation['id']} {where}")
    return found


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


def test_rolls_at_the_desk_are_accessible_and_fit_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    village = number.split("-")[1]
    clerk = Client()
    user = User.objects.create(username="clerk", person_id=lasting_world.who("village_clerk").person)
    clerk.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    here = f"/desk/rolls/{village}/"
    reps = f"{here}villager_reps_meeting/"
    file = SimpleUploadedFile("a.csv", "编号,姓名,出生日期\n1,王 军,1970-01-01\n".encode())
    clerk.post(f"{here}villagers_meeting/take/", {"file": file, "since": lasting_world.day.isoformat()})
    file = SimpleUploadedFile("a.csv", "编号,姓名,出生日期\n1,王军,1970-01-01\n".encode())
    clerk.post(f"{reps}take/", {"file": file, "since": lasting_world.day.isoformat()})
    person = roll_book(village, "villager_reps_meeting", lasting_world.day).entries[0].person
    paths = (
        here,
        reps,
        f"{reps}take/",
        f"{reps}preview/",
        f"{reps}put/",
        f"{reps}off/{person}/",
        f"{reps}print/",
    )
    assert not (found := faults(browser, address, paths, clerk.cookies["sessionid"].value)), "\n".join(found)


def test_the_ledger_at_the_desk_is_accessible_and_fits_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    by, here = world.who("bookkeeper"), f"/desk/ledger/{village}/"
    line = StatementLine(world.day, 5_00, 12_345_00, summary="利息")
    take_statement(village=village, account="6222", lines=[line], by=by, at=world.at)
    keeper = Client()
    user = User.objects.create(username="keeper", person_id=by.person)
    keeper.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    photo = io.BytesIO()
    Image.new("RGB", (9, 9)).save(photo, "PNG")
    told = {"template": "rent_bank", "amount": "80", "day": world.day.isoformat()}
    file = SimpleUploadedFile("a.png", photo.getvalue(), "image/png")
    posted = keeper.post(f"{here}enter/", {**told, "paper": file})
    paths = (
        here,
        f"{here}enter/",
        f"{here}enter/?template=rent_bank",
        f"{here}enter/?mode=lines",
        f"{here}bank/",
        f"{here}reconciliation/",
        f"{here}trial/",
        f"{here}statements/",
        f"{here}subaccounts/",
        posted.url,
    )
    assert not (found := faults(browser, address, paths, keeper.cookies["sessionid"].value)), "\n".join(found)


def test_cash_at_the_desk_is_accessible_and_fits_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    by, here = world.who("bookkeeper"), f"/desk/cash/{village}/"
    keeper = Client()
    user = User.objects.create(username="cashier", person_id=by.person)
    keeper.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def signed() -> dict:
        return {"village": village, "by": by, "office": "bookkeeper", "at": world.at}

    name = f"{organisations.division(village).name}村民委员会"
    cash.register_bank_account(
        holder=name, number="34001234567890", bank="某农商行", since=world.day, **signed()
    )
    cash.register_payee_account(
        payee="蚌埠市禾丰建筑队",
        number="6222001234567890",
        bank="某银行",
        paper=world.paper(),
        since=world.day,
        **signed(),
    )
    who = organisations_services.add_person(name="孙小圩", village=village, by=by, at=world.at)
    terms = Terms("purchase", who, "买水泵", world.day)
    advance, _ = issue_advance(
        case=number, decision="x", terms=terms, method="bank", amount=Money(50000), papers=[world.paper()],
        occurred_on=world.day, **signed(),
    )  # fmt: skip
    order = Order(number, "pay", 1, "x", "蚌埠市禾丰建筑队", Money(100), "打印纸")
    made = make_transfer_file(
        orders=[order], layout="common", payer_account="34001234567890", made_on=world.day, **signed()
    )
    asked = world.open("打印纸", power="village-fund-approval")
    world.do(asked, "request", amount="800.00")
    world.wait()
    world.forward(asked, "pay", amount="800.00")
    paths = (
        here,
        f"{here}look/",
        f"{here}advances/",
        f"{here}advances/{advance}/",
        f"{here}accounts/",
        f"{here}transfers/",
        f"{here}transfers/new/",
        f"{here}transfers/{made.number}/",
        f"/desk/cases/{asked}/",
    )
    assert not (found := faults(browser, address, paths, keeper.cookies["sessionid"].value)), "\n".join(found)


def test_relief_at_the_desk_is_accessible_and_fits_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    by = world.who("district_civil_affairs")
    home = register_household(
        village=village, group="东组", by=by, at=world.at,
        members=[NewMember("王军", "340311196001010018", "户主")],
    )  # fmt: skip
    member = household(home, world.day).members[0].id
    enrol(
        member=member, scheme="dibao", case=number, amount=Money(65000), since=world.day.replace(day=1), by=by,
        at=world.at,
    )  # fmt: skip
    made = make_list(village=village, scheme="dibao", month=world.day, by=by, at=world.at)
    publish_list(number=made.number, by=by, at=world.at)
    run_once(world.at)
    client, here = Client(), f"/desk/relief/{village}/"
    user = User.objects.create(username="civil", person_id=by.person)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    paths = (
        "/desk/relief/",
        "/desk/relief/kin/",
        here,
        f"{here}add/",
        f"{here}households/{home}/",
        f"{here}lists/{made.number}/",
    )
    assert not (found := faults(browser, address, paths, session)), "\n".join(found)
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(f"{address}{here}households/{home}/")
    page.check("input[value=review]")
    page.click("main button[type=submit]")
    assert "650.00" in page.inner_text("main")
    page.wait_for_load_state()  # a press waits for the answer, not for the document to stand
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_papers_at_the_desk_are_accessible_and_fit_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    world, out = lasting_world, io.BytesIO()
    photo = Image.new("RGB", (900, 1200), (50, 45, 40))
    photo.paste((245, 243, 238), (120, 140, 780, 1060))
    photo.save(out, "JPEG")
    village = "340311104201"
    paper = keep_paper(
        content=out.getvalue(),
        name="f",
        label="收据",
        village=village,
        actor="p",
        at=world.at,
        subject=f"case:{number}",
    ).id
    client = Client()
    user = User.objects.create(username="papers", person_id=world.person["bookkeeper"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session, here = client.cookies["sessionid"].value, f"/desk/papers/{paper}/"
    paths = (f"{here}release/", f"{here}straighten/", f"{here}invoice/", f"/desk/lacking/{village}/")
    assert not (found := faults(browser, address, paths, session)), "\n".join(found)
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(f"{address}{here}straighten/")
    corner = page.locator("circle[data-corner=a]")
    corner.scroll_into_view_if_needed()
    box, before = corner.bounding_box(), page.input_value("#ax")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + box["height"] / 2 + 30)
    page.mouse.up()
    assert float(page.input_value("#ax")) > float(before) + 5
    page.click("button[value=straight]")
    page.wait_for_url(f"**{here}release/")


def test_registers_at_the_desk_and_in_public_are_accessible_and_fit_a_phone(
    site, lasting_world, browser, tmp_path
) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    client, here = Client(), f"/desk/registers/{village}/"
    user = User.objects.create(username="assets", person_id=world.person["bookkeeper"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session, photo = client.cookies["sessionid"].value, tmp_path / "a.png"
    Image.new("RGB", (60, 40), (7, 8, 9)).save(photo)
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(f"{address}{here}add/?kind=asset:water")
    for name, text in (("name", "东组机井"), ("value", "86000"), ("acquired_on", "2024-05-06")):
        page.fill(f"#{name}", text)
    page.set_input_files("#photo", str(photo))
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    assert "86,000.00" in page.inner_text("main")
    one = page.url.removeprefix(address)
    page.goto(f"{address}{here}stock-takes/")
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    take = page.url.removeprefix(address)
    paths = (here, f"{here}add/", f"{here}add/?kind=asset:house", f"{here}add/?kind=resource:pond", one,
             f"{here}stock-takes/", take, f"{take}book/")  # fmt: skip
    assert not (found := faults(browser, address, paths, session)), "\n".join(found)
    run_once(world.at)
    assert not (found := faults(browser, address, (f"/v/{village}/assets/",))), "\n".join(found)


def test_buying_at_the_desk_and_a_suppliers_quote_are_accessible_and_the_sum_is_told_while_one_types(
    site, lasting_world, browser
) -> None:
    address, _number = site
    world, client = lasting_world, Client()
    first, second, bought = (
        world.open(title) for title in ("村道路灯安装", "村口太阳能路灯安装", "文化广场地砖维修")
    )
    world.do(first, "request", amount="46,000.00")
    world.forward(bought, until="award_publicity")
    user = User.objects.create(username="buying", person_id=world.person["village_committee"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session, village = client.cookies["sessionid"].value, bought.split("-")[1]
    here, asked = f"/desk/procurement/{village}/", f"/desk/cases/{second}/steps/request/"
    paths = (here, f"{here}suppliers/", f"/desk/cases/{bought}/steps/quote/quotes/", asked, "/quote/")
    assert not (found := faults(browser, address, paths, session)), "\n".join(found)
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page.goto(f"{address}{asked}")
    page.check("input[name=project_kind][value=works]")
    page.fill("input[name=amount]", "46000")
    page.wait_for_selector("[data-together-said] >> text=92,000.00")
    assert page.url.endswith(asked)


def test_files_in_and_out_at_the_desk_are_accessible_and_fit_a_phone(site, lasting_world, browser) -> None:
    address, _number = site
    client = Client()
    user = User.objects.create(username="importing", person_id=lasting_world.person["bookkeeper"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    here = "/desk/import/340311104201/"
    text = "日期,凭证号,摘要,科目编码,借方金额,贷方金额\n2026-09-01,1,租金,102,8,\n,,,501,,8"
    client.post(here, {"kind": "vouchers", "file": SimpleUploadedFile("九月.csv", text.encode())})
    session = client.cookies["sessionid"].value
    assert not (found := faults(browser, address, (here, f"{here}look/"), session)), "\n".join(found)


def test_land_at_the_desk_and_in_public_is_accessible_and_fits_a_phone(site, lasting_world, browser) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    by = world.who("village_clerk")
    land.register_parcels(
        [land.NewParcel("C1", "王军", "东组", "P1", 250, date(2034, 12, 31))],
        village=village,
        by=by,
        at=world.at,
    )
    client = Client()
    client.force_login(
        User.objects.create(username="landclerk", person_id=by.person),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    here = f"/desk/land/{village}/"
    paths = (
        here,
        f"{here}add/",
        f"{here}mandates/",
        f"{here}lists/new/",
        f"{here}requisitions/new/",
        f"/v/{village}/land/",
    )
    assert not (found := faults(browser, address, paths, client.cookies["sessionid"].value)), "\n".join(found)


def test_contracts_at_the_desk_and_in_public_are_accessible_and_fit_a_phone(
    site, lasting_world, browser
) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    by, began = world.who("bookkeeper"), world.day.replace(year=world.day.year - 1)
    made = enter_existing(
        village=village, by=by, at=world.at,
        new=ExistingContract(
            party="老赵", price=Money(400000), starts_on=began, ends_on=world.day.replace(year=world.day.year + 2),
            signed_on=began, terms=NewTerms(kind="house-lease", rhythm="half"), papers=(world.paper("合同"),),
            party_kind="person",
        ),
    )  # fmt: skip
    run_once(world.at)
    client = Client()
    user = User.objects.create(username="contracts", person_id=by.person)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    here = f"/desk/contracts/{village}/"
    public, receive = f"/v/{village}/contracts/", f"/desk/ledger/{village}/receive/"
    paths = (
        here,
        f"{here}add/",
        f"{here}{made.number}/",
        receive,
        public,
        f"{public}{made.number}/",
        f"/v/{village}/debts/",
    )
    assert not (found := faults(browser, address, paths, client.cookies["sessionid"].value)), "\n".join(found)


def test_labour_at_the_desk_and_in_public_is_accessible_and_fits_a_phone(
    site, lasting_world, browser
) -> None:
    address, number = site
    world, village = lasting_world, number.split("-")[1]
    by = world.who("village_committee")
    first = world.day.replace(day=1)
    order = open_order(
        village=village, decided=Approved("SX-7", "清淤", Money(12000), 10, Money(120000)), place="东组水渠", since=first,
        until=first.replace(month=first.month + 1), unit="day", by=by, at=world.at,
    )  # fmt: skip
    who = register_worker(
        village=village, name="王五", id_number="340311196001010018", outsider=False, by=by, at=world.at
    )
    record_attendance(order=order, rows=[Row(who, world.day, 1)], by=by, at=world.at)
    client = Client()
    user = User.objects.create(username="labour", person_id=by.person)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    here = f"/desk/labour/{village}/"
    paths = (
        here,
        f"{here}orders/{order}/",
        f"{here}orders/{order}/import/",
        f"{here}people/",
        f"/v/{village}/labour/",
    )
    assert not (found := faults(browser, address, paths, client.cookies["sessionid"].value)), "\n".join(found)


def test_taking_down_at_the_desk_and_what_was_taken_down_are_accessible_and_fit_a_phone(
    site, lasting_world, browser
) -> None:
    address, number = site
    world, id = lasting_world, f"{number.split('-')[1]}-1"
    first, second = (world.who(office) for office in ("town_sanzi_center", "town_discipline"))
    reason = "写了困难户的姓名"
    asked = withdrawing.ask(id=id, copy="", reason=reason, by=first, at=world.at)
    withdrawing.settle(asked=asked, taken_down=True, by=second, at=world.at)
    run_once(world.at)
    other = f"{number.split('-')[1]}-2"
    withdrawing.ask(id=other, copy="", reason=reason, by=first, at=world.at)
    client = Client()
    client.force_login(
        User.objects.create(username="second", person_id=second.person),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    paths = (f"/desk/withdrawals/?publication={other}", f"/p/{id}/")
    assert not (found := faults(browser, address, paths, client.cookies["sessionid"].value)), "\n".join(found)
