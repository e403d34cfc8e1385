"""An officer edits a chart without YAML: one step open, drawing and proof beside it, two officers at one draft."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from mingbai.catalogue.queries import drafts
from mingbai.catalogue.services import begin_draft, write_draft
from mingbai.organisations.models import User
from mingbai.procedures.rules.rows.model import StepRow, Table, read_table
from mingbai.procedures.rules.rows.sentences import phrase_of

pytestmark = pytest.mark.django_db
CHART, FILE = "dibao", "procedures/dibao.yaml"
_INPUT = re.compile(r"<input([^>]*)>|<textarea([^>]*)>(.*?)</textarea>|<select([^>]*)>(.*?)</select>", re.S)
_OPTION = re.compile(r'<option value="([^"]*)" selected>')


@pytest.fixture
def office(world, monkeypatch):
    """The civil affairs bureau with a draft of its own."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return Office(world)


class Page:
    """What came back: its words, and its form as a browser would send it."""

    def __init__(self, answer) -> None:
        self.status, self.content = answer.status_code, answer.content.decode()
        main = self.content.partition("<main")[2]
        self.words = html.unescape(re.sub(r"<[^>]+>", " ", main))

    def form(self) -> dict[str, list[str]]:
        inside = self.content.partition('id="chart-form"')[2].partition("</form>")[0]
        found: dict[str, list[str]] = {}
        for match in _INPUT.finditer(inside):
            tag = match[1] or match[2] or match[4] or ""
            name = re.search(r'name="([^"]*)"', tag)
            ticked = 'type="checkbox"' not in tag or " checked" in tag
            if name and ticked:
                found.setdefault(name[1], []).append(html.unescape(self.value(match, tag)))
        found.pop("csrfmiddlewaretoken", None)
        return found

    @staticmethod
    def value(match: re.Match[str], tag: str) -> str:
        if match[1] is not None:
            value = re.search(r'value="([^"]*)"', tag)
            return value[1] if value else ""
        if match[3] is not None:
            return match[3]
        chosen = _OPTION.search(match[5])
        return chosen[1] if chosen else ""


class Office:
    def __init__(self, world) -> None:
        self.world = world
        self.bureau = world.who("district_civil_affairs")
        self.draft = begin_draft(name="低保流程调整", reason="缩短时限", by=self.bureau, at=world.at).draft
        self.address = f"/desk/drafts/{self.draft}/charts/{CHART}/"

    def client(self, person: str) -> Client:
        user, _ = User.objects.get_or_create(username=f"u{person[:12]}", person_id=person)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def officer(self) -> Client:
        return self.client(self.bureau.person)

    def second(self) -> Client:
        return self.client(self.world.appoint("district_civil_affairs", "科员乙"))

    def table(self) -> Table:
        return read_table(drafts.files(self.draft)[FILE], FILE)

    def step(self, id: str) -> StepRow:
        found = self.table().step(id)
        assert found is not None
        return found

    def open(self, step: str, client: Client | None = None) -> Page:
        return Page((client or self.officer()).get(self.address, {"step": step}))

    def send(self, page: Page, client: Client | None = None, do: str = "save", **typed) -> Page:
        """The page's own form with what was typed into it."""
        return Page((client or self.officer()).post(self.address, {**page.form(), "do": do, **typed}))


def test_the_table_says_of_every_step_who_what_papers_limit_and_where_next(office) -> None:
    page = office.open("")
    assert page.status == 200 and "合法、走得通" in page.words and "<svg" in page.content
    row = page.content.partition('id="step-accept"')[2].partition("</tr>")[0]
    assert all(
        said in row
        for said in ("镇里受理", "镇人民政府、街道办事处", "受理单或补正告知", "最多 5 个工作日", "待确认")
    )
    ways = page.content.partition('id="step-if_accepted"')[2].partition("</tr>")[0]
    assert "齐备" in ways and "其余" not in ways.partition("齐备")[0]


@pytest.mark.parametrize("step", ["apply", "if_accepted", "announce", "end", "publicize", "-"])
def test_an_untouched_form_changes_nothing(office, step) -> None:
    page = office.open(step)
    assert office.send(page).status == 302
    assert drafts.draft(office.draft).changed == ()


