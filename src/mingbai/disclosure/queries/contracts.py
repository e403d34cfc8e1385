"""The public contracts of a village: schedule, what was performed and what is late, all derived from what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, opened, views
from mingbai.kernel import Money
from mingbai.registers.queries.agreed import contract_kinds
from mingbai.registers.rules.contract_kinds import ContractKinds
from mingbai.registers.rules.contract_standing import Terms, back_on, state
from mingbai.registers.rules.deposits import Deposit, deposit_of
from mingbai.registers.rules.schedule import Installment, Line, ageing, owed, stand

SIGNED = "register.contract_signed"
PERFORMED, CHANGED, ENDED = (
    "register.contract_performed",
    "register.contract_changed",
    "register.contract_ended",
)
TAKEN_BACK, DEPOSIT, LETTER = (
    "register.contract_taken_back",
    "register.contract_deposit",
    "register.contract_letter",
)
WANTING, MENDED = "register.contract_wanting", "register.contract_mended"
LATER = (PERFORMED, CHANGED, ENDED, TAKEN_BACK, DEPOSIT, LETTER)
A_PAGE = 40


@dataclass(frozen=True)
class Payment:
    """A sum paid on a contract. part: empty for the price, else what became of the deposit. due_on: its installment.

    back: the contra-voucher that took it back, or empty.
    """

    publication: str
    on: date
    fen: int
    voucher: str
    part: str
    due_on: date | None
    back: str


@dataclass(frozen=True)
class PublicContract:
    """One contract as published. `lines` are its schedule as it stands; `state` as in the register.

    events: later publications of it, each with its day and title. way: `in`, `out`, or empty where it is not said.
    """

    publication: str
    number: str
    title: str
    party: str
    price: Money
    first_price: Money
    starts_on: date
    ends_on: date
    way: str
    case: str
    existing: bool
    lines: tuple[Line, ...]
    done: Money
    state: str
    papers: int
    events: tuple[Publication, ...]
    payments: tuple[Payment, ...]
    deposit: Deposit
    objects: tuple[str, ...]

    @property
    def overdue(self) -> Money:
        """What is overdue."""
        return Money(owed(self.lines))

    @property
    def late_days(self) -> int:
        """How many days the oldest of it is late."""
        return max((one.late_days for one in self.lines if one.overdue), default=0)

    def aged(self, steps: Sequence[int]) -> tuple[int, ...]:
        """What is overdue by how old it is, in fen: up to each step of days, and beyond the last."""
        return ageing(self.lines, steps)

    @property
    def wanting(self) -> bool:
        """Whether something is overdue, or its term is over and nothing was done."""
        return bool(self.overdue.fen) or self.state == "lapsed"


@dataclass(frozen=True)
class PublicContracts:
    """A page of contracts, newest first; `next` is the key to go on before, None at the end."""

    items: tuple[PublicContract, ...]
    count: int
    next: int | None


def contracts_in(village: str, today: date, before: int = 0) -> PublicContracts:
    """The contracts of a village as published; four queries and the edition's."""
    signed = PublicationRow.objects.filter(village=village, kind=SIGNED)
    rows = list((signed.filter(order__lt=before) if before else signed).order_by("-order")[: A_PAGE + 1])
    items = read(village, rows[:A_PAGE], today)
    return PublicContracts(items, signed.count(), rows[A_PAGE - 1].order if len(rows) > A_PAGE else None)


def late_in(village: str, today: date) -> tuple[PublicContract, ...]:
    """Every contract of a village with something overdue or lapsed, as was said in public; the oldest debt first."""
    said = PublicationRow.objects.filter(village=village, kind__in=(WANTING, MENDED)).order_by("order")
    numbers = {number for number, kind in said.values_list("voucher", "kind") if kind == WANTING}
    rows = PublicationRow.objects.filter(village=village, kind=SIGNED, voucher__in=numbers)
    found = [one for one in read(village, list(rows), today) if one.wanting]
    return tuple(sorted(found, key=lambda one: (-one.late_days, one.number)))


