"""A contract after its signing: changed by a decision, brought to an end, what is late said in public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import Citation, FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.registers.events.contracts import (
    CONTRACT_CHANGED,
    CONTRACT_ENDED,
    CONTRACT_MENDED,
    CONTRACT_WANTING,
)
from mingbai.registers.models import ContractChange, ContractEnd, ContractRow, DueWord
from mingbai.registers.queries import agreed as standing
from mingbai.registers.queries.access import legal_day
from mingbai.registers.queries.agreed import Agreed
from mingbai.registers.rules.contract_kinds import check_years
from mingbai.registers.rules.contract_standing import ENDS
from mingbai.registers.rules.schedule import PERFORMED, Installment, check_schedule
from mingbai.registers.services.acting import ahead, locked, money, record, refuse_foreign_paper, text
from mingbai.registers.services.agreeing import keep_schedule, refuse_longer_twice, refuse_managers

CHANGED = Citation("civil-code", "第543条")
ENDED = Citation("civil-code", "第557条")


@transaction.atomic
def change_contract(
    *, number: str, basis: str, paper: str, on: date, by: Actor, at: datetime, party: str = "",
    price: Money | None = None, ends_on: date | None = None, schedule: Sequence[Installment] = (),
    party_person: str = "", party_kind: str = FieldKind.person.value,
) -> None:  # fmt: skip
    """Change a contract by a decision, with the paper that both signed; the schedule follows the price.

    `party_person`: the new party's id when it is a person of the village. `party_kind`: "firm" when its name may be
    shown in public; without it the name stays masked.

    Raises:
        Refused: nobody who keeps the register, no decision, no paper, nothing changed, a day before that of the
            last change, a price below what was performed, a term longer than the kind may last or over days on
            which its object is let to somebody else, a loan passed to a manager (R46), another price without its
            schedule.
    """
    row, view, office = locked(number, by, at)
    if not basis.strip() or not paper:
        raise Refused(
            "变更合同要有决定，还要有双方签字的变更协议", basis=CHANGED, remedy="写决定的编号，附上协议"
        )
    if not party.strip() and price is None and ends_on is None and not schedule:
        raise Refused("没有写变更了什么", basis=CHANGED, remedy="写新的对方、价款、期限或者收付计划")
    if any(one.on > on for one in row.changes.all()):
        raise Refused(
            "生效的日子早于上一次变更", basis=CHANGED, remedy="按生效先后登记；先前的写错了，再变更一次"
        )
    _check_change(ahead(row, view, at), legal_day(at), price, ends_on, schedule)
    _check_hands(row, view, at, party.strip(), party_person, ends_on)
    refuse_foreign_paper(row, paper)
    made = ContractChange.objects.create(
        contract=row, basis=basis.strip()[:120], paper=paper, party=party.strip()[:120],
        price_fen=price.fen if price else None, ends_on=ends_on, on=on, person=by.person, office=office,
        recorded_at=at,
    )  # fmt: skip
    if schedule:
        keep_schedule(row, row.changes.count(), schedule)
    fields = [text("basis", "变更的决定", basis.strip())]
    fields += [money("price", "变更后的价款", price.fen)] if price else []
    fields += (
        [TypedField("ends_on", "变更后的结束日期", FieldKind.date.value, ends_on.isoformat())]
        if ends_on
        else []
    )
    fields += [TypedField("party", "变更后的对方", party_kind, party.strip())] if party.strip() else []
    data = {
        "price_fen": made.price_fen, "ends_on": ends_on.isoformat() if ends_on else None,
        "schedule": [{"due_on": one.due_on.isoformat(), "fen": one.fen} for one in schedule],
    }  # fmt: skip
    record(CONTRACT_CHANGED, row, by, office, on, at, fields, data, CHANGED)


def _check_change(
    view: Agreed, today: date, price: Money | None, ends_on: date | None, schedule: Sequence[Installment]
) -> None:
    if price is not None and price.fen < view.done_fen:
        raise Refused("变更后的价款少于已经履行的", basis=CHANGED, remedy="核对价款；多收的先退回")
    if price is not None and view.lines and not schedule:
        raise Refused("价款变了，收付计划也要跟着变", basis=CHANGED, remedy="写变更后的收付计划")
    if schedule:
        check_schedule(schedule, price.fen if price else view.terms.price_fen, CHANGED)
    if ends_on is not None and view.kind:
        check_years(standing.contract_kinds(today).kind(view.kind), view.terms.starts_on, ends_on)


def _check_hands(
    row: ContractRow, view: Agreed, at: datetime, party: str, person: str, ends_on: date | None
) -> None:
    """What was refused at the signing is not reached by a change: a manager's loan (R46), a thing let twice."""
    if not view.kind:
        return
    kind = standing.contract_kinds(legal_day(at)).kind(view.kind)
    if party:
        refuse_managers(kind, row, party, person, at)
    if ends_on is not None and kind.lets:
        refuse_longer_twice(row, view.terms.starts_on, ends_on)


