"""What a file of each kind means: what is wrong with it, and taking it. All go through the services a hand goes through."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mingbai.exchange.events import Taken
from mingbai.exchange.models import TakenKey
from mingbai.exchange.rules.books import FileVoucher, accounts_named, read_balances, read_bank, read_vouchers
from mingbai.exchange.rules.rows import Fault, Rows
from mingbai.exchange.services.doing import Doing, Plan
from mingbai.exchange.services.registering import Faulty, plan_assets, plan_contracts
from mingbai.kernel import Money, Refused
from mingbai.ledger import queries as books
from mingbai.ledger.rules import Chart, Kind, Line, Side, period_of
from mingbai.ledger.rules.reconciling import StatementLine
from mingbai.ledger.services import open_book, take_statement
from mingbai.ledger.services.batch import Imported, check_batch, post_batch

NOTHING = Money(0)
AGENCY = "town_sanzi_center"
_MONTH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_NUMBER = re.compile(r"账\s*号\s*[:：]\s*([0-9]{8,30})")


def plan_vouchers(rows: Rows, doing: Doing) -> Plan:
    """Vouchers: those of earlier files are left out; money going out is for the town's accounting agency."""
    chart = books.chart(doing.today)
    found = read_vouchers(rows, {code: one.name for code, one in chart.accounts.items()})
    base = Taken("vouchers", doing.village, rows=sum(len(one.entries) for one in found))
    keyed = _new_keys(rows, found, doing.village)
    if rows.faults:
        return Plan(base)
    vouchers = [_imported(one) for _, one in keyed]
    _refuse_paying_out(rows, vouchers, chart, doing)
    for wrong in check_batch(doing.village, vouchers, doing.at):
        rows.fault(wrong.row, "", wrong.message)
    lines = sum(len(one.lines) for one in vouchers)
    taken = replace(base, added=lines, skipped=base.rows - lines, total_fen=_debits(vouchers))

    def post(receipt: str) -> Taken:
        posted = post_batch(
            village=doing.village, vouchers=vouchers, receipt=receipt, by=doing.by, office=doing.office, at=doing.at,
            progress=doing.progress,
        )  # fmt: skip
        return replace(taken, first=posted.first, last=posted.last)

    return Plan(taken, tuple(key for key, _ in keyed), carry_out=post if vouchers else None)


def _debits(vouchers: Sequence[Imported]) -> int:
    return sum(line.debit.fen for one in vouchers for line in one.lines)


def _imported(one: FileVoucher) -> Imported:
    lines = tuple(
        Line(
            entry.account,
            Money(entry.debit),
            Money(entry.credit),
            "",
            "" if entry.summary == one.summary else entry.summary,
            entry.party,
        )
        for entry in one.entries
    )
    return Imported(one.row, one.day, one.summary, lines, one.number)


def _new_keys(rows: Rows, found: Sequence[FileVoucher], village: str) -> list[tuple[str, FileVoucher]]:
    """The vouchers that no earlier file brought, with their keys: a number's digest, then that of what it says."""
    had = set(TakenKey.objects.filter(village=village, kind="vouchers").values_list("key", flat=True))
    numbers, seen, new = {key[:20] for key in had}, Counter[str](), []
    for one in found:
        key = _key(one)
        seen[key[:20]] += 1
        if not one.number:
            key = key if seen[key[:20]] == 1 else f"{key[:36]}{seen[key[:20]]:04d}"
        elif seen[key[:20]] > 1:
            rows.fault(one.row, "凭证号", f"{period_of(one.day)}的凭证{one.number}写了两遍，或者没有连着写")
        if key in had:
            continue
        if one.number and key[:20] in numbers:
            rows.fault(
                one.row, "凭证号", f"{period_of(one.day)}的凭证{one.number}导入过，内容不一样：用更正凭证改"
            )
        new.append((key, one))
    return new


def _key(one: FileVoucher) -> str:
    lines = [[entry.account, entry.debit, entry.credit, entry.summary, entry.party] for entry in one.entries]
    said = _digest([one.day.isoformat(), lines])
    return (_digest([period_of(one.day), one.number]) if one.number else said)[:20] + said[:20]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def _refuse_paying_out(rows: Rows, vouchers: Sequence[Imported], chart: Chart, doing: Doing) -> None:
    """A village's own clerk pays on a decision, never by a file; who keeps the shell is above both."""
    if doing.office in (AGENCY, ""):
        return
    for one in vouchers:
        change = sum(
            line.debit.fen - line.credit.fen for line in one.lines if line.account in (chart.cash, chart.bank)
        )
        if change < 0:
            rows.fault(
                one.row, "贷方金额", "付款凭证不能由村里导入：从事项里付，或者请镇（街道）代理中心导入"
            )


