"""What is paid on a contract: its price sum by sum, its deposit in and out; each taken back with its voucher."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.registers.events.contracts import (
    CONTRACT_DEPOSIT,
    CONTRACT_LETTER,
    CONTRACT_PERFORMED,
    CONTRACT_TAKEN_BACK,
)
from mingbai.registers.models import ContractRow, PartyLetter, PerformanceBack, PerformanceRow
from mingbai.registers.queries import agreed as standing
from mingbai.registers.queries.access import legal_day
from mingbai.registers.queries.agreed import Agreed
from mingbai.registers.rules.deposits import DEPOSIT, KEPT, PARTS, PARTY, RECEIVED, check_move, check_party
from mingbai.registers.rules.schedule import PERFORMED
from mingbai.registers.services.acting import ahead, locked, money, record, refuse_foreign_paper, text
from mingbai.registers.services.changes import decided_on

LONGEST_NAME = 120


@transaction.atomic
def record_performance(
    *, number: str, amount: Money, on: date, by: Actor, at: datetime, voucher: str = "", paper: str = "",
    office: str = "", due_on: date | None = None, party: str = "", most: Money | None = None,
) -> None:  # fmt: skip
    """Enter that a sum was paid on a contract, by its voucher, or by a paper where the book knows nothing of it.

    `due_on`: the day of the installment that it is said to be for; without it the oldest is filled first (民法典 第560条).
    `party`: who paid or was paid, as the voucher says. `most`: what may be paid in all where a case agreed on more.

    Raises:
        Refused: no such contract, nobody who keeps the register, no sum, no proof, one voucher twice, a day to come,
            another party than the contract's without a letter on file (R11), no such installment, or more than is left
            of the installment or of the contract's price.
    """
    row, view, office = locked(number, by, at, office)
    _check(row, view, amount, on, at, voucher, paper)
    if party:
        check_party(party, view.terms.party, standing.letters(number, on))
    _refuse_excess(row, view, amount, at, most)
    if due_on is not None:
        _refuse_excess_of_line(view, amount, due_on)
    PerformanceRow.objects.create(
        contract=row, fen=amount.fen, voucher=voucher, paper=paper, due_on=due_on, on=on, person=by.person,
        office=office, recorded_at=at,
    )  # fmt: skip
    fields = [money("amount", "履行金额", amount.fen), text("voucher", "凭证", voucher)]
    fields += [_day("due_on", "哪一期", due_on)] if due_on else []
    data = {"fen": amount.fen, "voucher": voucher, "due_on": due_on.isoformat() if due_on else None}
    record(CONTRACT_PERFORMED, row, by, office, on, at, fields, data, PERFORMED)


@transaction.atomic
def record_deposit(
    *, number: str, part: str, amount: Money, on: date, by: Actor, at: datetime, voucher: str, basis: str = "",
    office: str = "", party: str = "",
) -> None:  # fmt: skip
    """Enter that a contract's deposit was received, given back, or kept by a decision; by its voucher.

    `part` is one of `rules.deposits.PARTS`.

    Raises:
        Refused: as `record_performance` does; more received than was agreed, more given back or kept than is held,
            or kept without a decision (民法典 第586条、第587条).
    """
    row, view, office = locked(number, by, at, office)
    _check(row, view, amount, on, at, voucher, "")
    if party:
        check_party(party, view.terms.party, standing.letters(number, on))
    check_move(view.deposit, part, amount, basis)
    if part == KEPT:
        decided_on(basis.strip(), row.village, "不退押金、保证金")
    PerformanceRow.objects.create(
        contract=row, fen=amount.fen, voucher=voucher, part=part, basis=basis.strip()[:120] or None, on=on,
        person=by.person, office=office, recorded_at=at,
    )  # fmt: skip
    fields = [
        text("part", "押金、保证金", PARTS[part]), money("amount", "金额", amount.fen),
        text("voucher", "凭证", voucher), text("basis", "决定", basis.strip()),
    ]  # fmt: skip
    data = {"part": part, "fen": amount.fen, "voucher": voucher}
    record(CONTRACT_DEPOSIT, row, by, office, on, at, fields, data, DEPOSIT)


@transaction.atomic
def take_back(
    *, village: str, voucher: str, contra: str, on: date, by: Actor, office: str, at: datetime
) -> int:
    """What a voucher performed on contracts is taken back with its contra-voucher; returns how many there were.

    Raises:
        Refused: a deposit that was given back or kept since, which would then never have been received.
    """
    found = PerformanceRow.objects.filter(contract__village=village, voucher=voucher, back__isnull=True)
    rows = list(found.select_related("contract").order_by("contract_id"))
    for one in rows:
        row, view, _office = locked(one.contract_id, by, at, office)
        if one.part == RECEIVED and view.deposit.held < one.fen:
            raise Refused(
                "这笔押金已经退了或者不退了，收款凭证不能冲销",
                basis=DEPOSIT,
                remedy="先冲销后来退还、不退的凭证",
            )
        PerformanceBack.objects.create(
            performance=one, voucher=contra, on=on, person=by.person, office=office, recorded_at=at
        )
        fields = [
            money("amount", "冲回金额", one.fen), text("voucher", "原来的凭证", voucher), text("contra", "红字凭证", contra),
        ]  # fmt: skip
        data = {"fen": one.fen, "voucher": voucher, "contra": contra, "part": one.part}
        record(CONTRACT_TAKEN_BACK, row, by, office, on, at, fields, data, PERFORMED)
    return len(rows)


@transaction.atomic
def keep_letter(
    *,
    number: str,
    name: str,
    paper: str,
    on: date,
    by: Actor,
    at: datetime,
    kind: str = FieldKind.person.value,
) -> None:
    """Keep that somebody other than the party may pay or be paid on a contract, by the paper the party signed.

    `kind`: "firm" when the name may be shown in public; without it it stays masked.

    Raises:
        Refused: nobody who keeps the register, no name, the same name twice, a day to come, no paper of the village
            (民法典 第522条、第523条, likely).
    """
    row, _view, office = locked(number, by, at)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or on > legal_day(at) or not paper:
        raise Refused(
            "没有写清委托谁、哪天起，或者没有附委托书",
            basis=PARTY,
            remedy="写全称和日期，附合同对方签字的委托书",
        )
    if row.letters.filter(name=name).exists():
        raise Refused("这个人的委托书已经登记过", basis=PARTY, remedy="不用再记")
    refuse_foreign_paper(row, paper)
    PartyLetter.objects.create(
        contract=row, name=name, paper=paper, on=on, person=by.person, office=office, recorded_at=at
    )
    fields = [TypedField("name", "由谁代收代付", kind, name)]
    record(CONTRACT_LETTER, row, by, office, on, at, fields, {}, PARTY)


def _check(
    row: ContractRow, view: Agreed, amount: Money, on: date, at: datetime, voucher: str, paper: str
) -> None:
    if amount.fen <= 0 or on > legal_day(at):
        raise Refused("没有金额，或者日期在今天之后", basis=PERFORMED, remedy="写实际收付的金额和日期")
    if not voucher and not paper:
        raise Refused("没有凭证，也没有单据", basis=PERFORMED, remedy="写凭证号，或者附收据、银行回单")
    if voucher and row.performances.filter(voucher=voucher).exists():
        raise Refused(f"凭证{voucher}已经记在这份合同上", basis=PERFORMED, remedy="不用再记")
    if paper:
        refuse_foreign_paper(row, paper)


def _refuse_excess(row: ContractRow, view: Agreed, amount: Money, at: datetime, most: Money | None) -> None:
    price = max(min(view.price.fen, ahead(row, view, at).price.fen), most.fen if most else 0)
    left = Money(max(price - view.done_fen, 0))
    if amount.fen > left.fen:
        raise Refused(
            f"{amount.yuan()}元超过合同余下的{left.yuan()}元",
            basis=PERFORMED,
            remedy="核对金额；价款变了的，先按决定变更合同",
        )


def _refuse_excess_of_line(view: Agreed, amount: Money, due_on: date) -> None:
    lines = [one for one in view.lines if one.due_on == due_on and not one.void]
    if not lines:
        raise Refused(
            f"合同没有{due_on.isoformat()}这一期",
            basis=PERFORMED,
            remedy="从收付计划里选；不知道是哪一期的空着",
        )
    left = Money(sum(one.missing for one in lines))
    if amount.fen > left.fen:
        raise Refused(
            f"{amount.yuan()}元超过{due_on.isoformat()}这一期还没有收付的{left.yuan()}元",
            basis=PERFORMED,
            remedy="核对金额；一次收付几期的，每期登记一笔，或者不选哪一期，从最早的补起",
        )


def _day(id: str, label: str, value: date) -> TypedField:
    return TypedField(id, label, FieldKind.date.value, value.isoformat())