def test_every_step_of_every_chart_comes_back_from_its_form_as_it_was(office, world, settings) -> None:
    """Read as the page, filled in by nobody, and taken in again: what the form cannot show is not lost."""
    from django.http import QueryDict
    from django.template.loader import render_to_string

    from mingbai.desk.charting.filling import step_from
    from mingbai.desk.charting.parts import Around, parts_of
    from mingbai.procedures.drafted import folder

    around = folder(drafts.files(office.draft))
    for table in around.tables.values():
        for step in table.nodes:
            parts = parts_of(step, Around(around, table, world.day, {}), ())
            said = "".join(render_to_string("desk/chart_part.html", {"part": part}) for part in parts)
            form = Page(_Answer(f'<main id="chart-form">{said}</form>')).form()
            assert sum(map(len, form.values())) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            data = QueryDict(mutable=True)
            for name, values in form.items():
                data.setlist(name, values)
            assert step_from(data, table, step, around.known) == table, (table.procedure, step.id)


class _Answer:
    status_code = 200

    def __init__(self, said: str) -> None:
        self.content = said.encode()


def test_a_limit_is_changed_and_kept_in_the_draft(office) -> None:
    page = office.open("accept")
    assert office.send(page, limit_value="3", discipline="缺什么一次说清").status == 302
    assert office.step("accept").limit.value == 3 and office.table().version == 2
    text = drafts.files(office.draft)[FILE]
    assert text.startswith("# 第12项 最低生活保障")
    again = office.send(office.open("accept"), limit_value="5", discipline=office.step("accept").discipline)
    assert again.status == 302


def test_what_is_put_back_as_it_was_is_no_change(office) -> None:
    before = office.step("accept")
    office.send(office.open("accept"), limit_value="3")
    office.send(office.open("accept"), limit_value=str(before.limit.value))
    assert office.table().version == 1 and drafts.draft(office.draft).changed == ()


def test_looking_keeps_nothing_and_shows_what_would_be_unlawful(office) -> None:
    page = office.send(office.open("publicize"), do="look", limit_value="3")
    assert page.status == 200 and "不行的" in page.words and "初审意见公示" in page.words
    assert 'value="3"' in page.content and drafts.draft(office.draft).changed == ()


def test_while_typing_a_piece_of_the_page_comes_back(office) -> None:
    client, page = office.officer(), office.open("publicize")
    answer = Page(client.post(office.address + "beside/", {**page.form(), "limit_value": "3"}))
    assert answer.status == 200 and "<html" not in answer.content and "不行的" in answer.content
    assert "走法：" in answer.content and 'value="open:' in answer.content
    assert drafts.draft(office.draft).changed == ()


def test_what_is_unfinished_is_kept_told_and_drawn(office) -> None:
    page = office.send(office.open("accept"), title="", limit_value="半个月", next="", offices=[])
    assert page.status == 302
    row = office.step("accept")
    assert (row.title, row.limit.value, row.next, row.offices) == ("", "半个月", (), ())
    again = office.open("accept")
    assert again.status == 200
    for said in ("要有名称", "整数", "没有写办完去哪一步", "没有写谁来办", "还没写去哪"):
        assert said in again.words


def test_a_step_is_added_where_it_belongs(office) -> None:
    page = office.open("accept")
    answer = office.officer().post(
        office.address, {**page.form(), "do": "add", "new_title": "电话告知申请人", "new_kind": "task"}
    )
    assert answer.status_code == 302 and "step=dian_hua_gao_zhi_shen_qing_ren" in answer.url
    assert office.step("accept").next == ("dian_hua_gao_zhi_shen_qing_ren",)
    assert office.step("dian_hua_gao_zhi_shen_qing_ren").next == ("if_accepted",)
    new = office.open("dian_hua_gao_zhi_shen_qing_ren")
    assert "没有写时限" in new.words and "还缺" in new.words


def test_a_new_step_without_a_name_is_refused_in_a_sentence(office) -> None:
    page = office.send(office.open("accept"), do="add", new_title=" ", new_kind="task", discipline="先改这句")
    assert page.status == 422 and "新的一步要有名称" in page.words and "先改这句" in page.content


def test_a_branch_is_added_written_as_a_sentence_and_taken_away(office) -> None:
    page = office.send(office.open("if_accepted"), do="branch")
    ways = office.step("if_accepted").branches
    assert page.status == 302 and len(ways) == 3 and ways[2].otherwise and ways[1].label == ""
    office.send(
        office.open("if_accepted"),
        **{
            "branch-1-label": "人口多的", "branch-1-to": "investigate", "branch-1-clause-0-left": "apply.members",
            "branch-1-clause-0-sign": ">=", "branch-1-clause-0-number": "6",
        },
    )  # fmt: skip
    assert office.step("if_accepted").branches[1].when == "apply.members >= 6"
    assert "走这一路：“申请·共同生活几口人”不少于6" in office.open("if_accepted").words
    office.send(office.open("if_accepted"), **{"branch-1-gone": "1"})
    assert len(office.step("if_accepted").branches) == 2


