"""Rolls as files: what is read, and what each bad file is told."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingbai.evidence.sheets import Sheet
from mingbai.meetings.rules import find_body, read_bodies
from mingbai.meetings.rules.roll_cells import birthday
from mingbai.meetings.rules.roll_rows import COLUMNS
from mingbai.meetings.rules.rolls import check_roll, read_roll

sys.path.insert(0, str(Path(__file__).parent))
from rolls_corpus import CORPUS, HEAD, SINCE, csv, line, sound, with_cell, xlsx

pytestmark = pytest.mark.once
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
BODIES = read_bodies((DISTRICT / "meetings.yaml").read_text("utf-8"))


def read(content: bytes, body: str = "villager_reps_meeting", on: date = SINCE):
    return read_roll(content, find_body(BODIES, body, on), on)


def test_the_corpus_is_of_different_files() -> None:
    assert len({one.id for one in CORPUS}) == len(CORPUS) >= 40


@pytest.mark.parametrize("bad", CORPUS, ids=[one.id for one in CORPUS])
def test_each_bad_file_gets_its_sentence(bad) -> None:
    began = time.perf_counter()
    checked = read(bad.content(), bad.body)
    found = [(one.row, one.column, one.message) for one in checked.faults]
    assert any(row == bad.row and column == bad.column and bad.said in said for row, column, said in found), (
        found
    )
    assert not bad.alone or len(found) == 1, found
    assert all("：" in said for _row, _column, said in found), found  # what is wrong：what to do
    assert time.perf_counter() - began < 15


def test_hostile_files_are_refused_before_anything_parses_them() -> None:
    for bad in (
        one for one in CORPUS if one.id in ("a bomb", "the last row of Excel", "the last column of Excel")
    ):
        content = bad.content()
        began = time.perf_counter()
        assert read(content).faults
        assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "content",
    [xlsx(sound()), csv(sound()), csv(sound(), "utf-8-sig"), csv(sound(), "gb18030"), csv(sound(), "utf-16"),
     csv(sound()).replace(b",", b"\t"), csv(sound()).replace(b"\r\n", b"\n") + b"\n\n"],
    ids=["xlsx", "utf-8", "marked", "gb18030", "utf-16", "tabs", "lines"],
)  # fmt: skip
def test_the_same_roll_in_every_dress(content) -> None:
    checked = read(content)
    assert not checked.faults and checked.count == 4
    assert [(one.number, one.household, one.group, one.standing) for one in checked.rows][:2] == [
        ("1", "1", "一组", "村民代表"), ("2", "2", "一组", "村民代表"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [date(1990, 5, 6), datetime(1990, 5, 6), "1990-05-06", "1990-5-6", "1990/5/6", "1990.05.06", "1990年5月6日",
     "19900506", 19900506, " 1990-05-06 "],
)  # fmt: skip
def test_days_that_are_clear(value) -> None:
    assert not read(with_cell("出生日期", value)).faults


def test_eighteen_is_reached_with_the_birthday() -> None:
    assert not read(with_cell("出生日期", "2008-09-01")).faults
    assert read(with_cell("出生日期", "2008-09-02")).faults
    assert birthday(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


def test_columns_may_stand_in_any_order_and_some_be_away() -> None:
    order = ("状态", "出生日期", "姓名", "编号")
    rows = [[row[HEAD.index(title)] for title in order] for row in sound()]
    checked = read(xlsx(rows))
    assert not checked.faults and checked.rows[0].name == line(1)[1]
    assert "没有“性别”一列" in " ".join(checked.warnings)


def test_headings_may_be_dressed() -> None:
    rows = sound()
    rows[0] = ["编 号*", "姓　名", "性别", "出生年月日", "户 号", "组别", "身份", "状态", "备注"]
    assert not read(xlsx(rows)).faults


def test_all_faults_are_told_at_once_in_the_order_of_the_sheet() -> None:
    rows = [
        list(HEAD), line(1, 姓名="王 军", 性别="?"), line(2, 出生日期="x"), line(1, 状态="已故"),
    ]  # fmt: skip
    found = [(one.row, one.column) for one in read(xlsx(rows)).faults]
    assert found == [(2, "姓名"), (2, "性别"), (3, "出生日期"), (4, "编号"), (4, "状态")]


def test_namesakes_of_one_birthday_are_let_in_when_both_rows_say_so() -> None:
    twice = {"姓名": "王军", "出生日期": "1970-01-01", "备注": "与另一人同名"}
    assert not read(xlsx([*sound(), line(8, **twice), line(9, **twice)])).faults
    assert read(xlsx([*sound(), line(8, **twice), line(9, **{**twice, "备注": ""})])).faults


def test_names_of_minorities_and_foreigners() -> None:
    for name in ("买买提·艾力", "欧阳娜娜", "John Smith", "㐂䶮"):
        assert not read(with_cell("姓名", name)).faults, name


def test_a_numeric_cell_is_its_number_and_zeros_do_not_part_households() -> None:
    rows = [list(HEAD), line(1, 编号=7, 户号=12), line(2, 户号="012"), line(3), line(4)]
    checked = read(xlsx(rows))
    assert not checked.faults
    assert checked.rows[0].number == "7" and checked.rows[0].household == checked.rows[1].household == "12"


def test_a_body_not_composed_as_the_law_asks_is_shown_and_let_in() -> None:
    rows = [list(HEAD), *(line(n, 性别="男", 身份="村委会成员") for n in range(1, 6))]
    checked = read(xlsx(rows))
    assert not checked.faults
    told = " ".join(checked.warnings)
    assert "村民代表应当不少于5分之4，5人中至少4人，名册上有0人" in told and "妇女应当不少于3分之1" in told


def test_several_standings_and_an_empty_column() -> None:
    rows = [list(HEAD), *(line(n, 身份="党员、村民代表", 村民小组="") for n in range(1, 4))]
    checked = read(xlsx(rows))
    assert not checked.faults and checked.rows[0].standing == "党员、村民代表"


def test_the_day_of_birth_is_not_kept() -> None:
    assert "1961" not in repr(read(xlsx(sound())).rows)


def test_twenty_thousand_people_in_seconds() -> None:
    rows = [[str(n), "村民" + chr(0x4E00 + n % 20000), "1960-05-06"] for n in range(1, 20_001)]
    content = xlsx([["编号", "姓名", "出生日期"], *rows])
    began = time.perf_counter()
    checked = read(content)
    assert checked.count == 20_000 and not checked.faults
    assert time.perf_counter() - began < 30


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.text(max_size=30), st.sampled_from(["=1", "王 军", "１９９０-05-06", "90.5.6", "已故", "#N/A"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 8), ODD), max_size=12))
def test_whatever_stands_in_the_cells_the_answer_is_faults_by_row_or_a_roll(cells) -> None:
    rows = sound()
    for row, column, value in cells:
        rows[row][column] = value
    rule = find_body(BODIES, "villagers_meeting", SINCE)
    checked = check_roll([Sheet("表", tuple(map(tuple, rows)))], rule, SINCE)
    assert checked.faults or len(checked.rows) == checked.count > 0
    assert all(0 <= one.row <= len(rows) and "：" in one.message for one in checked.faults)


@settings(max_examples=60, deadline=None)
@given(
    places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
    form=st.sampled_from([xlsx, csv]),
)
def test_a_damaged_file_is_refused_or_read_never_broken(places, form) -> None:
    content = bytearray(form(sound()))
    for place, value in places:
        content[int(place * len(content))] = value
    checked = read(bytes(content))
    assert checked.faults or checked.count


def test_columns_are_those_of_the_documents() -> None:
    told = (Path(__file__).parents[2] / "docs" / "rolls.md").read_text("utf-8")
    assert all(f"`{title}`" in told for title in COLUMNS)
