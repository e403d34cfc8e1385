"""A chart out of a draft and back into it, through the pages: as text, Excel and BPMN; drafts listed, changed, handed on."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from mingbai.catalogue.queries import current, drafts, latest
from mingbai.catalogue.services import begin_draft, confirm_edition, write_draft
from mingbai.organisations.models import User
from mingbai.procedures.rules.rows.model import read_table

pytestmark = pytest.mark.django_db
FILE = "procedures/dibao.yaml"


class Bureau:
    def __init__(self, world) -> None:
        self.world = world
        self.actor = world.who("district_civil_affairs")
        self.draft = begin_draft(name="低保流程调整", reason="缩短时限", by=self.actor, at=world.at).draft
        self.page = f"/desk/drafts/{self.draft}/"
        self.chart = f"{self.page}charts/dibao/"
        self.client = self.signed_in(self.actor.person)

    def signed_in(self, person: str) -> Client:
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def text(self) -> str:
        return drafts.files(self.draft)[FILE]

    def step(self, id: str):
        return read_table(self.text(), FILE).step(id)

    def take(self, name: str, content: bytes):
        return self.client.post(self.chart + "take/", {"file": SimpleUploadedFile(name, content)})

    def words(self, answer) -> str:
        return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))

    def rewrite(self, old: str, new: str) -> None:
        text = self.text().replace(old, new, 1)
        seen = drafts.draft(self.draft).revision
        write_draft(draft=self.draft, file=FILE, text=text, seen=seen, by=self.actor, at=self.world.at)


@pytest.fixture
def bureau(world, monkeypatch):
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return Bureau(world)


def test_the_text_goes_out_and_comes_back_with_its_comments(bureau) -> None:
    out = bureau.client.get(bureau.chart + "text/")
    assert out.content.decode() == bureau.text() and 'filename="dibao.yaml"' in out["Content-Disposition"]
    changed = out.content.decode().replace(
        "    discipline: 缺什么一次说清", "    # 说清楚\n    discipline: 缺什么当面说清", 1
    )
    assert bureau.take("dibao.yaml", changed.encode()).status_code == 302
    assert "# 说清楚" in bureau.text() and bureau.step("accept").discipline.startswith("缺什么当面说清")
    assert "version: 2" in bureau.text()


def test_the_sheet_goes_out_and_comes_back(bureau) -> None:
    book = load_workbook(io.BytesIO(bureau.client.get(bureau.chart + "sheet/").content))
    page = book["步骤"]
    heading = [cell.value for cell in page[1]]
    row = next(line for line in page.iter_rows(min_row=2) if line[0].value == "accept")
    row[heading.index("多少")].value = 4
    out = io.BytesIO()
    book.save(out)
    assert bureau.take("dibao.xlsx", out.getvalue()).status_code == 302
    assert bureau.step("accept").limit.value == 4 and bureau.text().startswith("# 第12项")


def test_what_is_wrong_in_a_sheet_is_listed_and_nothing_is_kept(bureau) -> None:
    book = load_workbook(io.BytesIO(bureau.client.get(bureau.chart + "sheet/").content))
    book["步骤"]["E2"].value = "皇帝"
    out = io.BytesIO()
    book.save(out)
    answer = bureau.take("dibao.xlsx", out.getvalue())
    assert answer.status_code == 422 and "“步骤”第 2 行“谁办”：没有叫“皇帝”的职务" in bureau.words(answer)
    assert drafts.draft(bureau.draft).changed == ()


def test_bpmn_goes_out_and_comes_back(bureau) -> None:
    out = bureau.client.get(bureau.chart + "bpmn/")
    assert out.status_code == 200 and b"bpmn" in out.content[:400]
    changed = out.content.decode().replace("缺什么一次说清，不得推给村里", "缺什么当面说清")
    assert bureau.take("dibao.bpmn", changed.encode()).status_code == 302
    assert bureau.step("accept").discipline == "缺什么当面说清" and bureau.text().startswith("# 第12项")


def test_an_unfinished_chart_is_no_bpmn_yet(bureau) -> None:
    bureau.rewrite("    next: if_accepted\n", "")
    answer = bureau.client.get(bureau.chart + "bpmn/")
    assert answer.status_code == 403 and "还没有写完" in bureau.words(answer)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("dibao.xlsx", b"no workbook", "打不开这个 Excel 文件"),
        ("dibao.yaml", b"\xff\xfe\x00", "不是 UTF-8"),
        ("dibao.yaml", b"procedure: dibao\nnodes: 3\n", "第 2 行"),
        ("dibao.yaml", b"procedure: small-works\n", "另一张流程图"),
        ("dibao.bpmn", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "行"),
        ("dibao.exe", b"MZ", "不认识这种文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(bureau, name, content, said) -> None:
    answer = bureau.take(name, content)
    assert answer.status_code == 422 and said in bureau.words(answer)
    assert drafts.draft(bureau.draft).changed == ()


def test_no_file_is_told(bureau) -> None:
    answer = bureau.client.post(bureau.chart + "take/", {})
    assert answer.status_code == 422 and "还没有选文件" in bureau.words(answer)


# drafts


def test_a_draft_is_begun_listed_and_given_up(bureau) -> None:
    made = bureau.client.post("/desk/drafts/", {"name": "临时救助调整", "reason": "新办法"})
    assert made.status_code == 302 and "临时救助调整" in bureau.words(bureau.client.get("/desk/drafts/"))
    again = bureau.client.post("/desk/drafts/", {"name": "临时救助调整", "reason": ""})
    assert again.status_code == 422 and "已经有一份草案叫" in bureau.words(again)
    assert bureau.client.post(made.url + "discard/").status_code == 302
    assert "已经作废" in bureau.words(bureau.client.get(made.url))
    assert bureau.client.post(made.url + "discard/").status_code == 422
    chart = bureau.client.get(made.url + "charts/dibao/")
    assert "已经关闭，只能看" in bureau.words(chart)


def test_what_changed_against_the_edition_in_force_is_said_in_sentences(bureau) -> None:
    bureau.rewrite("缺什么一次说清，不得推给村里", "缺什么当面说清")
    said = bureau.words(bureau.client.get(bureau.page))
    assert "“最低生活保障申办审批·镇里受理”的纪律由“缺什么一次说清，不得推给村里”改为“缺什么当面说清”" in said


def test_of_a_draft_that_cannot_be_read_the_charts_changes_are_said_all_the_same(bureau) -> None:
    bureau.rewrite("缺什么一次说清，不得推给村里", "缺什么当面说清")
    bureau.rewrite("    next: if_accepted\n", "    next: nowhere\n")
    seen = drafts.draft(bureau.draft).revision
    write_draft(
        draft=bureau.draft,
        file="parameters.yaml",
        text="parameters: [",
        seen=seen,
        by=bureau.actor,
        at=bureau.world.at,
    )
    said = bureau.words(bureau.client.get(bureau.page))
    assert "还有读不通的地方" in said and "改为“缺什么当面说清”" in said


def test_a_draft_is_carried_over_to_the_newest_edition(bureau) -> None:
    bureau.rewrite("缺什么一次说清，不得推给村里", "缺什么当面说清")
    world = bureau.world
    files = dict(current(world.day).files)
    files["procedures/small-works.yaml"] = files["procedures/small-works.yaml"].replace(
        "不拆分项目躲限额", "不拆分项目"
    )
    confirm_edition(files=files, since=world.day.replace(month=12), by_person="", office="", at=world.at)
    assert "已经有了第 2 版" in bureau.words(bureau.client.get(bureau.page))
    assert bureau.client.post(bureau.page + "update/").status_code == 302
    assert drafts.draft(bureau.draft).base == latest().number == 2
    assert bureau.step("accept").discipline == "缺什么当面说清"
    assert bureau.client.post(bureau.page + "update/").status_code == 422


def test_a_draft_is_handed_to_review_with_what_is_known_filled_in(bureau) -> None:
    refused = bureau.client.post(bureau.page + "review/", {"review": "list-adjustment"})
    assert refused.status_code == 422 and "一个字也没有改" in bureau.words(refused)
    bureau.rewrite("缺什么一次说清，不得推给村里", "缺什么当面说清")
    assert "送审：权力清单调整" in bureau.words(bureau.client.get(bureau.page))
    answer = bureau.client.post(bureau.page + "review/", {"review": "list-adjustment"})
    assert answer.status_code == 302 and "/steps/compile/" in answer.url
    form = bureau.client.get(answer.url).content.decode()
    assert f'name="draft" value="{bureau.draft}"' in form and "缩短时限" in form
    nobody = bureau.client.post(bureau.page + "review/", {"review": "dibao"})
    assert nobody.status_code == 422 and "不能用这个办法送审" in bureau.words(nobody)