def test_a_condition_too_rich_for_rows_stays_an_expression_with_its_words(office) -> None:
    rich = "(accept.verdict == 'good' && apply.members >= 6) || accept.verdict == 'incomplete'"
    office.send(office.open("if_accepted"), **{"branch-0-cel": rich})
    assert office.step("if_accepted").branches[0].when == rich and phrase_of(rich) is None
    page = office.open("if_accepted")
    assert (
        "意思是：（“镇里受理·材料”是“齐备”，并且“申请·共同生活几口人”不少于6），或者“镇里受理·材料”是“不齐”"
        in page.words
    )
    assert office.send(page).status == 302 and office.step("if_accepted").branches[0].when == rich


def test_sums_are_written_in_yuan_and_kept_in_fen(office, world) -> None:
    village = office.client(world.who("district_finance").person)
    address = f"/desk/drafts/{office.draft}/charts/small-works/"
    page = Page(village.get(address, {"step": "route"}))
    typed = {"branch-0-clause-0-right": "", "branch-0-clause-0-number": "5000"}
    assert village.post(address, {**page.form(), "do": "save", **typed}).status_code == 302
    text = drafts.files(office.draft)["procedures/small-works.yaml"]
    assert "request.amount <= 500000" in text
    assert 'value="5,000"' in Page(village.get(address, {"step": "route"})).content


def test_a_new_paper_field_and_answer_get_their_ids(office) -> None:
    page = office.open("accept")
    office.send(
        page,
        **{
            "paper-1-label": "身份证复印件", "paper-1-optional": "1", "field-1-label": "来了几次", "field-1-kind": "integer",
            "field-0-option-2-label": "看不清", "field-0-option-2-meaning": "bad",
        },
    )  # fmt: skip
    row = office.step("accept")
    assert (row.papers[1].id, row.papers[1].optional) == ("shen_fen_zheng_fu_yin_jian", True)
    assert (row.fields[1].id, row.fields[1].kind) == ("lai_le_ji_ci", "integer")
    assert [one.id for one in row.fields[0].options] == ["good", "incomplete", "bad"]


def test_an_answer_that_means_something_else_takes_its_conditions_along(office) -> None:
    office.send(office.open("accept"), **{"field-0-option-0-meaning": "agree"})
    assert office.step("accept").fields[0].options[0].id == "agree"
    assert office.step("if_accepted").branches[0].when == "accept.verdict == 'agree'"


def test_steps_are_moved_and_taken_out(office) -> None:
    ids = [one.id for one in office.table().nodes]
    office.send(office.open("accept"), do="down")
    assert [one.id for one in office.table().nodes][1:3] == [ids[2], ids[1]]
    office.send(office.open("accept"), do="remove")
    assert office.table().step("accept") is None and office.step("apply").next == ("if_accepted",)


def test_going_to_another_step_keeps_the_one_that_is_open(office) -> None:
    answer = office.officer().post(
        office.address, {**office.open("accept").form(), "do": "open:apply", "discipline": "当面收"}
    )
    assert answer.status_code == 302 and "step=apply" in answer.url and answer.url.endswith("#open")
    assert office.step("accept").discipline == "当面收"


def test_the_whole_chart_is_written_too(office) -> None:
    page = office.open("-")
    office.send(page, whole_title="低保办理", **{"lane-4-label": "区大数据局", "level-list": "什么人能申请"})
    table = office.table()
    assert table.title == "低保办理" and table.lanes[4].title == "区大数据局"
    assert table.disclosures["list"] == "什么人能申请" and len(table.disclosures) == 5


def test_a_mistake_is_put_right_by_going_back(office) -> None:
    office.send(office.open("accept"), discipline="第一次")
    office.send(office.open("accept"), do="remove")
    page = office.open("")
    assert "以前存的" in page.words and 'value="restore:1"' in page.content
    back = {"seen": "2", "do": "restore:1"}
    assert office.officer().post(office.address, back).status_code == 302
    assert office.step("accept").discipline == "第一次"
    office.officer().post(office.address, {"seen": "3", "do": "restore:0"})
    assert drafts.draft(office.draft).changed == () and "以前存的" not in office.open("").words
    refused = Page(office.officer().post(office.address, {"seen": "4", "do": "restore:x"}))
    assert refused.status == 403 and "从列出的几份里选" in refused.words


