"""What every voucher that touches cash must keep to, under the lock of the book: R39, R40, R41."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Sum

from mingbai.kernel import Citation, Money, Refused
from mingbai.ledger.models import Advance, Book, CashBanked, CashIncome, Clearing, Voucher
from mingbai.ledger.queries import handling as asked
from mingbai.ledger.queries import voucher_id
from mingbai.ledger.rules import Chart
from mingbai.ledger.rules.handling import PRIVATE, check_in_hand, check_own_stock, check_same_day, take_from

if TYPE_CHECKING:
    from mingbai.ledger.services.writing import Draft

_FREE = (Voucher.Kind.OPENING, Voucher.Kind.CONTRA)


def refuse(book: Book, chart: Chart, draft: Draft) -> None:
    """Refuse what the rules of cash forbid, before anything is written.

    Raises:
        Refused: cash above the limit of the day (R39), a cash payment in pieces (R40) or out of income that was
            not banked (R41); a correction of an advance that was settled already.
    """
    if draft.kind == Voucher.Kind.CONTRA:
        _refuse_settled(book, draft)
    change = _cash_change(chart, draft)
    if change == 0 or draft.kind in _FREE:
        return
    rules, village = asked.handling(draft.occurred_on), book.village
    cash = asked.cash_in_hand(village, chart.cash)
    if change > 0:
        check_in_hand(rules, village, cash + Money(change), draft.occurred_on)
    elif draft.kind == Voucher.Kind.PAYMENT:
        amount = Money(-change)
        _refuse_pieces(book, chart, draft, amount)
        check_own_stock(rules, village, amount, cash, asked.unbanked(village), draft.occurred_on)


def follow(book: Book, chart: Chart, draft: Draft, row: Voucher) -> None:
    """Keep what a voucher means for the income that must be banked, and for advances it undoes."""
    if draft.kind == Voucher.Kind.CONTRA:
        _undo(row)
        return
    change = _cash_change(chart, draft)
    if change > 0 and draft.kind in (Voucher.Kind.RECEIPT, Voucher.Kind.ENTRY):
        account = asked.handling(draft.occurred_on).account
        settled = sum(one.credit.fen for one in draft.lines if one.account == account)
        income = change - settled
        if income > 0:
            CashIncome.objects.create(
                book=book, voucher=row, day=draft.occurred_on, fen=income, left_fen=income
            )
    elif change < 0 and draft.kind == Voucher.Kind.MOVE:
        rows = CashIncome.objects.filter(book=book, left_fen__gt=0).order_by("day", "id")
        for key, part in take_from(list(rows.values_list("id", "left_fen")), -change):
            _bank(key, row, part)


def refuse_private_account(village: str, number: str) -> None:
    """Refuse money that came to an account not registered as the village's own (R42).

    Source: 农村集体经济组织法 第44条第3款.
    """
    if number and all(one.number != number for one in asked.bank_accounts(village)):
        raise Refused(
            f"账户…{number[-4:]}不是本村登记的账户，集体收入不能进去",
            basis=PRIVATE,
            remedy="进了个人账户的，退回付款方或者当天转入本村账户，并报村务监督委员会",
        )


def _cash_change(chart: Chart, draft: Draft) -> int:
    return sum(one.debit.fen - one.credit.fen for one in draft.lines if one.account == chart.cash)


def _refuse_pieces(book: Book, chart: Chart, draft: Draft, amount: Money) -> None:
    same = Voucher.objects.filter(
        book=book, kind=Voucher.Kind.PAYMENT, method="cash", case=draft.case, party=draft.party,
        occurred_on=draft.occurred_on, corrected_by__isnull=True,
    )  # fmt: skip
    limit = chart.cash_limit(draft.occurred_on)
    before = Money(same.aggregate(fen=Sum("amount_fen"))["fen"] or 0)
    check_same_day(limit.limit, limit.citation, amount, before)


def _bank(income: int, row: Voucher, fen: int) -> None:
    CashBanked.objects.create(income_id=income, voucher=row, fen=fen)
    CashIncome.objects.filter(pk=income).update(left_fen=F("left_fen") - fen)


def _refuse_settled(book: Book, draft: Draft) -> None:
    key = voucher_id(book.village, draft.corrects or "")
    row = Advance.objects.filter(voucher_id=key).first()
    if row is not None and row.left_fen < row.fen:
        raise Refused(
            f"{row.number}已经结清，借款凭证不能冲销",
            basis=Citation("accounting", "第15条"),
            remedy="先冲销结清它的凭证",
        )


def _undo(row: Voucher) -> None:
    """A corrected income is none; a corrected deposit lies in cash again; corrected advances are taken back."""
    wrong = row.corrects_id
    for income in CashIncome.objects.filter(voucher_id=wrong, left_fen__gt=0):
        _bank(income.pk, row, income.left_fen)
    for part in CashBanked.objects.filter(voucher_id=wrong, income__voucher__corrected_by__isnull=True):
        _bank(part.income_id, row, -part.fen)
    Advance.objects.filter(voucher_id=wrong).update(left_fen=0)
    for one in Clearing.objects.filter(voucher_id=wrong):
        Advance.objects.filter(pk=one.advance_id).update(left_fen=one.spent_fen + one.returned_fen)