@transaction.atomic
def end_contract(*, number: str, kind: str, basis: str, on: date, by: Actor, at: datetime) -> None:
    """Enter what was done about a contract's end: returned, renewed, let again by notice, terminated.

    Raises:
        Refused: nobody who keeps the register, no such end, done already, a day to come or before the contract, a
            termination without its decision.
    """
    row, view, office = locked(number, by, at)
    if kind not in ENDS or row.ends.filter(kind=kind).exists():
        raise Refused(
            "没有这一种处理，或者已经登记了", basis=ENDED, remedy=f"从{'、'.join(ENDS.values())}里选"
        )
    if not view.terms.starts_on <= on <= legal_day(at):
        raise Refused("日期早于合同开始，或者在今天之后", basis=ENDED, remedy="写实际的日期")
    if kind in ("terminated", "renewed") and not basis.strip():
        raise Refused("没有写依据", basis=ENDED, remedy="解除的写决定的编号，续签的写新合同的编号")
    ContractEnd.objects.create(
        contract=row,
        kind=kind,
        basis=basis.strip()[:120],
        on=on,
        person=by.person,
        office=office,
        recorded_at=at,
    )
    fields = [text("kind", "怎样处理", ENDS[kind]), text("basis", "依据", basis.strip())]
    record(CONTRACT_ENDED, row, by, office, on, at, fields, {"end": kind}, ENDED)


def find_wanting(at: datetime) -> int:
    """Say in public what became overdue (R48) or lapsed (R47) since the last look, and what was mended."""
    return sum(_say_of(village, at) for village in standing.villages_with_contracts())


@transaction.atomic
def _say_of(village: str, at: datetime) -> int:
    today = legal_day(at)
    hold(f"contracts/due/{village}")
    told = {(row.contract_id, row.key): row for row in _words(village)}
    now = {
        (one.number, key): fen
        for one in standing.all_agreed(village, today)
        for key, fen in (("overdue", one.overdue.fen), ("lapsed", int(one.state == "lapsed")))
        if fen
    }
    new = [key for key, fen in now.items() if key not in told or not told[key].found or told[key].fen != fen]
    gone = [key for key, row in told.items() if row.found and key not in now]
    for key in new:
        _say(key, now[key], True, today, at)
    for key in gone:
        _say(key, told[key].fen, False, today, at)
    return len(new) + len(gone)


def _words(village: str) -> list[DueWord]:
    return list(DueWord.objects.filter(contract__village=village).order_by("id"))


def _say(key: tuple[str, str], fen: int, found: bool, today: date, at: datetime) -> None:
    row = ContractRow.objects.get(number=key[0])
    DueWord.objects.create(contract=row, key=key[1], found=found, fen=fen, recorded_at=at)
    what = {"overdue": "逾期没有收付", "lapsed": "到期没有处理"}[key[1]]
    fields = [text("what", "什么情况" if found else "原来的情况", what)]
    fields += [money("amount", "金额", fen)] if key[1] == "overdue" else []
    nobody = Actor("", "")
    data = {"key": key[1], "fen": fen}
    record(
        CONTRACT_WANTING if found else CONTRACT_MENDED, row, nobody, "", today, at, fields, data, PERFORMED
    )
