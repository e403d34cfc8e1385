"""A sheet in somebody's hand: its code says which one it is and whether what it says still holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from mingbai.boards.sheets import codes
from mingbai.boards.sheets.codes import Sheet, code_of
from mingbai.boards.sheets.standing import standing
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition
from mingbai.config import clock

pytestmark = pytest.mark.django_db
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
DIBAO = "powers/12-dibao.yaml"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The district's, with a digest of its own: editions are held by number and digest for a whole process."""
    held = dict(catalogue.read_district(DISTRICT))
    return {**held, "district.yaml": held["district.yaml"] + "# test_standing\n"}


def confirm(files, since=FIRST):
    at = datetime(2026, 8, 31, 17, tzinfo=UTC)
    confirm_edition(files=files, since=since, by_person="", office="district_government", at=at)
    return catalogue.latest()


def reworded(files) -> dict[str, str]:
    text = files[DIBAO].replace("text: 核对授权书", "text: 核对授权书原件")
    assert text != files[DIBAO]
    return {**files, DIBAO: text}


def raised(files) -> dict[str, str]:
    """The ceiling for direct purchases at 8,000 from November."""
    old = "    values:\n      - since: 2020-01-01\n        value: 5000\n"
    text = files["parameters.yaml"]
    at = text.index(old) + len(old)
    cited = text[at : text.index("checked:", at)]
    new = f"{cited}checked: 2026-11-22\n      - since: {THIRD}\n        value: 8000\n"
    return {**files, "parameters.yaml": text[:at] + new + text[at:]}


def card(edition, power="dibao", day=FIRST) -> Sheet:
    return Sheet("card", edition, codes.figures_day(edition, day), power)


def test_a_sheet_of_the_list_in_force_is_current(files):
    first = confirm(files)
    for sheet in (card(first), Sheet("handbook", first, FIRST), Sheet("handbook-large", first, FIRST)):
        assert codes.find(code_of(sheet)) == sheet
        assert standing(sheet, SECOND).state == "current"
    assert codes.find("01HN-HE8F-3REX") is None


def test_a_changed_power_is_superseded_and_the_others_are_not(files):
    first, second = confirm(files), confirm(reworded(files), SECOND)
    found = standing(card(first), THIRD)
    assert (found.state, found.since, found.changed) == ("changed", SECOND, ("要哪些材料",))
    assert found.now == card(second) and found.now_code == code_of(card(second)) != found.code
    assert standing(card(first), date(2026, 9, 30)).state == "current"
    assert standing(card(first, "orphan-support"), THIRD).state == "same"
    book = standing(Sheet("handbook", first, FIRST), THIRD)
    assert (book.state, book.since) == ("changed", SECOND)
    assert book.changed == ("最低生活保障申办审批",)


def test_the_day_is_that_of_the_first_change_not_of_the_last_edition(files):
    first = confirm(files)
    confirm(reworded(files), SECOND)
    other = files["powers/11-orphan-support.yaml"].replace("\nname: ", "\nname: 新", 1)
    confirm({**reworded(files), "powers/11-orphan-support.yaml": other}, THIRD)
    found = standing(card(first), THIRD)
    assert found.since == SECOND and found.now and found.now.edition.number == 3
    assert standing(card(first, "orphan-support"), THIRD).since == THIRD


def test_a_figure_that_changes_within_an_edition_supersedes_the_sheets_that_show_it(files):
    edition = confirm(raised(files))
    before = card(edition, "procurement-small-works")
    assert standing(before, date(2026, 10, 31)).state == "current"
    found = standing(before, THIRD)
    assert (found.state, found.since) == ("changed", THIRD)
    assert found.changed == ("流程图",)  # 多少钱算大 names both figures with their days, before and after
    assert (
        found.now == card(edition, "procurement-small-works", THIRD) and found.now.edition == before.edition
    )
    assert standing(card(edition), THIRD).state == "same"


def test_a_power_that_left_the_list_and_a_sheet_printed_ahead(files):
    first = confirm(files)
    renamed = {_renamed(name): _renamed(text) for name, text in files.items()}
    second = confirm(renamed, SECOND)
    found = standing(card(first, "rural-house-renovation"), SECOND)
    assert (found.state, found.since, found.now) == ("gone", SECOND, None)
    assert standing(card(second, day=SECOND), FIRST).state == "early"


def _renamed(text: str) -> str:
    return text.replace("rural-house-renovation", "house-repair")


def test_typed_or_scanned_a_code_leads_to_what_became_of_the_sheet(files, monkeypatch):
    first = confirm(files)
    confirm(reworded(files), SECOND)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 2, tzinfo=UTC))
    client, code = Client(), code_of(card(first))
    for typed in (code, code.lower().replace("-", " "), f"https://mingbai.example/sheets/{code}/"):
        page = client.get("/verify/", {"q": typed}, follow=True)
        said = page.content.decode()
        assert page.status_code == 200 and page.redirect_chain[-1][0] == f"/sheets/{code}/"
        assert "这张纸，旧了" in said and "最低生活保障" in said and "第 1 版" in said
        assert "2026年10月1日起改了" in said and "要哪些材料" in said
    assert code_of(card(catalogue.latest())) in said and "/powers/dibao/card.pdf" in said


def test_a_code_written_wrong_or_never_printed_says_which(files, monkeypatch):
    code = code_of(card(confirm(files)))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 2, tzinfo=UTC))
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    page = Client().get("/verify/", {"q": wrong}, follow=True)
    assert page.status_code == 404 and "有一个字写错了" in page.content.decode()
    page = Client().get("/sheets/01HN-HE8F-3REX/")
    assert page.status_code == 404 and "没有印过这个编号" in page.content.decode()


def test_cards_and_handbook_are_at_their_addresses(files, monkeypatch):
    confirm(files)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 2, tzinfo=UTC))
    for address in ("/powers/dibao/card.pdf", "/powers/handbook.pdf", "/powers/handbook-large.pdf"):
        page = Client().get(address)
        assert page.status_code == 200 and page.content.startswith(b"%PDF"), address
        assert page.headers["Content-Type"] == "application/pdf"
    assert Client().get("/powers/nothing/card.pdf").status_code == 404
    assert "/powers/dibao/card.pdf" in Client().get("/powers/dibao/").content.decode()
    assert "/powers/handbook.pdf" in Client().get("/powers/").content.decode()
