"""Files come in whole or not at all, once, with every fault by row and column, and leave as they came."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from mingbai.exchange import queries, services
from mingbai.exchange.models import HeaderMap, ReceiptRow
from mingbai.exchange.services import SHELL, Asked
from mingbai.journal.models import EntryRow
from mingbai.journal.queries import verify_chain
from mingbai.kernel import Money, Refused
from mingbai.ledger import papers
from mingbai.ledger import queries as books
from mingbai.ledger.models import Voucher
from mingbai.ledger.rules import read_span

sys.path.insert(0, str(Path(__file__).parent))
from exchange_ground import BALANCES, BANK, OTHER, RENT, VILLAGE, VOUCHERS, book, text

pytestmark = pytest.mark.django_db
REPS = "villager_reps_meeting"


def take(world, content: bytes, kind: str = "vouchers", *, by=SHELL, dry=False, **more):
    asked = Asked(kind=kind, village=more.pop("village", VILLAGE), content=content, name="a.xlsx", **more)
    return services.take(asked, by=by, at=world.at, dry_run=dry)


def said(taken) -> str:
    return "；".join(f"{one.row} {one.column} {one.message}" for one in taken.faults)


@pytest.mark.parametrize("content", [book(VOUCHERS, *RENT), text(VOUCHERS, *RENT, encoding="gb18030")])
def test_vouchers_come_in_under_the_next_numbers_and_the_book_stays_sound(world, content) -> None:
    before = books.money_left(VILLAGE)
    looked = take(world, content, dry=True)
    assert looked.ok and (looked.added, looked.total_fen) == (4, 123050) and not looked.receipt
    assert not ReceiptRow.objects.exists() and not Voucher.objects.filter(serial__gt=0).exists()
    done = take(world, content)
    assert done.ok, said(done)
    assert (done.first, done.last, done.rows) == ("2026-09-记-1", "2026-09-记-2", 4)
    assert books.money_left(VILLAGE) == before + Money.parse("1200.50")
    assert books.check_book(VILLAGE) == () and verify_chain() == ()
    assert [one.number for one in papers.lacking(VILLAGE)] == ["2026-09-记-2", "2026-09-记-1"]
    told = EntryRow.objects.filter(act="ledger.voucher_posted").order_by("seq").first()
    assert done.receipt in told.content and "原凭证记-1" in told.content


def test_the_same_file_twice_and_the_same_vouchers_in_another_file_add_nothing(world) -> None:
    first = take(world, book(VOUCHERS, *RENT))
    again = take(world, book(VOUCHERS, *RENT))
    count = Voucher.objects.count()
    assert again.ok
    other = take(world, text(VOUCHERS, *RENT, ("2026-09-01", "记-3", "提折旧", "513", "", "", "5", ""),
                             ("2026-09-01", "记-3", "提折旧", "152", "", "", "", "5")))  # fmt: skip
    assert (other.added, other.skipped) == (2, 4) and Voucher.objects.count() == count + 1
    same = take(world, text(VOUCHERS, *RENT))
    assert same.added == 0 and Voucher.objects.count() == count + 1
    assert first.receipt in {one.number for one in queries.receipts(VILLAGE)}
    changed = [*RENT[:2], ("2026-09-01", "记-2", "提折旧", "513", "", "", "31", ""),
               ("2026-09-01", "记-2", "提折旧", "152", "", "", "", "31")]  # fmt: skip
    wrong = take(world, text(VOUCHERS, *changed))
    assert "导入过，内容不一样" in said(wrong) and Voucher.objects.count() == count + 1


WRONG = {
    "借贷不平，差0.50元": [("2026-09-01", "1", "租金", "102", "", "", "1.5", ""), ("", "", "", "501", "", "", "", "1")],
    "2 科目编码 “522”不在现行科目表里": [("2026-09-01", "1", "租金", "522", "", "", "1", ""), ("", "", "", "501", "", "", "", "1")],
    "3 借方金额 借方和贷方都没有金额": [("2026-09-01", "1", "租金", "102", "", "", "1", ""), ("", "", "", "501", "", "", "", "")],
    "2 日期 “26-9-1”的年份只有两位": [("26-9-1", "1", "租金", "102", "", "", "1", ""), ("26-9-1", "1", "", "501", "", "", "", "1")],
    "2 借方金额 是公式": [("2026-09-01", "1", "租金", "102", "", "", "=1+1", ""), ("", "", "", "501", "", "", "", "2")],
    "2 摘要 是公式": [("2026-09-01", "1", "=HYPERLINK(1)", "102", "", "", "1", ""), ("", "", "x", "501", "", "", "", "1")],
    "2 借方金额 “一百”不是金额": [("2026-09-01", "1", "租金", "102", "", "", "一百", ""), ("", "", "", "501", "", "", "", "1")],
    "零头": [("2026-09-01", "1", "租金", "102", "", "", "1.005", ""), ("", "", "", "501", "", "", "", "1.005")],
    "没有摘要": [("2026-09-01", "1", "", "102", "", "", "1", ""), ("", "", "", "501", "", "", "", "1")],
    "银行存款成了负数": [("2026-09-01", "1", "付", "513", "", "", "99999999", ""), ("", "", "", "102", "", "", "", "99999999")],
    "今天之后": [("2036-09-01", "1", "租金", "102", "", "", "1", ""), ("", "", "", "501", "", "", "", "1")],
    "写了两遍": [RENT[0], RENT[1], RENT[2], RENT[3], RENT[0], RENT[1]],
}  # fmt: skip


@pytest.mark.parametrize("words", WRONG)
def test_a_file_with_a_fault_names_it_and_changes_nothing(world, words) -> None:
    entries = EntryRow.objects.count()
    taken = take(world, book(VOUCHERS, *WRONG[words]))
    assert not taken.ok and words.replace("差0.50", "差0.50") in said(taken), said(taken)
    assert EntryRow.objects.count() == entries and not ReceiptRow.objects.exists()


def test_every_fault_is_said_at_once(world) -> None:
    rows = [("2026-13-01", f"{n}", "x", "999", "", "", "a", "") for n in range(20)]
    taken = take(world, book(VOUCHERS, *rows))
    assert len({one.row for one in taken.faults}) == 20 and len(taken.faults) >= 60


def test_usual_layouts_titles_units_and_wide_digits_are_read(world) -> None:
    above = (("某村记账凭证",), ("2026年9月",))
    heads = (
        "制单日期",
        "凭证 字号",
        "摘 要",
        "会计科目编码",
        "会计科目",
        "借方金额（万元）",
        "贷方金额(万元)",
    )
    rows = [
        (datetime(2026, 9, 1), 7, "收到租金", 10201, "银行存款", "１．２", None),
        (None, None, None, None, "经营收入-租金", None, 1.2),
        ("合计", None, None, None, None, 1.2, 1.2),
    ]
    taken = take(world, book(heads, *rows, above=above))
    assert taken.ok, said(taken)
    assert taken.total_fen == 1_200_000 and taken.columns["debit"] == "借方金额（万元）"
    (one,) = [one for one in books.vouchers(VILLAGE, "2026-09") if one.kind == "entry"]
    assert {line.account for line in one.lines} == {"102", "501"}


def test_joined_cells_and_several_sheets_are_refused(world) -> None:
    assert "合并的单元格" in said(take(world, book(VOUCHERS, *RENT, merge="A2:A3")))
    assert take(world, book(VOUCHERS, *RENT, above=(("标题",),), merge="A1:H1"), dry=True).ok


def test_a_header_that_nobody_knows_is_mapped_once_and_remembered(world) -> None:
    heads = ("哪天", "号", "说明", "码", "名", "谁", "左", "右")
    rows = book(heads, *RENT)
    refused = take(world, rows)
    assert "没有认得出的表头" in said(refused) and "自己指定一次" in said(refused)
    mapping = {
        "day": "哪天", "number": "号", "summary": "说明", "account": "码", "debit": "左", "credit": "右",
    }  # fmt: skip
    assert take(world, rows, mapping=mapping).ok and HeaderMap.objects.count() == 1
    more = [
        ("2026-09-01", "记-9", "x", "513", "", "", "1", ""),
        ("2026-09-01", "记-9", "x", "152", "", "", "", "1"),
    ]
    assert take(world, book(heads, *more)).added == 2


def test_who_may_take_what(world) -> None:
    out = [("2026-09-01", "1", "付水费", "513", "", "", "10", ""), ("", "", "", "102", "", "", "", "10")]
    clerk = world.who("bookkeeper")
    assert take(world, book(VOUCHERS, *RENT), by=clerk).ok
    assert "付款凭证不能由村里导入" in said(take(world, book(VOUCHERS, *out), by=clerk))
    agency = world.who("town_sanzi_center")
    assert take(world, book(VOUCHERS, *out), by=agency).ok
    for stranger in (world.who("village_clerk"), world.who("district_discipline")):
        with pytest.raises(Refused, match="不能导入"):
            take(world, book(VOUCHERS, *RENT), by=stranger)
    for kind, village in (("gold", VILLAGE), ("vouchers", "340311104"), ("vouchers", "1")):
        with pytest.raises(Refused):
            take(world, b"", kind, village=village)


def test_balances_open_a_book_once(world) -> None:
    rows = [
        ("101", "库存现金", "100", ""),
        ("102", "银行存款", "2000.00", ""),
        ("311", "公积公益金", "", "2100"),
    ]
    file = book(BALANCES, *rows, above=(("科目余额表",), ("2026年8月31日",)))
    done = take(world, file, "balances", village=OTHER)
    assert done.ok, said(done)
    assert books.money_left(OTHER) == Money.parse("2100") and books.book(OTHER).opened_on == date(2026, 8, 1)
    again = take(world, text(BALANCES, *rows), "balances", village=OTHER, since=date(2026, 8, 1))
    assert again.ok and (again.added, again.skipped) == (0, 3)
    other = [*rows[:2], ("311", "公积公益金", "", "2000"), ("201", "短期借款", "", "100")]
    refused = take(world, text(BALANCES, *other), "balances", village=OTHER, since=date(2026, 8, 1))
    assert "不同的科目：201、311" in said(refused)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("102", "", "5", ""), ("311", "", "", "4")], "不平，差1.00元"),
        ([("102", "", "-5", ""), ("311", "", "", "-5")], "相反的一边"),
        ([("102", "", "5", ""), ("102", "", "5", ""), ("311", "", "", "10")], "写了两遍"),
        ([("501", "", "", "5"), ("102", "", "5", "")], "没有期初余额"),
    ],
)
def test_balances_that_cannot_be_are_refused(world, rows, words) -> None:
    done = take(world, book(BALANCES, *rows), "balances", village=OTHER, since=date(2026, 8, 1))
    assert not done.ok and words in said(done) and books.book(OTHER) is None


def test_a_bank_statement_comes_in_and_agrees_with_the_book(world) -> None:
    rows = [
        ("2026-09-01", "", "30.00", "800470.00", "银行", "手续费", "S2", "6222000011112222"),
        ("2026-08-31", "500.00", "", "800500.00", "甲", "租金", "S1", "6222000011112222"),
    ]
    done = take(world, book(BANK, *rows), "bank")
    assert done.ok and done.added == 2, said(done)
    more = [("2026-09-01", "1", "", "800471.00", "", "利息", "S3", "6222000011112222"), *rows]
    assert (again := take(world, text(BANK, *more), "bank")).ok and (again.added, again.skipped) == (1, 2)
    broken = [
        ("2026-09-01", "1", "", "5.00", "", "利息", "S5", ""),
        ("2026-09-01", "1", "", "7.00", "", "", "S6", ""),
    ]
    refused = take(world, book(BANK, *broken), "bank", account="62220000")
    assert not refused.ok
    assert "没有写本村的账号" in said(
        take(world, book(BANK, ("2026-09-01", "1", "", "1", "", "", "", "")), "bank")
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", ["vouchers", "balances", "bank"])
def test_what_leaves_comes_in_again_the_same(world, kind, suffix) -> None:
    take(world, book(BALANCES, ("102", "", "900000", ""), ("311", "", "", "900000")), "balances", village=OTHER,
         since=date(2026, 8, 1))  # fmt: skip
    take(world, book(VOUCHERS, *RENT), village=OTHER)
    take(
        world,
        book(BANK, ("2026-09-01", "1200.50", "", "901200.50", "甲", "-退款", "S1", "62220000")),
        "bank",
        village=OTHER,
    )
    span = read_span("2026-08" if kind == "balances" else "2026-09")
    sent = {"kind": kind, "span": span, "suffix": suffix, "by": SHELL, "at": world.at, "today": world.day}
    content, rows, receipt = services.send(village=OTHER, **sent)
    assert rows and not receipt and b"=HYPER" not in content
    third = "340311104203"
    if kind != "balances":
        take(world, book(BALANCES, ("102", "", "900000", ""), ("311", "", "", "900000")), "balances", village=third,
             since=date(2026, 8, 1))  # fmt: skip
    done = take(world, content, kind, village=third, since=date(2026, 8, 1) if kind == "balances" else None)
    assert done.ok, said(done)
    again, more, _ = services.send(village=third, **sent)
    assert more == rows and (suffix == ".xlsx" or again == content)


def test_a_mandated_system_s_file_leaves_under_a_receipt(world) -> None:
    take(world, book(VOUCHERS, *RENT))
    content, rows, receipt = services.send(
        kind="vouchers", village=VILLAGE, span=read_span("2026-09"), suffix=".csv", by=SHELL, at=world.at,
        today=world.day, layout="vouchers-3z",
    )  # fmt: skip
    assert (
        rows == 4
        and "凭证字号" in content.decode("utf-8-sig")
        and "借方发生额（元）" in content.decode("utf-8-sig")
    )
    assert queries.receipt(receipt).way == "out" and queries.receipt("没有") is None
    for wrong in ({"suffix": ".pdf"}, {"layout": "none"}, {"kind": "gold"}):
        with pytest.raises(Refused):
            services.send(**{
                "kind": "vouchers", "village": VILLAGE, "span": read_span("2026-09"), "suffix": ".csv", "by": SHELL,
                "at": world.at, "today": world.day, **wrong,
            })  # fmt: skip


def test_a_roll_comes_in_by_whom_may_set_it(world) -> None:
    rows = text(("编号", "姓名", "出生日期"), ("1", "王军", "1970-01-01"), ("2", "李", "1971-01-01"))
    looked = take(world, rows, "roll", dry=True, body=REPS)
    assert not looked.ok and looked.faults[0].row == 3
    good = text(("编号", "姓名", "出生日期"), ("1", "王军", "1970-01-01"))
    with pytest.raises(Refused, match="由谁登记"):
        take(world, good, "roll", body=REPS)
    done = take(world, good, "roll", by=world.who("village_clerk"), body=REPS)
    assert done.ok and done.rows == 1 and "进 1 人" in "".join(done.said)
