"""Lines that balance, months that follow one another, and what may be paid in cash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mingbai.kernel import Citation, Confidence, Money, Refused
from mingbai.ledger.rules.accounts import Account, Chart, Kind, Side

NOTHING = Money(0)
# The largest amount a village book can hold: a thousand billion yuan, safely inside 64 bits of fen.
LARGEST = Money(10**14)


@dataclass(frozen=True)
class Line:
    """One line of a voucher: exactly one of the two amounts is above zero.

    `sub` is the village's own sub-account, `party` whom it concerns, `summary` its words when they differ
    from the voucher's.
    """

    account: str
    debit: Money
    credit: Money
    sub: str = ""
    summary: str = ""
    party: str = ""


@dataclass(frozen=True)
class TrialLine:
    """One account of the trial balance: debits and credits so far, and the balance on its side.

    `balance` counts on the account's normal side and is below zero when it stands on the other.
    """

    account: Account
    debit: Money
    credit: Money
    balance: Money


def check_amount(amount: Money) -> None:
    """Refuse an amount of zero, below zero or absurdly large; corrections are contra-vouchers instead."""
    if amount <= NOTHING:
        raise Refused("金额必须大于零", remedy="要更正已入账的凭证，请使用红字冲销")
    if amount > LARGEST:
        raise Refused("金额超出账簿可记的范围", remedy="请核对金额的小数点")


def transfer(*, debit: str, credit: str, amount: Money) -> tuple[Line, Line]:
    """The two lines of a plain voucher: `amount` to the debit of one account, to the credit of another."""
    check_amount(amount)
    if debit == credit:
        raise Refused("借方和贷方不能是同一科目", remedy="请核对会计科目")
    return Line(debit, amount, NOTHING), Line(credit, NOTHING, amount)


def contra_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that undo a voucher: each side changed over."""
    return tuple(replace(line, debit=line.credit, credit=line.debit) for line in lines)


def year_lines(chart: Chart, balances: Mapping[str, int]) -> tuple[Line, ...]:
    """The lines that carry a year's income and expenses to 本年收益, and that on to 收益分配.

    `balances` are debits less credits in fen by account, those of 本年收益 itself included.
    Returns nothing when nothing is left to carry. Source: 农村集体经济组织会计制度(财会〔2023〕14号), likely.
    """
    kinds = (Kind.income, Kind.expense)
    moved = {code: fen for code, fen in sorted(balances.items()) if chart.account(code).kind in kinds and fen}
    lines = [pair for code, fen in moved.items() for pair in _carried(code, chart.year_result, fen)]
    result = sum(moved.values()) + balances.get(chart.year_result, 0)
    return tuple(lines + _carried(chart.year_result, chart.appropriation, result))


def _carried(code: str, to: str, fen: int) -> list[Line]:
    """`fen` of debit balance taken off one account and put on another; below zero the other way round."""
    if fen == 0:
        return []
    amount = Money(abs(fen))
    off, on = Line(code, NOTHING, amount), Line(to, amount, NOTHING)
    return [off, on] if fen > 0 else list(contra_lines([off, on]))


def opening_lines(chart: Chart, opening: Mapping[str, Money]) -> tuple[Line, ...]:
    """The opening balances as lines, each on its account's own side.

    Without any equity account the difference of assets and liabilities is the village's own:
    it goes to the equity account of the chart. With one, the sums must already agree.
    Raises `Refused` for an unknown account, one of income or expense, a negative sum, sums that disagree.
    """
    given = {code: amount for code, amount in sorted(opening.items()) if amount != NOTHING}
    lines = [_opening_line(chart, code, amount) for code, amount in given.items()]
    debit, credit = _sums(lines)
    own = any(chart.account(code).kind is Kind.equity for code in opening)
    if not own and debit > credit:
        lines.append(Line(chart.equity, NOTHING, debit - credit))
    if lines:
        check_balanced(lines, chart.citation)
    return tuple(lines)


def check_balanced(lines: Sequence[Line], citation: Citation | None = None) -> Money:
    """The total of a voucher's debits. Raises `Refused` unless debits equal credits, line by line sound."""
    for line in lines:
        low, high = sorted((line.debit, line.credit))
        if low != NOTHING or high <= NOTHING:
            raise Refused("每条分录必须只在借方或贷方记一个大于零的金额", basis=citation, remedy="请核对分录")
    debit, credit = _sums(lines)
    if len(lines) < 2 or debit != credit:
        raise Refused(
            f"借贷不平：借方{debit.yuan()}元，贷方{credit.yuan()}元", basis=citation, remedy="请核对分录金额"
        )
    return debit


def check_cash(chart: Chart, amount: Money, on: date) -> None:
    """Refuse a cash payment above the limit of the day; the limit itself may be paid in cash."""
    limit = chart.cash_limit(on)
    if amount > limit.limit:
        raise Refused(
            f"现金支付{amount.yuan()}元，超过{limit.limit.yuan()}元的结算起点",
            basis=limit.citation,
            remedy="请改用银行转账",
        )


def period_of(day: date) -> str:
    """The accounting month of a day, as `2026-09`."""
    return f"{day.year:04d}-{day.month:02d}"


def next_period(period: str) -> str:
    """The month after."""
    year, month = (int(part) for part in period.split("-"))
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def period_ended(period: str, today: date) -> bool:
    """Whether a month is over on a day."""
    return period < period_of(today)


def check_period(
    *, period: str, occurred_on: date, opened_on: date, closed_through: str, today: date
) -> None:
    """Refuse a date or month that the book cannot take.

    `closed_through` is the last closed month or empty. A business of a closed month is entered in an open
    month with its own date kept; a book is never reopened.
    """
    if occurred_on > today:
        raise Refused("业务日期在今天之后", remedy="请在业务发生之后再入账")
    if occurred_on < opened_on:
        raise Refused(
            f"业务日期早于建账日期{opened_on.isoformat()}", remedy="建账前的余额在期初余额中，请核对日期"
        )
    if not period_of(occurred_on) <= period <= period_of(today):
        raise Refused(
            f"业务日期{occurred_on.isoformat()}不能记入{period}", remedy="请记入业务当月或以后的月份"
        )
    if closed_through and period <= closed_through:
        raise Refused(
            f"{period}已经结账，不能再记账",
            basis=Citation("accounting", "第15条", Confidence.likely),
            remedy="请记入未结账的月份，业务日期照实填写；要更正旧账，请用红字凭证",
        )


def trial_line(account: Account, debit: Money, credit: Money) -> TrialLine:
    """One account's line of the trial balance."""
    balance = debit - credit if account.normal is Side.debit else credit - debit
    return TrialLine(account, debit, credit, balance)


def _opening_line(chart: Chart, code: str, amount: Money) -> Line:
    account = chart.account(code)
    if account.kind in (Kind.income, Kind.expense):
        raise Refused(f"“{account.name}”不能有期初余额", basis=chart.citation, remedy="请先转入收益分配")
    check_amount(amount)
    if account.normal is Side.debit:
        return Line(code, amount, NOTHING)
    return Line(code, NOTHING, amount)


def _sums(lines: Sequence[Line]) -> tuple[Money, Money]:
    debit = Money(sum(line.debit.fen for line in lines))
    credit = Money(sum(line.credit.fen for line in lines))
    return debit, credit
