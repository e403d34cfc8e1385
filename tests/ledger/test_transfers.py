"""Instruction files: text cells only, each payment once, R11 accounts, R42 holders; the bank's answers read back."""

from __future__ import annotations

import io
import random
from datetime import date
from typing import Any

import pytest
from bookkeeping import CASE, VILLAGE, Office
from openpyxl import load_workbook
from test_races import together

from mingbai.kernel import Money, Refused
from mingbai.ledger.queries import handling as asked
from mingbai.ledger.queries import transfers
from mingbai.ledger.rules.transfers import read_answers
from mingbai.ledger.services import accounts
from mingbai.ledger.services.transfers import Order, check_payment, make_transfer_file, take_answers
from mingbai.organisations.models import Division

FIRM, OURS, THEIRS = "蚌埠市某建筑公司", "34001234567890123456", "6222001234567890123"
DAY = date(2026, 9, 12)


@pytest.fixture
def bank(desk: Office) -> Office:
    """The village's account and one payee's are registered."""
    set_up(desk)
    return desk


def set_up(desk: Office) -> None:
    Division.objects.get_or_create(
        code=VILLAGE, defaults={"name": "东某村", "short": "东某村", "level": "village"}
    )
    ours(desk)
    theirs(desk)


def signed(desk: Office) -> dict[str, Any]:
    return {"village": VILLAGE, "by": desk.by, "office": "bookkeeper", "at": desk.at}


def ours(desk: Office, holder: str = "东某村股份经济合作社", number: str = OURS) -> None:
    accounts.register_bank_account(
        holder=holder, number=number, bank="某农商行", since=date(2026, 1, 1), **signed(desk)
    )


def theirs(desk: Office, payee: str = FIRM, number: str = THEIRS, since: date = date(2026, 1, 1)) -> None:
    accounts.register_payee_account(
        payee=payee, number=number, bank="某银行", paper=desk.paper(), since=since, **signed(desk)
    )


def order(case: str = CASE, yuan: str = "100.00", **more: Any) -> Order:
    given = {
        "case": case, "step": "pay", "turn": 1, "decision": "liangwei-2026-001", "payee": FIRM,
        "amount": Money.parse(yuan), "purpose": "渠道清淤", **more,
    }  # fmt: skip
    return Order(**given)


def make(desk: Office, *orders: Order, **more: Any) -> Any:
    given = {"layout": "common", "payer_account": OURS, "made_on": DAY, **signed(desk), **more}
    return make_transfer_file(orders=orders or [order()], **given)


def answer(desk: Office, number: str, *rows: list[str], on: date = DAY) -> int:
    heading = ["业务编号", "金额", "处理结果", "失败原因"]
    return take_answers(number=number, rows=[["某银行回单"], heading, *rows], on=on, **signed(desk))


def test_a_file_carries_total_and_digest_and_nothing_but_text(bank):
    made = make(bank, order(yuan="1234.50"), order(f"{CASE}b", "0.07"))
    assert (made.count, made.total) == (2, Money.parse("1234.57"))
    text = transfers.as_csv(VILLAGE, made.number).decode("gb18030")
    rows = [line.split(",") for line in text.split("\r\n") if line]
    assert rows[0][2:4] == ["收款人户名", "收款人账号"] and rows[1][2:6] == [
        FIRM,
        THEIRS,
        "某银行",
        "1234.50",
    ]
    assert rows[-1][:4] == ["合计", "2笔", "1234.57", made.digest]
    sheet = load_workbook(io.BytesIO(transfers.as_workbook(VILLAGE, made.number))).active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == rows
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert transfers.check_file(VILLAGE, made.number)
    assert transfers.as_csv("340311104202", made.number) is None


