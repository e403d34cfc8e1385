"""Taking in what the bank says, and saying publicly where book and bank do not agree."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, Confidence, FieldKind, Money, Refused
from mingbai.ledger.events import BREAK_FOUND, BREAK_MENDED, STATEMENT_TAKEN
from mingbai.ledger.models import BankLine, Book, BreakRow
from mingbai.ledger.queries.reconciling import reconcile, standing_breaks
from mingbai.ledger.rules.reconciling import Break, StatementLine, check_chain
from mingbai.ledger.services import writing
from mingbai.organisations.rules import Actor

# 会计法第17条：账实相符。
AGREE = Citation("accounting", "第17条", Confidence.likely)
MOST_LINES = 100_000


@transaction.atomic
def take_statement(
    *, village: str, account: str, lines: Sequence[StatementLine], by: Actor, at: datetime
) -> int:
    """Keep the lines of a bank statement, in the order of the bank; returns how many were new.

    A line is known by the bank's number, else by what it says: the same file twice adds nothing. `account`
    is the village's own account number; it stays in the ledger.
    Raises `Refused`: no or too many lines, a day in the future, balances that do not follow from amounts.
    """
    _check(account, lines, at.astimezone(writing.LEGAL_TIME).date())
    book = writing.lock_book(village)
    keyed = _keyed(lines)
    had = set(BankLine.objects.filter(book=book, account=account).values_list("key", flat=True))
    new = [(key, line) for key, line in keyed if key not in had]
    if not new:
        return 0
    office = next(iter(by.offices_in(village, at.astimezone(writing.LEGAL_TIME).date())), "")
    BankLine.objects.bulk_create(
        [_row(book, account, key, line, by, office, at) for key, line in new], batch_size=500
    )
    _record_taken(village, account, [line for _, line in new], by=by, office=office, at=at)
    mark_breaks(village, at)
    return len(new)


def find_breaks(at: datetime) -> int:
    """Look at every book; returns how many breaks were found or mended since the last look."""
    return sum(mark_breaks(village, at) for village in Book.objects.values_list("village", flat=True))


@transaction.atomic
def mark_breaks(village: str, at: datetime) -> int:
    """Say in the journal what does not agree and what agrees again; a break that lasts is said once."""
    book = writing.lock_book(village)
    today = at.astimezone(writing.LEGAL_TIME).date()
    now = {one.key: one for one in reconcile(village, None, today).breaks}
    standing = standing_breaks(village)
    mended = [one for key, one in standing.items() if key not in now or now[key].fen != one.fen]
    found = [one for key, one in now.items() if key not in standing or standing[key].fen != one.fen]
    for one in mended:
        _say(book, one, today, at, found=False)
    for one in found:
        _say(book, one, today, at, found=True)
    return len(mended) + len(found)


def _check(account: str, lines: Sequence[StatementLine], today: date) -> None:
    if not account.strip() or len(account) > 64:
        raise Refused("没有写银行账号", remedy="写对账单上本村的账号")
    if not 0 < len(lines) <= MOST_LINES:
        raise Refused(f"对账单要有1至{MOST_LINES}行", remedy="请核对文件，行数太多的按月分开")
    for at, line in enumerate(lines, start=1):
        if line.amount_fen == 0 or line.day > today:
            raise Refused(f"对账单第{at}行没有金额，或者日期在今天之后", remedy="请核对这一行")
        if len(line.party) > 120 or len(line.summary) > 240 or len(line.id) > 60:
            raise Refused(f"对账单第{at}行的文字太长", remedy="请核对这一行")
    if any(before.day > line.day for before, line in itertools.pairwise(lines)):
        raise Refused("对账单的行没有按日期先后排", remedy="请按发生先后排好再导入")
    check_chain(lines)


def _keyed(lines: Sequence[StatementLine]) -> list[tuple[str, StatementLine]]:
    """Each line with its key; equal lines of one file are told apart by their count."""
    seen: Counter[str] = Counter()
    keyed = []
    for line in lines:
        said = [line.day.isoformat(), line.amount_fen, line.balance_fen, line.party, line.summary]
        key = line.id or hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:56]
        seen[key] += 1
        keyed.append((key if seen[key] == 1 else f"{key}#{seen[key]}", line))
    return keyed


def _row(
    book: Book, account: str, key: str, line: StatementLine, by: Actor, office: str, at: datetime
) -> BankLine:
    return BankLine(
        book=book, account=account, key=key, day=line.day, amount_fen=line.amount_fen,
        balance_fen=line.balance_fen, party=line.party, summary=line.summary,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip


def _record_taken(
    village: str, account: str, lines: Sequence[StatementLine], *, by: Actor, office: str, at: datetime
) -> None:
    money, end = FieldKind.money.value, account[-4:] if len(account) > 8 else ""
    came = sum(line.amount_fen for line in lines if line.amount_fen > 0)
    went = -sum(line.amount_fen for line in lines if line.amount_fen < 0)
    journal.record(
        act=STATEMENT_TAKEN,
        village=village,
        subject=f"village:{village}",
        actor=by.person,
        office=office,
        occurred_on=lines[-1].day,
        at=at,
        fields=[
            TypedField("account", "账号末四位", FieldKind.text.value, end),
            TypedField("count", "行数", FieldKind.integer.value, str(len(lines))),
            TypedField("came", "转入", money, Money(came).yuan()),
            TypedField("went", "转出", money, Money(went).yuan()),
            TypedField("balance", "银行余额", money, Money(lines[-1].balance_fen).yuan()),
        ],
        data={
            "account": end,
            "count": len(lines),
            "money_in_fen": came,
            "money_out_fen": went,
            "bank_fen": lines[-1].balance_fen,
        },
        citation=AGREE,
    )


def _say(book: Book, one: Break, today: date, at: datetime, *, found: bool) -> None:
    BreakRow.objects.create(
        book=book, key=one.key, found=found, amount_fen=one.fen, words=one.words, recorded_at=at
    )
    journal.record(
        act=BREAK_FOUND if found else BREAK_MENDED,
        village=book.village,
        subject=f"village:{book.village}",
        actor="",
        office="",
        occurred_on=today,
        at=at,
        fields=[
            TypedField("what", "哪里对不上" if found else "原来哪里对不上", FieldKind.text.value, one.words),
            TypedField("amount", "金额", FieldKind.money.value, Money(one.fen).yuan()),
        ],
        data={"key": one.key, "amount_fen": one.fen},
        citation=AGREE,
    )