# who may


def test_whoever_drafts_nothing_is_told_who_does(office, world) -> None:
    clerk = office.client(world.who("village_clerk").person)
    for path in ("/desk/drafts/", f"/desk/drafts/{office.draft}/", office.address):
        page = Page(clerk.get(path))
        assert page.status == 403 and "清单草案由制定单位起草" in page.words and "区民政局" in page.words
    assert clerk.post(office.address, {"do": "save"}).status_code == 403
    assert "/desk/drafts/" not in clerk.get("/desk/").content.decode()


def test_another_department_reads_but_does_not_write(office, world) -> None:
    stranger = office.client(world.who("district_agriculture").person)
    page = Page(stranger.get(office.address, {"step": "accept"}))
    assert page.status == 200 and "这张图由区民政局改" in page.words and 'value="save"' not in page.content
    form = office.open("accept").form()
    for path in ("", "take/"):
        answer = Page(stranger.post(office.address + path, {**form, "do": "save", "limit_value": "1"}))
        assert (
            answer.status == 403 and "不归您的单位改" in answer.words and "要改请找区民政局" in answer.words
        )
    assert drafts.draft(office.draft).changed == ()


def test_a_chart_of_the_district_itself_is_kept_by_its_keeper(office, world) -> None:
    keeper = office.client(world.who("district_general_office").person)
    page = Page(keeper.get(f"/desk/drafts/{office.draft}/"))
    mine = page.content.partition("别的单位改的")[0]
    assert "权力清单调整" in mine and "最低生活保障" not in mine


def test_what_is_not_there_is_told(office) -> None:
    for path in (f"/desk/drafts/{office.draft}/charts/no-such/", "/desk/drafts/9999/"):
        page = Page(office.officer().get(path))
        assert page.status == 403 and "没有" in page.words


# two officers


def test_two_officers_change_different_steps_and_both_stand(office) -> None:
    first, second = office.officer(), office.second()
    one, other = office.open("accept", first), office.open("apply", second)
    assert office.send(one, first, discipline="一次说清").status == 302
    answer = second.post(office.address, {**other.form(), "do": "save", "discipline": "不收钱"})
    assert answer.status_code == 302 and "note=merged" in answer.url
    assert (office.step("accept").discipline, office.step("apply").discipline) == ("一次说清", "不收钱")


def test_one_place_changed_by_two_is_told_shown_and_neither_is_lost(office) -> None:
    first, second = office.officer(), office.second()
    one, other = office.open("accept", first), office.open("accept", second)
    office.send(one, first, discipline="一次说清")
    clash = office.send(other, second, discipline="当面说清", limit_value="4")
    assert clash.status == 422 and "刚刚也改了同一处" in clash.words and "当面说清" in clash.content
    assert "procedures/" not in clash.words
    assert "由“一次说清”改为“当面说清”" in clash.words
    assert office.step("accept").discipline == "一次说清"
    assert "当面说清" in drafts.aside(office.draft)[0].text
    shown = Page(first.get(f"/desk/drafts/{office.draft}/"))
    assert "没合上的" in shown.words and "科员乙" in shown.words
    # Told once, the second may still insist: then this step is theirs, and nothing else is.
    office.send(office.open("apply", first), first, discipline="不收钱")
    office.send(clash, second)
    assert (office.step("accept").discipline, office.step("accept").limit.value) == ("当面说清", 4)
    assert office.step("apply").discipline == "不收钱"


# as text


def test_a_text_that_is_no_table_is_mended_as_text(office) -> None:
    text = drafts.files(office.draft)[FILE]
    broken = text.replace("    discipline: 帮办", "    diszipline: 帮办", 1)
    write_draft(draft=office.draft, file=FILE, text=broken, seen=0, by=office.bureau, at=office.world.at)
    page = office.open("accept")
    assert page.status == 200 and "列不成表" in page.words and "diszipline" in page.content
    mended = {"do": "text", "seen": "1", "text": text}
    assert office.officer().post(office.address, mended).status_code == 302
    assert office.open("accept").status == 200 and drafts.draft(office.draft).changed == ()