def test_one_payment_is_instructed_once_until_the_bank_refused_it(bank):
    first = make(bank)
    with pytest.raises(Refused, match=f"已经写进转账文件{first.number}，一笔只能付一次"):
        make(bank)
    with pytest.raises(Refused, match="一笔只能付一次"):
        make(bank, order(f"{CASE}b"), order())
    assert [one.number for one in transfers.files(VILLAGE, DAY)] == [first.number]
    assert answer(bank, first.number, [f"{first.number}-001", "100.00", "失败", "账号不符"]) == 1
    second = make(bank)
    assert answer(bank, second.number, [f"{second.number}-001", "100.00", "成功", ""]) == 1
    with pytest.raises(Refused, match="银行已经付过"):
        make(bank)
    assert [one.answer for one in transfers.lines(VILLAGE, first.number)] == ["refused"]


def test_the_same_payment_twice_in_one_file_is_refused_by_the_database(bank):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        make(bank, order(), order())


@pytest.mark.parametrize(
    ("payee", "said"),
    [
        ("某陌生公司", "还没有登记收款账户"),
        ("=1+1", "不能写进转账文件"),
        ("＝cmd", "不能写进转账文件"),
        ("", "不能写进"),
    ],
)
def test_r11_a_payee_has_a_registered_account_and_a_name_that_is_no_formula(bank, payee, said):
    with pytest.raises(Refused, match=said):
        make(bank, order(payee=payee))


@pytest.mark.parametrize("purpose", ["@SUM(A1)", "+1", "-2", "a\nb"])
def test_no_formula_leaves_in_a_file(bank, purpose):
    with pytest.raises(Refused, match="不能写进转账文件"):
        make(bank, order(purpose=purpose))


def test_r11_the_account_of_the_day_is_used_and_an_earlier_file_keeps_its_own(bank):
    first = make(bank)
    theirs(bank, number="6222009999999999999", since=date(2026, 9, 11))
    second = make(bank, order(f"{CASE}b"))
    assert [x.ending for n in (first, second) for x in transfers.lines(VILLAGE, n.number)] == [
        "…0123",
        "…9999",
    ]


@pytest.mark.parametrize("holder", ["王会计", "张某某", "蚌埠市某建筑公司", "西某村村民委员会"])
def test_r42_an_account_in_a_private_name_is_no_account_of_the_village(bank, holder):
    """R42: 农村集体经济组织法 第44条第3款, 集体资金不得存入个人名义账户."""
    with pytest.raises(Refused, match="集体的钱不能存进去") as refusal:
        ours(bank, holder, "622200000000")
    assert refusal.value.basis.article == "第44条第3款"
    with pytest.raises(Refused, match="不是本村登记的账户"):
        make(bank, payer_account="622200000000")


def test_r42_a_receipt_into_an_account_that_is_not_the_villages_is_refused(bank):
    bank.receive("5.00", into_account=OURS)
    with pytest.raises(Refused, match="集体收入不能进去") as refusal:
        bank.receive("5.00", into_account="6222000011112222")
    assert refusal.value.basis.article == "第44条第3款"


def test_accounts_are_numbers_once_and_not_the_villages_own(bank):
    with pytest.raises(Refused, match="登记过"):
        ours(bank)
    for number in ("12345", "12a4567", "=1234567", "１２３４５６７"):
        with pytest.raises(Refused, match="账号不对"):
            theirs(bank, number=number)
    with pytest.raises(Refused, match="本村自己的账户"):
        theirs(bank, number=OURS)
    with pytest.raises(Refused, match="今天之后"):
        theirs(bank, since=date(2026, 9, 21))


