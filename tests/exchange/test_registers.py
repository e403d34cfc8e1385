"""Assets, resources and contracts come in through the registers' own services, with their papers, once."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from exchange_ground import VILLAGE, book

from mingbai.exchange import services
from mingbai.exchange.models import ReceiptRow
from mingbai.exchange.services import SHELL, Asked, keep_papers
from mingbai.kernel import Refused
from mingbai.ledger.rules import read_span
from mingbai.registers.queries import contracts
from mingbai.registers.queries.objects import all_objects

pytestmark = pytest.mark.django_db
HEAD = (
    "名称", "类别", "位置", "原值", "面积（亩）", "四至", "取得方式", "取得日期", "保管", "经营方式", "照片",
)  # fmt: skip
WELL = (
    "机井",
    "机井、泵站、沟渠",
    "东组",
    "86000",
    "",
    "",
    "自建",
    "2024-05-06",
    "村民委员会",
    "非经营性",
    "a.png",
)
POND = (
    "南大塘",
    "坑塘水面",
    "南组",
    "",
    12.5,
    "东至路，南至沟，西至路，北至村道",
    "",
    "",
    "村民委员会",
    "集体统一经营",
    "b.png",
)
DEAL = ("合同对方", "合同金额", "签订日期", "开始日期", "结束日期", "事项", "合同文本")
LEASE = ("甲合作社", "12000", "2026-09-01", "2026-09-01", "2029-08-31", "05-1", "c.png")


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), (shade, 3, 5)).save(out, "PNG")
    return out.getvalue()


def take(world, kind, content, by, papers=(), dry=False):
    files = [(name, picture(ord(name[0]))) for name in papers]
    kept = keep_papers(kind, VILLAGE, files, by=by, at=world.at) if files else {}
    asked = Asked(kind=kind, village=VILLAGE, content=content, name="x.xlsx", papers=kept)
    return services.take(asked, by=by, at=world.at, dry_run=dry)


def test_a_sheet_of_assets_and_land_comes_in_with_photographs_once(world) -> None:
    clerk, file = world.who("bookkeeper"), book(HEAD, WELL, POND)
    looked = take(world, "assets", file, clerk, ("a.png", "b.png"), dry=True)
    assert looked.ok and looked.added == 2 and not all_objects(VILLAGE), looked.faults
    done = take(world, "assets", file, clerk, ("a.png", "b.png"))
    assert done.ok and (done.added, done.receipt != "") == (2, True), done.faults
    assert {one.name: one.area for one in all_objects(VILLAGE)} == {"机井": "", "南大塘": "12.50"}
    more = book(HEAD, POND, WELL)
    again = take(world, "assets", more, clerk, ("a.png", "b.png"))
    assert again.ok and (again.added, again.skipped) == (0, 2) and ReceiptRow.objects.count() == 1
    content, rows, _ = services.send(
        kind="assets", village=VILLAGE, span=read_span("2026-09"), suffix=".xlsx", by=SHELL, at=world.at,
        today=world.day,
    )  # fmt: skip
    back = take(world, "assets", content, clerk)
    assert rows == 2 and back.ok and (back.added, back.skipped) == (0, 2), back.faults


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [
        (1, "飞船", "没有“飞船”这个种类"),
        (3, "", "没有写原值"),
        (6, "捡来的", "认不出“捡来的”"),
        (8, "老王", "认不出“老王”"),
        (10, "z.png", "没有叫“z.png”的文件"),
        (10, "", "没有填"),
        (4, "3", "资产不写面积"),
    ],
)
def test_a_row_of_assets_that_may_not_be_is_named_and_nothing_comes_in(world, at, value, words) -> None:
    bad = [*WELL[:at], value, *WELL[at + 1 :]]
    done = take(world, "assets", book(HEAD, POND, bad), world.who("bookkeeper"), ("a.png", "b.png"))
    assert [one for one in done.faults if one.row == 3 and words in one.message], done.faults
    assert not all_objects(VILLAGE) and not ReceiptRow.objects.exists()


def test_one_picture_for_two_objects_is_refused_by_the_register(world) -> None:
    same = [("另一口井", *WELL[1:])]
    done = take(world, "assets", book(HEAD, WELL, *same), world.who("bookkeeper"), ("a.png",))
    assert "一物一照" in done.faults[0].message and done.faults[0].row == 3 and not all_objects(VILLAGE)


def test_contracts_come_in_with_case_and_text_by_the_town(world) -> None:
    agency, file = world.who("town_sanzi_center"), book(DEAL, LEASE)
    done = take(world, "contracts", file, agency, ("c.png",))
    assert done.ok and done.first.startswith("HT-") and done.total_fen == 1_200_000, done.faults
    again = take(world, "contracts", book(DEAL, LEASE, ("乙", *LEASE[1:])), agency, ("c.png",))
    assert (again.added, again.skipped) == (1, 1) and len(contracts(VILLAGE)) == 2
    content, rows, _ = services.send(
        kind="contracts", village=VILLAGE, span=read_span("2026-09"), suffix=".csv", by=SHELL, at=world.at,
        today=world.day,
    )  # fmt: skip
    back = take(world, "contracts", content, agency)
    assert rows == 2 and back.ok and (back.added, back.skipped) == (0, 2), back.faults


@pytest.mark.parametrize(
    ("at", "value", "words"),
    [
        (1, "0", "必须大于零"),
        (4, "2020-01-01", "早于开始日期"),
        (2, "2036-01-01", "今天之后"),
        (5, "", "没有写是哪件事项"),
        (6, "z.png", "没有叫“z.png”的文件"),
    ],
)
def test_a_contract_that_may_not_be_is_named(world, at, value, words) -> None:
    bad = [*LEASE[:at], value, *LEASE[at + 1 :]]
    done = take(world, "contracts", book(DEAL, bad), world.who("town_sanzi_center"), ("c.png",))
    assert [one for one in done.faults if one.row == 2 and words in one.message], done.faults
    assert not contracts(VILLAGE)


def test_who_registers_nothing_takes_nothing(world) -> None:
    for kind, by in (("assets", SHELL), ("contracts", SHELL), ("contracts", world.who("bookkeeper"))):
        with pytest.raises(Refused):
            take(world, kind, book(DEAL, LEASE), by)
    with pytest.raises(Refused, match="不带照片"):
        keep_papers("vouchers", VILLAGE, [], by=SHELL, at=world.at)
    with pytest.raises(Refused, match="a.png"):
        keep_papers("assets", VILLAGE, [("a.png", b"no picture")], by=world.who("bookkeeper"), at=world.at)
