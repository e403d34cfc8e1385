"""Rows of vouchers, of opening balances and of bank statements, as the ledger takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mingbai.exchange.rules.rows import Row, Rows
from mingbai.kernel import Money

LONGEST_SUMMARY, LONGEST_PARTY, LONGEST_NUMBER, LONGEST_ID = 240, 120, 40, 60
MOST_LINES = 200
NOTHING = Money(0)


@dataclass(frozen=True)
class Entry:
    """One line of a voucher of the file; exactly one of the two sums is above zero, in fen."""

    row: int
    account: str
    debit: int
    credit: int
    summary: str
    party: str


@dataclass
class FileVoucher:
    """A voucher of the file: the rows of one day and number."""

    row: int
    day: date
    number: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """Its words: those of its first line that has any."""
        return next((one.summary for one in self.entries if one.summary), "")

    @property
    def off(self) -> int:
        """Debits less credits, in fen; 0 when it balances."""
        return sum(one.debit - one.credit for one in self.entries)


def read_vouchers(rows: Rows, names: Mapping[str, str]) -> list[FileVoucher]:
    """The vouchers of a file; `names` are the accounts of the chart by code.

    Rows of one day and number are one voucher; a row without them continues the one above. Without a column of
    numbers a voucher ends where its debits equal its credits. What is wrong is kept in `rows.faults`.
    """
    found: list[FileVoucher] = []
    numbered = "number" in rows.found.columns
    for row in rows:
        entry = _entry(row, names)
        voucher = _voucher_of(row, found, numbered)
        if voucher is not None and entry is not None:
            voucher.entries.append(entry)
    for voucher in found:
        _check(rows, voucher)
    return found


def _voucher_of(row: Row, found: list[FileVoucher], numbered: bool) -> FileVoucher | None:
    last = found[-1] if found else None
    blank = row.raw("day") in (None, "") and (not numbered or row.raw("number") in (None, ""))
    if blank and last is not None:
        return last
    day, number = row.day("day"), row.text("number", LONGEST_NUMBER)
    if day is None:
        return None
    if last is not None and last.day == day and last.number == number and (numbered or last.off):
        return last
    found.append(FileVoucher(row.number, day, number))
    return found[-1]


def _entry(row: Row, names: Mapping[str, str]) -> Entry | None:
    account = account_of(row, names)
    debit, credit = row.fen("debit"), row.fen("credit")
    if debit and credit:
        row.wrong("debit", "借方和贷方都有金额：一行只写一边")
        return None
    if not debit and not credit:
        row.wrong("debit", "借方和贷方都没有金额")
        return None
    # Red figures: a debit below zero is a credit.
    debit, credit = max(debit, 0) + max(-credit, 0), max(credit, 0) + max(-debit, 0)
    summary, party = row.text("summary", LONGEST_SUMMARY), row.text("party", LONGEST_PARTY)
    return Entry(row.number, account, debit, credit, summary, party) if account else None


def account_of(row: Row, names: Mapping[str, str]) -> str:
    """The chart's account of a row, by its code (longer ones by their first three digits) or else by its name."""
    code = row.text("account", 20).replace("-", "").replace(".", "")
    name = row.text("account_name", 60)
    if code:
        if code[:3] in names and code.isascii() and code.isdigit():
            return code[:3]
        row.wrong("account", f"“{code[:20]}”不在现行科目表里（财会〔2023〕14号）：换成现行科目")
        return ""
    top = name.replace("—", "-").replace("/", "-").replace("\\", "-").split("-")[0].strip()
    found = [one for one, title in names.items() if title == top]
    if len(found) == 1:
        return found[0]
    row.wrong("account_name" if name else "account", f"认不出科目“{name[:20]}”：写科目编码")
    return ""


def _check(rows: Rows, voucher: FileVoucher) -> None:
    said = f"凭证{voucher.number}" if voucher.number else "这一张凭证"
    if voucher.off:
        rows.fault(voucher.row, "借方金额", f"{said}借贷不平，差{Money(abs(voucher.off)).yuan()}元")
    elif len(voucher.entries) < 2:
        rows.fault(voucher.row, "凭证号", f"{said}不到两行")
    elif len(voucher.entries) > MOST_LINES:
        rows.fault(voucher.row, "凭证号", f"{said}超过{MOST_LINES}行")
    elif not voucher.summary:
        rows.fault(voucher.row, "摘要", f"{said}没有摘要")


def read_balances(rows: Rows, names: Mapping[str, str]) -> dict[str, int]:
    """Debits less credits in fen by account of a file of balances; sub-accounts' rows below their account are left out.

    An account named twice is a fault, unless the second is one of its sub-accounts (a longer code).
    """
    found: dict[str, int] = {}
    for row in rows:
        code = row.text("account", 20)
        if len(code) > 3 and code[:3] in found:
            continue
        account = account_of(row, names)
        if account in found:
            row.wrong("account", f"科目{account}写了两遍")
        elif account:
            found[account] = row.fen("debit") - row.fen("credit")
    return found


@dataclass(frozen=True)
class BankRow:
    """One line of a bank statement, in fen; `account` is the village's own, when the file says it."""

    row: int
    day: date
    fen: int
    balance: int
    party: str
    summary: str
    id: str
    account: str


def read_bank(rows: Rows) -> list[BankRow]:
    """The lines of a bank statement, in the bank's order turned so that the days go forward."""
    found = [one for row in rows if (one := _bank_row(row)) is not None]
    return found[::-1] if len(found) > 1 and found[0].day > found[-1].day else found


def _bank_row(row: Row) -> BankRow | None:
    day, income, expense = row.day("day"), row.fen("income"), row.fen("expense")
    if income and expense:
        row.wrong("income", "收入和支出都有金额：一行只写一边")
    elif not income and not expense:
        row.wrong("income", "收入和支出都没有金额")
    if day is None:
        return None
    return BankRow(
        row.number, day, income - abs(expense), row.fen("balance"), row.text("party", LONGEST_PARTY),
        row.text("summary", LONGEST_SUMMARY), row.text("id", LONGEST_ID), row.text("account", 64),
    )  # fmt: skip


def accounts_named(found: Sequence[BankRow]) -> set[str]:
    """The account numbers that a statement names."""
    return {one.account for one in found if one.account}