def test_what_the_bank_answers_is_taken_whole_or_not_at_all(bank):
    made = make(bank, order(), order(f"{CASE}b", "7.00"))
    good, bad = f"{made.number}-001", f"{made.number}-002"
    for rows, said in (
        ([[good, "100.00", "成功", ""], ["x-1", "1.00", "成功", ""]], "不在转账文件"),
        ([[good, "100.01", "成功", ""]], "银行写100.01元"),
        ([[good, "100.00", "也许", ""]], "看不懂处理结果"),
        ([[good, "=1", "成功", ""]], "第3行"),
        ([[good, "100.00", "成功", ""], [good, "100.00", "成功", ""]], "出现了两次"),
        ([], "没有一笔结果"),
    ):
        with pytest.raises(Refused, match=said):
            answer(bank, made.number, *rows)
    assert {one.answer for one in transfers.lines(VILLAGE, made.number)} == {""}
    rows = [[good, "100.00", "已入账", ""], [bad, "", "退回", ""]]
    assert (answer(bank, made.number, *rows), answer(bank, made.number, *rows)) == (2, 0)
    assert [(x.answer, x.reason) for x in transfers.lines(VILLAGE, made.number)] == [
        ("done", ""), ("refused", "银行没有说明"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="和上一次回单的结果不一样"):
        answer(bank, made.number, [good, "100.00", "失败", ""])
    with pytest.raises(Refused, match="早于转账文件"):
        answer(bank, made.number, *rows, on=date(2026, 9, 11))


def test_what_the_bank_does_not_answer_is_listed(bank):
    made = make(bank)
    assert transfers.unanswered(VILLAGE, date(2026, 9, 15)) == ()
    assert [(x.number, x.late_days, x.open) for x in transfers.unanswered(VILLAGE, date(2026, 9, 17))] == [
        (made.number, 2, 1)
    ]
    answer(bank, made.number, [f"{made.number}-001", "100.00", "成功", ""])
    assert transfers.unanswered(VILLAGE, date(2026, 9, 30)) == ()


def test_a_payment_is_posted_only_as_the_bank_carried_it_out(bank):
    made, asks = make(bank), (CASE, "pay", 1)
    with pytest.raises(Refused, match="银行还没有回话"):
        check_payment(*asks, FIRM, Money.parse("100.00"), "bank", "")
    answer(bank, made.number, [f"{made.number}-001", "100.00", "成功", ""])
    check_payment(*asks, FIRM, Money.parse("100.00"), "bank", THEIRS)
    for payee, yuan, method, account in (
        (FIRM, "100.01", "bank", ""), ("别的公司", "100.00", "bank", ""), (FIRM, "100.00", "cash", ""),
        (FIRM, "100.00", "bank", "6222"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="和它不一样"):
            check_payment(*asks, payee, Money.parse(yuan), method, account)


def test_account_numbers_never_enter_the_journal(bank):
    from mingbai.journal.models import EntryRow

    made = make(bank)
    answer(bank, made.number, [f"{made.number}-001", "100.00", "成功", ""])
    said = [str(row.__dict__) for row in EntryRow.objects.all()]
    assert len(said) >= 2 and not any(THEIRS in one or OURS in one for one in said)


def test_answers_are_found_whatever_stands_around_them(bank):
    layout, chance = asked.handling(DAY).layout("common"), random.Random(7)
    for _ in range(50):
        columns = ["业务编号", "金额", "处理结果", "失败原因", "备注"]
        chance.shuffle(columns)
        said = {"业务编号": "a-1", "金额": "1,234.50", "处理结果": "成功", "失败原因": "", "备注": "x"}
        rows = [["某银行"]] * chance.randrange(5) + [columns, [], [said[x] for x in columns], ["合计"]]
        (found,) = read_answers(layout, rows)
        assert (found.reference, found.done, found.amount) == ("a-1", True, Money(123450))
    with pytest.raises(Refused, match="没有“业务编号”“处理结果”"):
        read_answers(layout, [["金额"], ["1"]])


@pytest.mark.slow
def test_one_instruction_in_two_files_at_once_is_in_one(many_hands):
    set_up(many_hands)
    done = together([lambda: make(many_hands)] * 4)
    assert sum(not isinstance(one, Refused) for one in done) == 1
    assert [one.number[-3:] for one in transfers.files(VILLAGE, DAY)] == ["001"], (
        "a refused file takes no number"
    )
