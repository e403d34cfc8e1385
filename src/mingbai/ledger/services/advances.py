"""Advances and petty cash: money handed to a person on a decision, and how it is settled to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.ledger import queries
from mingbai.ledger.events import ADVANCE_ISSUED, ADVANCE_SETTLED, VoucherPosted
from mingbai.ledger.models import Advance, Clearing
from mingbai.ledger.queries import handling as asked
from mingbai.ledger.rules import Line
from mingbai.ledger.rules.handling import AdvanceKind, check_advance, check_settled
from mingbai.ledger.services import writing
from mingbai.ledger.services.entries import post_entry
from mingbai.ledger.services.posting import post_payment
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

NOTHING = Money(0)


@dataclass(frozen=True)
class Terms:
    """What an advance is: its kind (`petty` for petty cash), whose (a person's id), what for, until when."""

    kind: str
    who: str
    purpose: str
    due_on: date


@transaction.atomic
def issue_advance(
    *,
    village: str,
    case: str,
    decision: str,
    terms: Terms,
    method: str,
    amount: Money,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> tuple[str, VoucherPosted]:
    """Hand money to a person on a decision; returns the advance's number and its voucher.

    Raises `Refused`: no purpose or too late a day, a loan to a manager (R46, 农村集体经济组织法 第35条第2款第2项),
    an earlier advance of the same person that is overdue, a second petty cash fund of a person or one above the
    limit of the day, or what `post_payment` refuses.
    """
    book = writing.lock_book(village)
    rules, person = asked.handling(occurred_on), organisations.person(terms.who)
    kind = refuse_terms(village, terms, amount, occurred_on)
    posted = post_payment(
        village=village, case=case, decision=decision, purpose=f"{kind.title}：{terms.purpose.strip()}",
        payee=person.name, payee_account=None, method=method, amount=amount, papers=papers,
        occurred_on=occurred_on, by=by, office=office, at=at, expense_account=rules.account,
        payee_kind=FieldKind.person.value,
    )  # fmt: skip
    year = occurred_on.year
    row = Advance.objects.create(
        number=f"JZ-{village}-{year}-{take_number(f'advance/{village}/{year}'):03d}", book=book,
        kind=Advance.Kind.PETTY if terms.kind == "petty" else Advance.Kind.ADVANCE, use=terms.kind,
        purpose=terms.purpose.strip(), who=terms.who, name=person.name, issued_on=occurred_on,
        due_on=terms.due_on, fen=amount.fen, left_fen=amount.fen, case=case,
        voucher_id=queries.voucher_id(village, posted.number), person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    more = [TypedField("due_on", "最晚结清", FieldKind.date.value, terms.due_on.isoformat())]
    _record(ADVANCE_ISSUED, row, kind, amount, occurred_on, more, by=by, office=office, at=at)
    return row.number, posted


@transaction.atomic
def settle_advance(
    *,
    village: str,
    number: str,
    spent: Sequence[tuple[str, Money]],
    returned: Money,
    method: str,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> VoucherPosted:
    """Settle an advance or give back a petty cash fund: papers by account, and what was not spent.

    `method` says where the rest went, `cash` or `bank`. Raises `Refused`: unknown or settled, a sum that is not
    what is left to the fen, no papers, a day before it was issued, a person who settles his own, or what
    `post_entry` refuses.
    """
    book = writing.lock_book(village)
    row = Advance.objects.filter(book=book, number=number, left_fen__gt=0).first()
    if row is None:
        raise Refused("没有这笔还没结清的借款", remedy="从借支清单里选")
    rules, chart = asked.handling(row.issued_on), queries.chart(occurred_on)
    kind = petty_kind(row.issued_on) if row.use == "petty" else rules.advance(row.use)
    left, total = Money(row.left_fen), Money.total(one for _, one in spent)
    check_settled(left, total, returned, kind.citation)
    _check_hand(row, by, occurred_on)
    lines = [Line(account, one, NOTHING, party=row.name) for account, one in spent]
    if returned > NOTHING:
        lines.append(Line(chart.money_account(method), returned, NOTHING))
    lines.append(Line(rules.account, NOTHING, left, party=row.name))
    posted = post_entry(
        village=village, summary=f"结清{kind.title}{number}", lines=lines, papers=papers,
        occurred_on=occurred_on, by=by, office=office, at=at, case=row.case,
    )  # fmt: skip
    Clearing.objects.create(
        advance=row, voucher_id=queries.voucher_id(village, posted.number), on=occurred_on, spent_fen=total.fen,
        returned_fen=returned.fen, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    Advance.objects.filter(pk=row.pk).update(left_fen=0)
    more = [TypedField("returned", "退回", FieldKind.money.value, returned.yuan())]
    _record(ADVANCE_SETTLED, row, kind, total, occurred_on, more, by=by, office=office, at=at)
    return posted


@transaction.atomic
def replenish_petty(
    *,
    village: str,
    case: str,
    decision: str,
    number: str,
    purpose: str,
    method: str,
    amount: Money,
    expense_account: str | None,
    papers: Sequence[str],
    occurred_on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> VoucherPosted:
    """Pay a petty cash fund what it spent by its papers, on a decision: the fund stands as before.

    Raises `Refused`: no such fund, more than the fund, or what `post_payment` refuses.
    """
    book = writing.lock_book(village)
    row = Advance.objects.filter(book=book, number=number, kind=Advance.Kind.PETTY, left_fen__gt=0).first()
    if row is None:
        raise Refused("没有这笔备用金", remedy="从备用金清单里选")
    if amount.fen > row.left_fen:
        raise Refused(
            f"报账{amount.yuan()}元，超过备用金{Money(row.left_fen).yuan()}元",
            basis=asked.handling(row.issued_on).petty_citation,
            remedy="备用金只补花掉的；超出的另行申请付款",
        )
    return post_payment(
        village=village, case=case, decision=decision, purpose=purpose, payee=row.name, payee_account=None,
        method=method, amount=amount, papers=papers, occurred_on=occurred_on, by=by, office=office, at=at,
        expense_account=expense_account, payee_kind=FieldKind.person.value,
    )  # fmt: skip


def petty_kind(on: date) -> AdvanceKind:
    """Petty cash as a kind of advance: its days and its source are the district's."""
    rules = asked.handling(on)
    return AdvanceKind("petty", "备用金", rules.petty_days, True, rules.petty_citation)


def refuse_terms(village: str, terms: Terms, amount: Money, on: date) -> AdvanceKind:
    """The kind of an advance that could be issued on a day as things stand.

    Raises `Refused` as `issue_advance` does for its terms; the same is asked again when money goes out.
    """
    kind = _kind(village, terms, amount, on)
    _refuse_overdue(village, terms.who, organisations.person(terms.who).name, on)
    return kind


def _kind(village: str, terms: Terms, amount: Money, on: date) -> AdvanceKind:
    rules = asked.handling(on)
    if terms.kind != "petty":
        kind = rules.advance(terms.kind)
        manager = asked.is_manager(village, terms.who, on)
        check_advance(kind, terms.purpose, manager, on, terms.due_on)
        return kind
    kind = petty_kind(on)
    check_advance(kind, terms.purpose, False, on, terms.due_on)
    _refuse_second_fund(village, terms.who, kind.citation)
    limit = asked.petty_limit(on)
    if limit is None or amount > limit:
        most = (
            f"，超过上限{limit.yuan()}元（petty_cash_limit）"
            if limit
            else "，区里还没有定上限（petty_cash_limit）"
        )
        raise Refused(
            f"备用金{amount.yuan()}元{most}", basis=kind.citation, remedy="少领一些，或者请镇（街）核定上限"
        )
    return kind


def _refuse_second_fund(village: str, who: str, basis: Citation) -> None:
    held = Advance.objects.filter(book_id=village, who=who, kind=Advance.Kind.PETTY, left_fen__gt=0).first()
    if held is not None:
        raise Refused(
            f"他已经领有备用金{held.number}，一个人只能有一份",
            basis=basis,
            remedy="花掉的凭单据补足；不用的先交回结清",
        )


def _refuse_overdue(village: str, who: str, name: str, on: date) -> None:
    old = (
        Advance.objects.filter(book_id=village, who=who, left_fen__gt=0, due_on__lt=on)
        .order_by("due_on")
        .first()
    )
    if old is not None:
        raise Refused(
            f"{name}还有一笔{Money(old.left_fen).yuan()}元的借款{old.number}没有结清，{old.due_on}就到期了",
            basis=asked.handling(on).petty_citation,
            remedy="前账不清，后账不借：先凭单据结清，余款退回",
        )


def _check_hand(row: Advance, by: Actor, on: date) -> None:
    if on < row.issued_on:
        raise Refused(f"结清日期早于借款日期{row.issued_on}", remedy="核对日期")
    if by.person == row.who:
        raise Refused(
            "自己的借款不能自己结清",
            basis=Citation("accounting", "第35条"),
            remedy="请另一位记账的人核对单据后结清",
        )


def last_day(kind: str, on: date) -> date:
    """The last day on which an advance of a kind issued on a day may be settled."""
    found = petty_kind(on) if kind == "petty" else asked.handling(on).advance(kind)
    return on + timedelta(days=found.days)


def _record(
    act: str,
    row: Advance,
    kind: AdvanceKind,
    amount: Money,
    on: date,
    more: Sequence[TypedField],
    *,
    by: Actor,
    office: str,
    at: datetime,
) -> None:
    words = FieldKind.text.value
    journal.record(
        act=act, village=row.book_id, subject=f"case:{row.case}", actor=by.person, office=office, occurred_on=on,
        at=at,
        fields=[
            TypedField("number", "借款编号", words, row.number),
            TypedField("use", "种类", words, kind.title),
            TypedField("purpose", "用途", words, row.purpose),
            TypedField("who", "借款人", FieldKind.person.value, row.name),
            TypedField("amount", "金额", FieldKind.money.value, amount.yuan()),
            *more,
        ],
        data={"number": row.number, "kind": row.kind, "case": row.case, "amount_fen": amount.fen},
        citation=kind.citation,
    )  # fmt: skip
