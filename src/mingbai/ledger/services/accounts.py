"""Accounts of the village and of those whom it pays, and what is declared about a payee.

Account numbers stay in the ledger: they never enter the journal.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, Confidence, FieldKind, Refused
from mingbai.ledger.events import PAYEE_DECLARED
from mingbai.ledger.models import BankAccount, DeclaredPayee, PayeeAccount
from mingbai.ledger.queries.handling import handling
from mingbai.ledger.rules.handling import check_holder
from mingbai.ledger.rules.transfers import check_account, check_text
from mingbai.ledger.services import writing
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

# Near relatives are those of 民法典 第1045条; a conflict of interest is stood aside from.
KIN = Citation("gov-sanctions", "第33条", Confidence.likely)
SAID = {"firm": "办企业申报", "kin": "近亲属关系申报", "namesake": "同名不同人"}


@transaction.atomic
def register_bank_account(
    *, village: str, holder: str, number: str, bank: str, since: date, by: Actor, office: str, at: datetime
) -> None:
    """Register an account of the village at a bank.

    Raises `Refused`: a holder that is not its committee or collective (R42, 农村集体经济组织法 第44条第3款), an
    account registered before, or a future day.
    """
    book = writing.lock_book(village)
    named, place = check_text("户名", holder), organisations.division(village)
    check_holder(named, (place.short.removesuffix("村").removesuffix("社区"), place.name))
    digits = check_account(number)
    _refuse_future(since, at)
    if BankAccount.objects.filter(book=book, number=digits).exists():
        raise Refused("这个账户已经登记过", remedy="直接使用")
    BankAccount.objects.create(
        book=book, holder=named, number=digits, bank=check_text("开户行", bank), since=since, person=by.person,
        office=office, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def register_payee_account(
    *,
    village: str,
    payee: str,
    number: str,
    bank: str,
    paper: str,
    since: date,
    by: Actor,
    office: str,
    at: datetime,
) -> None:
    """Register at which account somebody is paid, by a paper of theirs; a later day's row replaces it.

    Raises `Refused`: no name, account or paper, the village's own account, or a future day (R11).
    """
    book = writing.lock_book(village)
    named, digits = check_text("收款人", payee), check_account(number)
    _refuse_future(since, at)
    if BankAccount.objects.filter(book=book, number=digits).exists():
        raise Refused("这是本村自己的账户", remedy="填收款人的账户；本村账户之间调拨用资金调拨登记")
    found = writing.find_papers(village, [paper])
    PayeeAccount.objects.create(
        book=book, payee=named, number=digits, bank=check_text("开户行", bank), since=since, paper=found[0].id,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def declare_firm(
    *, village: str, firm: str, who: str, words: str, by: Actor, office: str, at: datetime
) -> None:
    """File that a firm belongs to a person of the village or is led by him (R12).

    Raises `Refused`: no firm, no such person, no words, or filed before.
    """
    book = writing.lock_book(village)
    named, person = check_text("企业名称", firm), organisations.person(who)
    if DeclaredPayee.objects.filter(book=book, kind="firm", payee=named, who=who).exists():
        raise Refused("已经登记过", remedy="不用再登")
    _declare(book.village, "firm", named, person.name, words, "", who, by=by, office=office, at=at)


@transaction.atomic
def declare_payee(
    *, village: str, case: str, payee: str, kind: str, words: str, by: Actor, office: str, at: datetime
) -> None:
    """Say in a case what a payee is to the village's cadres: `kin` (near relative or his firm) or `namesake`.

    Raises `Refused`: another kind, no words, a case without a number, or declared before.
    """
    book = writing.lock_book(village)
    if kind not in ("kin", "namesake") or not case:
        raise Refused("申报要说清是近亲属，还是同名不同人", basis=KIN, remedy="选一种，写明情况")
    named = check_text("收款方", payee)
    if DeclaredPayee.objects.filter(book=book, case=case, payee=named).exists():
        raise Refused("这件事里已经申报过这个收款方", remedy="不用再报")
    _declare(book.village, kind, named, named, words, case, "", by=by, office=office, at=at)


def declared(village: str, case: str, payee: str) -> str:
    """What was declared of a payee in a case: `kin`, `namesake` or nothing."""
    row = DeclaredPayee.objects.filter(book_id=village, case=case, payee=payee).first()
    return row.kind if row else ""


def related(village: str, payee: str, on: date) -> tuple[str, ...]:
    """The cadres whose name, near relative's name, or declared firm (their own or a relative's) a payee bears: ids."""
    rules = handling(on)
    cadres = {
        one.id: one.name for one, office in organisations.holders_over(village, on) if office in rules.cadres
    }
    kin = organisations.relatives(list(cadres)) if cadres else {}
    owners = set(
        DeclaredPayee.objects.filter(book_id=village, kind="firm", payee=payee).values_list("who", flat=True)
    )
    return tuple(
        id
        for id, name in cadres.items()
        if name == payee
        or id in owners
        or any(one.name == payee or one.id in owners for one in kin.get(id, ()))
    )


def _declare(
    village: str,
    kind: str,
    payee: str,
    name: str,
    words: str,
    case: str,
    who: str,
    *,
    by: Actor,
    office: str,
    at: datetime,
) -> None:
    if not words.strip() or len(words.strip()) > 240:
        raise Refused(
            "没有写明情况，或者太长（最多240个字）",
            basis=KIN,
            remedy="写明什么关系、谁已经回避，或者怎么认定不是同一人",
        )
    DeclaredPayee.objects.create(
        book_id=village, kind=kind, payee=payee, who=who, case=case, words=words.strip(), person=by.person,
        office=office, recorded_at=at,
    )  # fmt: skip
    journal.record(
        act=PAYEE_DECLARED, village=village, subject=f"case:{case}" if case else f"village:{village}",
        actor=by.person, office=office, occurred_on=at.astimezone(writing.LEGAL_TIME).date(), at=at,
        fields=[
            TypedField("kind", "申报", FieldKind.choice.value, SAID[kind]),
            TypedField("payee", "收款方", FieldKind.person.value, name),
        ],
        data={"kind": kind, "case": case},
        citation=KIN,
    )  # fmt: skip


def _refuse_future(since: date, at: datetime) -> None:
    if since > at.astimezone(writing.LEGAL_TIME).date():
        raise Refused("日期在今天之后", remedy="请核对日期")
