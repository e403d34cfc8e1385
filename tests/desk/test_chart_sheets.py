"""A chart out to Excel and back: nothing lost, every mistake named by sheet, row and column, hostile files refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from mingbai.catalogue.queries import read_district
from mingbai.desk.charting.sheets import SAID, workbook
from mingbai.desk.charting.sheets_in import BadSheet, read_workbook
from mingbai.desk.charting.unpacking import LARGEST
from mingbai.kernel import Refused
from mingbai.procedures.drafted import folder
from mingbai.procedures.rules.rows import words
from mingbai.procedures.rules.rows.model import Table

pytestmark = pytest.mark.once
AROUND = folder(read_district(Path(__file__).parents[2] / "districts" / "huaishang"))
SMALL = AROUND.tables["small-works"]


def changed(*cells: tuple[str, str, str, object], table: Table = SMALL) -> bytes:
    """The workbook of a chart with cells written over: sheet, the row that holds a word, heading, value."""
    book = load_workbook(io.BytesIO(workbook(table, AROUND)))
    for sheet, word, heading, value in cells:
        page = book[sheet]
        headings = [cell.value for cell in page[1]]
        row = next(
            (at for at, line in enumerate(page.iter_rows(values_only=True), 1) if word in line),
            page.max_row + 1,
        )
        page.cell(row, headings.index(heading) + 1).value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> Table:
    return read_workbook(content, SMALL, AROUND)


@pytest.mark.parametrize("id", AROUND.tables)
def test_every_chart_comes_back_as_it_was(id) -> None:
    table = AROUND.tables[id]
    bare = table.model_copy(update={"title": "", "start": "", "nodes": (), "lanes": (), "disclosures": {}})
    assert read_workbook(workbook(table, AROUND), bare, AROUND) == table


def test_the_sheet_speaks_the_words_of_the_trade() -> None:
    book = load_workbook(io.BytesIO(workbook(SMALL, AROUND)))
    said = {cell.value for line in book["步骤"].iter_rows() for cell in line}
    assert {"办事", "三家询价比选", "最多", "个工作日", "待确认", "另外表决决定"} <= said
    assert "“三家询价比选·有效报价几家”不少于3" in {
        line[-1] for line in book["分路"].iter_rows(values_only=True)
    }
    assert book["步骤"].data_validations.dataValidation


def test_words_never_become_formulas() -> None:
    row = SMALL.step("quote").model_copy(update={"discipline": "=1+1", "hint": "@SUM(A1)"})
    content = workbook(SMALL.with_step(row), AROUND)
    cells = [cell for line in load_workbook(io.BytesIO(content))["步骤"].iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_cells_are_read_as_they_are_said() -> None:
    table = read(
        changed(
            ("步骤", "三家询价比选", "谁办", "村民代表；村务监督委员会"), ("步骤", "三家询价比选", "多少", 20),
            ("步骤", "三家询价比选", "先办完", "提出需求和预算；村“两委”决定 或 四议两公开"), ("步骤", "三家询价比选", "监督委员会在场", None),
            ("单据", "三份以上报价", "名称", "五份以上报价"), ("分路", "三家以上", "条件", "quote.quotes >= 5"),
            ("栏目", "有效报价几家", "可以不填", "是"),
        )
    )  # fmt: skip
    row = table.step("quote")
    assert row.offices == ("villager_rep", "village_supervision_committee") and row.limit.value == 20
    assert row.after == (("request",), ("deliberate", "decide")) and not row.supervised
    assert (
        row.papers[0].label == "五份以上报价" and row.papers[0].id == "quotations" and row.fields[0].optional
    )
    assert table.step("if_three").branches[0].when == "quote.quotes >= 5"


def test_a_new_row_is_a_new_step_and_gets_its_id() -> None:
    table = read(
        changed(
            ("步骤", "没有这一行", "名称", "看现场"),
            ("步骤", "看现场", "种类", "办事"),
            ("步骤", "三家询价比选", "下一步", "看现场"),
        )
    )
    assert table.step("kan_xian_chang").kind == "task" and table.step("quote").next == ("kan_xian_chang",)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (("步骤", "三家询价比选", "谁办", "皇帝"), "“步骤”第 9 行“谁办”：没有叫“皇帝”的职务"),
        (("步骤", "三家询价比选", "多少", "半个月"), "“步骤”第 9 行“多少”：“半个月”要写成整数"),
        (("步骤", "三家询价比选", "种类", "跑腿"), "“步骤”第 9 行“种类”：没有叫“跑腿”的，只能写办事"),
        (("步骤", "三家询价比选", "纪律", "=HYPERLINK(1)"), "“步骤”第 9 行“纪律”：这里不能写公式"),
        (("步骤", "三家询价比选", "监督委员会在场", "也许"), "“监督委员会在场”：“也许”看不懂"),
        (("步骤", "三家询价比选", "编号", "direct"), "“步骤”第 9 行“编号”：“direct”写了两遍"),
        (("步骤", "三家询价比选", "法规", "某某办法"), "“法规”：没有叫“某某办法”的法规"),
        (("分路", "三家以上", "去哪一步", "月亮"), "“去哪一步”：没有叫“月亮”的步骤"),
        (("单据", "三份以上报价", "步骤", None), "“步骤”：没有写是哪一步的"),
        (("答案", "工程", "栏目编号", "color"), "没有编号为“color”的栏目"),
        (("整张图", "名称", "项目", "名子"), "“整张图”第 2 行“项目”：不认识“名子”"),
        (("步骤", "编号", "编号", "号"), "表头缺少编号"),
    ],
)
def test_what_cannot_be_read_is_named_by_sheet_row_and_column(cell, said) -> None:
    with pytest.raises(BadSheet) as bad:
        read(changed(cell))
    assert any(said in str(one) for one in bad.value.faults), [str(one) for one in bad.value.faults]


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(BadSheet) as bad:
        read(changed(("步骤", "三家询价比选", "谁办", "皇帝"), ("步骤", "直接采购", "多少", "x")))
    assert [(one.sheet, one.column) for one in bad.value.faults] == [("步骤", "多少"), ("步骤", "谁办")]


def test_a_sheet_that_is_gone_is_missed() -> None:
    book = load_workbook(io.BytesIO(workbook(SMALL, AROUND)))
    del book["单据"]
    with pytest.raises(BadSheet) as bad:
        read(saved(book))
    assert "“单据”：没有这张工作表" in str(bad.value)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken", b"x" * (LARGEST + 1)])
def test_what_is_no_workbook_is_refused(content) -> None:
    with pytest.raises(Refused):
        read(content)


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert "解开以后太大" in refused.value.reason


def test_a_workbook_that_declares_entities_is_refused() -> None:
    evil = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst>&c;</sst>'
    whole, out = io.BytesIO(workbook(SMALL, AROUND)), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, evil if one == "xl/styles.xml" else old.read(one))
    with pytest.raises(Refused, match="不该有的声明"):
        read(out.getvalue())


def test_words_of_one_column_are_never_alike() -> None:
    for titles in (
        words.KINDS,
        words.HANDS,
        words.STAGES,
        words.BOUNDS,
        words.UNITS,
        words.CONFIDENCES,
        words.FIELD_KINDS,
    ):
        assert len(set(titles.values())) == len(titles)
    assert SAID not in {"编号", "名称"}
