"""Instructions to the bank: one file from approved payments, each instructed once, and the bank's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import Citation, Confidence, FieldKind, Money, Refused
from mingbai.ledger.events import TRANSFER_ANSWERED, TRANSFER_MADE
from mingbai.ledger.models import BankAccount, Book, TransferFile, TransferLine, TransferReturn
from mingbai.ledger.queries import handling as asked
from mingbai.ledger.queries.transfers import as_instruction
from mingbai.ledger.rules.transfers import check_text, digest_of, read_answers
from mingbai.ledger.services import writing
from mingbai.organisations.rules import Actor

PARTIES = Citation("invoice", "第19条", Confidence.likely)
MOST_LINES = 500


@dataclass(frozen=True)
class Order:
    """One approved payment that waits: its case, step and turn, the decision, and whom, how much, what for."""

    case: str
    step: str
    turn: int
    decision: str
    payee: str
    amount: Money
    purpose: str


@dataclass(frozen=True)
class FileMade:
    """A file of instructions: its number, how many, how much, and the digest that its paper carries."""

    number: str
    count: int
    total: Money
    digest: str


@transaction.atomic
def make_transfer_file(
    *,
    village: str,
    orders: Sequence[Order],
    layout: str,
    payer_account: str,
    made_on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> FileMade:
    """Make one file of instructions from approved payments; whoever asks has checked that they are.

    Raises `Refused`: nothing to instruct, an account that is not the village's, a payee without a registered
    account (R11), a name that may not stand in a cell, or a payment that was instructed before and not refused
    by the bank. Nothing is made then.
    """
    book = writing.lock_book(village)
    rules = asked.handling(made_on)
    rules.layout(layout)
    if not 0 < len(orders) <= MOST_LINES:
        raise Refused(f"一个转账文件要有1到{MOST_LINES}笔", remedy="选上要付的，太多的分成几个文件")
    payer = BankAccount.objects.filter(book=book, number=payer_account, since__lte=made_on).first()
    if payer is None:
        raise Refused("付款账户不是本村登记的账户", remedy="先登记本村的开户账户")
    serial = take_number(f"transfer/{village}/{made_on.year}")
    number = f"ZZ-{village}-{made_on.year}-{serial:03d}"
    rows = [_row(book, number, at_, one, made_on) for at_, one in enumerate(orders, 1)]
    lines = [as_instruction(row) for row in rows]
    total, digest = Money.total(one.amount for one in lines), digest_of(payer.number, lines)
    file = TransferFile.objects.create(
        number=number, book=book, layout=layout, payer_account=payer.number, made_on=made_on, count=len(rows),
        total_fen=total.fen, digest=digest, person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    TransferLine.objects.bulk_create(rows)
    data: dict[str, str | int] = {
        "number": number,
        "count": len(rows),
        "amount_fen": total.fen,
        "digest": digest,
    }
    _record(TRANSFER_MADE, file, data, total, made_on, by=by, office=office, at=at)
    return FileMade(number, len(rows), total, digest)


@transaction.atomic
def take_answers(
    *,
    village: str,
    number: str,
    rows: Sequence[Sequence[str]],
    on: date,
    by: Actor,
    office: str,
    at: datetime,
) -> int:
    """Read what the bank answered to a file; returns how many answers are new. The same answer twice adds nothing.

    Raises `Refused`, and nothing is taken: a file of another village, an instruction that is not in it, another
    sum, an answer that contradicts an earlier one, or a file that cannot be read.
    """
    book = writing.lock_book(village)
    file = TransferFile.objects.filter(book=book, number=number).first()
    if file is None:
        raise Refused("没有这个转账文件", remedy="从清单里选")
    if on < file.made_on:
        raise Refused(f"银行回单的日期早于转账文件（{file.made_on}）", remedy="核对日期")
    answers = read_answers(asked.handling(file.made_on).layout(file.layout), rows)
    known = {one.reference: one for one in file.lines.select_related("returned")}
    new = []
    for one in answers:
        line = known.get(one.reference)
        if line is None:
            raise Refused(f"{one.reference}不在转账文件{number}里", remedy="核对是不是这个文件的回单")
        if one.amount is not None and one.amount.fen != line.fen:
            raise Refused(
                f"{one.reference}银行写{one.amount.yuan()}元，指令是{Money(line.fen).yuan()}元",
                remedy="找银行核对",
            )
        earlier = getattr(line, "returned", None)
        if earlier is not None and earlier.done != one.done:
            raise Refused(f"{one.reference}和上一次回单的结果不一样", remedy="找银行核对，以银行书面说明为准")
        if earlier is None:
            new.append(
                TransferReturn(
                    line=line,
                    done=one.done,
                    reason=one.reason,
                    on=on,
                    person=by.person,
                    office=office,
                    recorded_at=at,
                )
            )
    TransferReturn.objects.bulk_create(new)
    if new:
        done = [known_line.line.fen for known_line in new if known_line.done]
        data: dict[str, str | int] = {
            "number": number,
            "count": len(new),
            "done": len(done),
            "amount_fen": sum(done),
        }
        _record(TRANSFER_ANSWERED, file, data, Money(sum(done)), on, by=by, office=office, at=at)
    return len(new)


def standing_instruction(case: str, step: str, turn: int) -> TransferLine | None:
    """The latest instruction of a payment step, whatever the bank said of it; None when there is none."""
    rows = TransferLine.objects.filter(case=case, step=step, turn=turn).select_related("returned")
    return rows.order_by("-attempt").first()


def check_payment(
    case: str, step: str, turn: int, payee: str, amount: Money, method: str, account: str
) -> None:
    """Refuse to post a payment otherwise than it was instructed and the bank carried out.

    Raises:
        Refused: the bank refused it, has not answered yet, or carried out another sum, payee or account.
    """
    line = standing_instruction(case, step, turn)
    if line is None:
        return
    answer = getattr(line, "returned", None)
    if answer is None:
        raise Refused(
            f"这笔已经写进转账文件{line.file_id}，银行还没有回话", remedy="读入银行的回单以后再登记付款"
        )
    if not answer.done:
        if method == "bank":
            raise Refused(f"银行退回了这笔转账：{answer.reason}", remedy="改正以后重新做转账文件")
        return
    same = line.payee == payee and line.fen == amount.fen and account in ("", line.payee_account)
    if not same or method != "bank":
        raise Refused(
            f"银行已经付给{line.payee}{Money(line.fen).yuan()}元，登记的付款和它不一样",
            basis=PARTIES,
            remedy="照银行办成的登记；付错的找银行追回",
        )


def _row(book: Book, number: str, place: int, order: Order, on: date) -> TransferLine:
    payee, purpose = check_text("收款人", order.payee), check_text("用途", order.purpose[:120])
    if order.amount <= Money(0):
        raise Refused(f"付给{payee}的金额要大于零", remedy="核对金额")
    account = asked.payee_account(book.village, payee, on)
    if account is None:
        raise Refused(
            f"{payee}还没有登记收款账户",
            basis=PARTIES,
            remedy="凭合同或者收款人的开户证明登记账户，户名要和收款人一字不差",
        )
    earlier = standing_instruction(order.case, order.step, order.turn)
    if earlier is not None and getattr(earlier, "returned", None) is None:
        raise Refused(f"{order.case}已经写进转账文件{earlier.file_id}，一笔只能付一次", remedy="等银行的回单")
    if earlier is not None and earlier.returned.done:
        raise Refused(f"{order.case}银行已经付过（{earlier.file_id}）", remedy="到付款步骤登记这笔付款")
    return TransferLine(
        file_id=number, reference=f"{number}-{place:03d}", case=order.case, step=order.step, turn=order.turn,
        attempt=earlier.attempt + 1 if earlier else 1, decision=order.decision, payee=payee,
        payee_account=account.number, payee_bank=account.bank, fen=order.amount.fen, purpose=purpose,
    )  # fmt: skip


def _record(
    act: str,
    file: TransferFile,
    data: dict[str, str | int],
    amount: Money,
    on: date,
    *,
    by: Actor,
    office: str,
    at: datetime,
) -> None:
    words = FieldKind.text.value
    journal.record(
        act=act, village=file.book_id, subject=f"village:{file.book_id}", actor=by.person, office=office,
        occurred_on=on, at=at,
        fields=[
            TypedField("number", "转账文件", words, file.number),
            TypedField("count", "笔数", FieldKind.integer.value, str(data["count"])),
            TypedField("amount", "合计", FieldKind.money.value, amount.yuan()),
        ],
        data=data,
        citation=asked.handling(file.made_on).transfer_citation,
    )  # fmt: skip
