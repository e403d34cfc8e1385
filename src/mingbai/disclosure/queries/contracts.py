"""The public contracts of a village: schedule, what was performed and what is late, all derived from what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, opened, views
from mingbai.kernel import Money
from mingbai.registers.rules.contract_standing import Terms, back_on, state
from mingbai.registers.rules.schedule import Installment, Line, owed, stand

SIGNED = "register.contract_signed"
PERFORMED, CHANGED, ENDED = (
    "register.contract_performed",
    "register.contract_changed",
    "register.contract_ended",
)
A_PAGE = 40
REMIND_DAYS = 60


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

    @property
    def overdue(self) -> Money:
        """What is overdue."""
        return Money(owed(self.lines))

    @property
    def late_days(self) -> int:
        """How many days the oldest of it is late."""
        return max((one.late_days for one in self.lines if one.overdue), default=0)


@dataclass(frozen=True)
class PublicContracts:
    """A page of contracts, newest first; `next` is the key to go on before, None at the end."""

    items: tuple[PublicContract, ...]
    count: int
    next: int | None


def contracts_in(village: str, today: date, before: int = 0) -> PublicContracts:
    """The contracts of a village as published; four queries."""
    signed = PublicationRow.objects.filter(village=village, kind=SIGNED)
    rows = list((signed.filter(order__lt=before) if before else signed).order_by("-order")[: A_PAGE + 1])
    found = opened(views(rows[:A_PAGE]))
    later: dict[str, list[Publication]] = {}
    numbers = [row.voucher for row in rows[:A_PAGE]]
    told = PublicationRow.objects.filter(
        village=village, kind__in=(PERFORMED, CHANGED, ENDED), voucher__in=numbers
    ).order_by("order")
    for one in views(told):
        later.setdefault(str(one.data.get("number")), []).append(one)
    items = tuple(_contract(one, later.get(str(one.data.get("number")), []), today) for one in found)
    return PublicContracts(items, signed.count(), rows[A_PAGE - 1].order if len(rows) > A_PAGE else None)


def _contract(one: Publication, later: list[Publication], today: date) -> PublicContract:
    shown = {field.label: field.value or "" for field in one.fields}
    first = Money(int(one.data.get("price_fen") or 0))
    told, later = later, [event for event in later if event.kind != CHANGED or event.occurred_on <= today]
    terms = _terms(one, first, later)
    done = sum(int(event.data.get("fen") or 0) for event in later if event.kind == PERFORMED)
    ends = [(str(event.data.get("end")), event.occurred_on) for event in later if event.kind == ENDED]
    return PublicContract(
        publication=one.id, number=str(one.data.get("number")), title=str(one.data.get("kind_title") or one.title),
        party=_last(later, "变更后的对方", shown.get("合同对方", "")), price=Money(terms.price_fen), first_price=first,
        starts_on=terms.starts_on, ends_on=terms.ends_on, way=str(one.data.get("way") or ""), case=one.case,
        existing=bool(one.data.get("existing")),
        lines=stand(_schedule(one, later), done, today, back_on(ends, today)), done=Money(done),
        state=state(terms, ends, today, REMIND_DAYS, lets=bool(one.data.get("lets"))), papers=len(one.papers), events=tuple(told),
    )  # fmt: skip


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
