"""An officer edits a chart without YAML: the table, the proof beside it, Excel and text, two officers at one draft."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from mingbai.catalogue.queries import drafts
from mingbai.catalogue.services import begin_draft
from mingbai.desk.charting import excel
from mingbai.organisations.models import User
from mingbai.procedures.preview import chart_in

pytestmark = pytest.mark.django_db
CHART = "dibao"


@pytest.fixture
def office(world, monkeypatch):
    """Two officers of the civil affairs bureau and a stranger, with a draft of theirs."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return Office(world)


class Office:
    def __init__(self, world) -> None:
        self.world = world
        self.draft = begin_draft(
            name="低保流程调整", reason="缩短时限", by=world.who("district_civil_affairs"), at=world.at
        ).draft
        self.address = f"/desk/drafts/{self.draft}/charts/{CHART}/"

    def client(self, person: str) -> Client:
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def officer(self) -> Client:
        return self.client(self.world.who("district_civil_affairs").person)

    def chart(self):
        return chart_in(drafts.files(self.draft), CHART)


def cells(row: str, **more: str) -> dict:
    return {"row": [row], "do": "save", **{f"{row}/{column}": text for column, text in more.items()}}


def test_the_table_shows_every_step_with_its_drawing_and_proof(office) -> None:
    page = office.officer().get(office.address).content.decode()
    assert "镇里受理" in page and "最多5个工作日" in page and "<svg" in page and "合法、走得通" in page


def test_a_cell_is_changed_and_kept_in_the_draft(office) -> None:
    answer = office.officer().post(
        office.address, cells("accept", limit="最多3个工作日", limit_source="最低生活保障审核确认办法 第10条")
    )
    assert answer.status_code == 302
    assert office.chart().node("accept").limit.value == 3
    page = office.officer().get(f"/desk/drafts/{office.draft}/").content.decode()
    assert "改了什么" in page and "镇里受理" in page


def test_what_makes_the_chart_unlawful_is_told_with_its_path(office) -> None:
    unlawful = {
        **cells("publicize", limit="最少3日", limit_source="最低生活保障审核确认办法 第19条"),
        "do": "check",
    }
    page = office.officer().post(office.address, unlawful).content.decode()
    assert "还不行" in page and "初审意见公示" in page
    assert office.chart().node("publicize").limit.value == 7, "only looked at"
    piece = office.officer().post(office.address + "proof/", unlawful).content.decode()
    assert "还不行" in piece and "<html" not in piece


def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(office) -> None:
    answer = office.officer().post(office.address, cells("accept", who="皇帝"))
    assert answer.status_code == 422 and "没有叫“皇帝”的职务" in answer.content.decode()
    assert drafts.draft(office.draft).changed == ()


def test_steps_and_branches_are_added_and_taken_out_by_buttons(office) -> None:
    client = office.officer()
    assert client.post(office.address, {"row": ["archive"], "do": "add:archive"}).status_code == 302
    assert office.chart().node("step_1").next == "end"
    assert client.post(office.address, {"row": ["stop"], "do": "branch:stop"}).status_code == 302
    assert office.chart().node("way_1").branches[0].to == "archive"
    assert client.post(office.address, {"row": ["step_1"], "do": "remove:step_1"}).status_code == 302
    assert office.chart().node("archive").next == "end"


def test_the_table_goes_out_to_excel_and_comes_back(office) -> None:
    client = office.officer()
    sheet = client.get(office.address + "sheet/")
    book = load_workbook(io.BytesIO(sheet.content))
    page = book[excel.SHEET]
    heading = [cell.value for cell in page[1]]
    for line in page.iter_rows(min_row=2):
        if line[0].value == "accept":
            line[heading.index("纪律")].value = "缺什么当面一次说清"
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("dibao.xlsx", out.getvalue())
    assert client.post(office.address + "take/", {"file": file}).status_code == 302
    assert office.chart().node("accept").discipline == "缺什么当面一次说清"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"not a workbook", "打不开这个 Excel 文件"),
        ("a.yaml", b"\xff\xfe\x00", "不是文字"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(office, name, content, reason) -> None:
    answer = office.officer().post(office.address + "take/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422 and reason in answer.content.decode()
    assert drafts.draft(office.draft).changed == ()


def test_another_departments_chart_answers_like_one_that_is_not_there(office) -> None:
    stranger = office.client(office.world.who("district_agriculture").person)
    clerk = office.client(office.world.who("village_clerk").person)
    for client in (stranger, clerk):
        assert client.get(office.address).status_code == 404
        assert client.post(office.address, cells("accept", who="村民委员会")).status_code == 404
    assert office.officer().get(f"/desk/drafts/{office.draft}/charts/no-such/").status_code == 404
    assert office.client(office.world.who("village_clerk").person).get("/desk/drafts/").status_code == 404


def test_two_officers_change_different_steps_and_both_stand(office) -> None:
    first, second = office.officer(), office.client(office.world.appoint("district_civil_affairs", "科员乙"))
    seen = {"seen": "0"}
    assert first.post(office.address, {**cells("accept", discipline="一次说清"), **seen}).status_code == 302
    assert (
        second.post(office.address, {**cells("launch", discipline="三日内启动"), **seen}).status_code == 302
    )
    assert office.chart().node("accept").discipline == "一次说清"
    assert office.chart().node("launch").discipline == "三日内启动"


def test_one_cell_changed_by_two_is_told_and_neither_is_lost(office) -> None:
    first, second = office.officer(), office.client(office.world.appoint("district_civil_affairs", "科员乙"))
    first.post(office.address, {**cells("accept", discipline="一次说清"), "seen": "0"})
    clash = second.post(office.address, {**cells("accept", discipline="当面说清"), "seen": "0"})
    assert clash.status_code == 422 and "当面说清" in clash.content.decode()
    assert office.chart().node("accept").discipline == "一次说清"
    assert "当面说清" in drafts.aside(office.draft)[0].text