def read(village: str, rows: Sequence[PublicationRow], today: date) -> tuple[PublicContract, ...]:
    """The contracts that were published in these rows, with what was published of them later."""
    if not rows:
        return ()
    later: dict[str, list[Publication]] = {}
    numbers = [row.voucher for row in rows]
    told = PublicationRow.objects.filter(village=village, kind__in=LATER, voucher__in=numbers).order_by(
        "order"
    )
    for one in views(told):
        later.setdefault(str(one.data.get("number")), []).append(one)
    remind = kinds_of(today).remind_days
    return tuple(
        _contract(one, later.get(str(one.data.get("number")), []), today, remind)
        for one in opened(views(rows))
    )


def kinds_of(today: date) -> ContractKinds:
    """The district's kinds of contract in force on a day, with its days of reminding and steps of age."""
    return contract_kinds(today)


def _contract(one: Publication, later: list[Publication], today: date, remind: int) -> PublicContract:
    shown = {field.label: field.value or "" for field in one.fields}
    first = Money(int(one.data.get("price_fen") or 0))
    told, later = later, [event for event in later if event.kind != CHANGED or event.occurred_on <= today]
    terms = _terms(one, first, later)
    payments = _payments(later)
    stands = [payment for payment in payments if not payment.back]
    price = [payment for payment in stands if not payment.part]
    done = sum(payment.fen for payment in price)
    ends = [(str(event.data.get("end")), event.occurred_on) for event in later if event.kind == ENDED]
    moves = [(payment.part, payment.fen) for payment in stands if payment.part]
    return PublicContract(
        publication=one.id, number=str(one.data.get("number")), title=str(one.data.get("kind_title") or one.title),
        party=_last(later, "变更后的对方", shown.get("合同对方", "")), price=Money(terms.price_fen), first_price=first,
        starts_on=terms.starts_on, ends_on=terms.ends_on, way=str(one.data.get("way") or ""), case=one.case,
        existing=bool(one.data.get("existing")),
        lines=stand(_schedule(one, later), done, today, back_on(ends, today), _named(price)), done=Money(done),
        state=state(terms, ends, today, remind, lets=bool(one.data.get("lets"))), papers=len(one.papers),
        events=tuple(told), payments=payments, deposit=deposit_of(int(one.data.get("deposit_fen") or 0), moves),
        objects=tuple(str(number) for number in one.data.get("objects") or ()),
    )  # fmt: skip


def _payments(later: Iterable[Publication]) -> tuple[Payment, ...]:
    """What was paid, in the order of publishing; a contra-voucher is said beside what it took back."""
    told = list(later)
    back = {
        str(one.data.get("voucher")): str(one.data.get("contra")) for one in told if one.kind == TAKEN_BACK
    }
    return tuple(
        Payment(
            one.id, one.occurred_on, int(one.data.get("fen") or 0), str(one.data.get("voucher") or ""),
            str(one.data.get("part") or ""), _optional(one.data.get("due_on")),
            back.get(str(one.data.get("voucher") or "-"), ""),
        )
        for one in told
        if one.kind in (PERFORMED, DEPOSIT)
    )  # fmt: skip


def _named(price: Iterable[Payment]) -> dict[date, int]:
    found: dict[date, int] = {}
    for one in price:
        if one.due_on:
            found[one.due_on] = found.get(one.due_on, 0) + one.fen
    return found


def _optional(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _terms(one: Publication, price: Money, later: Iterable[Publication]) -> Terms:
    found = Terms("", price.fen, _day(one.data, "starts_on"), _day(one.data, "ends_on"))
    for event in later:
        if event.kind == CHANGED:
            fen, ends = event.data.get("price_fen"), event.data.get("ends_on")
            found = Terms(
                "",
                found.price_fen if fen is None else int(fen),
                found.starts_on,
                date.fromisoformat(str(ends)) if ends else found.ends_on,
            )
    return found


def _schedule(one: Publication, later: Iterable[Publication]) -> tuple[Installment, ...]:
    told = one.data.get("schedule") or []
    for event in later:
        told = event.data.get("schedule") or told
    return tuple(Installment(date.fromisoformat(str(line["due_on"])), int(line["fen"])) for line in told)


def _last(later: Iterable[Publication], label: str, otherwise: str) -> str:
    """The latest value under a label: empty when it is withheld, the other one when nothing later says it."""
    told = [field.value or "" for event in later for field in event.fields if field.label == label]
    return told[-1] if told else otherwise


def _day(data: Mapping[str, Any], name: str) -> date:
    return date.fromisoformat(str(data[name]))