def plan_balances(rows: Rows, doing: Doing) -> Plan:
    """Balances open the book of a village that has none; those it was opened with add nothing."""
    on = doing.since or _opening_day(rows)
    if on is None:
        raise Refused("文件里没有写是哪个月的余额", remedy="在表头上面写“2026年8月”，或者指定建账日期")
    chart = books.chart(on)
    found = read_balances(rows, {code: one.name for code, one in chart.accounts.items()})
    sums = {code: fen for code, fen in found.items() if fen}
    base = Taken(
        "balances", doing.village, rows=len(found), total_fen=sum(fen for fen in sums.values() if fen > 0)
    )
    owns = any(chart.account(code).kind is Kind.equity for code in found)
    if (off := sum(sums.values())) and (owns or off < 0):
        rows.fault(0, "", f"借方余额和贷方余额不平，差{Money(abs(off)).yuan()}元")
    if books.book(doing.village) is not None:
        return _opened_before(rows, base, sums, doing)
    opening = {
        code: Money(fen if chart.account(code).normal is Side.debit else -fen) for code, fen in sums.items()
    }
    for code, amount in opening.items():
        if chart.account(code).kind in (Kind.income, Kind.expense):
            rows.fault(
                0, "科目编码", f"科目{code}{chart.account(code).name}是收支科目，没有期初余额：先在原系统结转"
            )
        if amount.fen < 0:
            rows.fault(0, "余额", f"科目{code}{chart.account(code).name}的余额在相反的一边：核对")

    def post(receipt: str) -> Taken:
        open_book(village=doing.village, opening=opening, on=on, by=doing.by, at=doing.at)
        return replace(base, added=len(sums), said=(f"{on.isoformat()}建账",))

    return Plan(replace(base, added=len(sums)), carry_out=post)


def _opened_before(rows: Rows, base: Taken, sums: dict[str, int], doing: Doing) -> Plan:
    stood = books.opening_balances(doing.village)
    if stood != sums:
        differ = sorted(code for code in stood.keys() | sums.keys() if stood.get(code) != sums.get(code))
        rows.fault(0, "", f"本村已经建账，期初余额不能改；和文件不同的科目：{'、'.join(differ[:10])}")
    return Plan(replace(base, skipped=base.rows, said=("本村已经按这些余额建账",)))


def _opening_day(rows: Rows) -> date | None:
    """The day on which a book with these balances opens: after the month that they end, or the month's first."""
    above = rows.lines[: rows.found.header]
    said = next((hit for line in above for cell in line if (hit := _MONTH.search(str(cell or "")))), None)
    if said is None:
        return None
    year, month = int(said[1]), int(said[2])
    if not 1 <= month <= 12:
        return None
    ends = any("期末" in word for word in rows.found.words(rows.lines).values())
    return date(year + (month == 12), month % 12 + 1, 1) if ends else date(year, month, 1)


def plan_bank(rows: Rows, doing: Doing) -> Plan:
    """A bank statement: the lines that stand already add nothing."""
    found = read_bank(rows)
    named = accounts_named(found) | ({doing.account} if doing.account else set()) or _accounts_above(rows)
    base = Taken("bank", doing.village, rows=len(found))
    if len(named) != 1:
        said = "文件里没有写本村的账号" if not named else "文件里有几个账号"
        rows.fault(0, "账号", f"{said}：一个文件一个账号，或者指定账号")
    for one in found:
        if one.day > doing.today:
            rows.fault(one.row, "日期", f"{one.day.isoformat()}在今天之后：核对年份")
    if rows.faults:
        return Plan(base)
    lines = [StatementLine(one.day, one.fen, one.balance, one.party, one.summary, one.id) for one in found]

    def keep(receipt: str) -> Taken:
        new = take_statement(
            village=doing.village, account=next(iter(named)), lines=lines, by=doing.by, at=doing.at
        )
        return replace(base, added=new, skipped=base.rows - new)

    return Plan(replace(base, added=base.rows), carry_out=keep)


def _accounts_above(rows: Rows) -> set[str]:
    above = rows.lines[: rows.found.header]
    return {hit[1] for line in above for cell in line if (hit := _NUMBER.search(str(cell or "")))}


PLANS = {
    "vouchers": plan_vouchers, "balances": plan_balances, "bank": plan_bank, "assets": plan_assets,
    "contracts": plan_contracts,
}  # fmt: skip


def as_faults(problem: Refused) -> tuple[Fault, ...]:
    """A refusal of the whole file as its one fault, or of rows as theirs."""
    if isinstance(problem, Faulty):
        return problem.faults
    return (Fault(0, "", f"{problem.reason}。{problem.remedy}" if problem.remedy else problem.reason),)
