"""Contracts with what they agree on, what was performed, what is late, and what ran out with nothing done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Prefetch, Q, QuerySet, Sum

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Citation, Money, Refused
from mingbai.registers.models import ContractRow, PartyLetter, PerformanceRow
from mingbai.registers.rules.contract_kinds import CONTRACTS_FILE, ContractKinds, read_contract_kinds
from mingbai.registers.rules.contract_standing import Terms, back_on, carried, schedule_of, state
from mingbai.registers.rules.deposits import NO_DEPOSIT, Deposit, deposit_of
from mingbai.registers.rules.schedule import Installment, Line, ageing, coming, owed, stand

A_PAGE = 50
EXISTING = "历史合同"
"""What stands for the case of a contract that was signed before the village used the platform."""
_BESIDE = ("terms", "things", "installments", "changes", "ends", "findings")
_PAID = Prefetch("performances", PerformanceRow.objects.select_related("back"))


@dataclass(frozen=True)
class Event:
    """Something that became of a contract: a change, a payment, an end."""

    on: date
    kind: str
    words: str
    fen: int | None = None


@dataclass(frozen=True)
class Finding:
    """Something unlawful in a contract that was signed before the village used the platform, and its article."""

    key: str
    words: str
    basis: Citation


@dataclass(frozen=True)
class Agreed:
    """A contract as it stands on a day. `lines` are its schedule with what was performed; sums in fen.

    state: coming, running, expiring, ended, lapsed or closed (`rules.contract_standing.state`).
    way: `in` when the village is paid, `out` when it pays, empty for a contract without terms.
    """

    number: str
    village: str
    case: str
    kind: str
    way: str
    terms: Terms
    first: Terms
    signed_on: date
    floor_fen: int | None
    floor_basis: str
    deposit_fen: int
    existing: bool
    objects: tuple[str, ...]
    lines: tuple[Line, ...]
    done_fen: int
    state: str
    events: tuple[Event, ...]
    findings: tuple[Finding, ...] = ()
    deposit: Deposit = NO_DEPOSIT

    @property
    def untold(self) -> bool:
        """Whether its terms are still to be stated: it was signed in a case, or brought in, without them."""
        return not self.kind

    @property
    def price(self) -> Money:
        """The price as it stands."""
        return Money(self.terms.price_fen)

    @property
    def overdue(self) -> Money:
        """What is overdue."""
        return Money(owed(self.lines))

    @property
    def late_days(self) -> int:
        """How many days the oldest of it is late."""
        return max((one.late_days for one in self.lines if one.overdue), default=0)

    @property
    def left(self) -> Money:
        """What of the price is still to be performed; what an early end made void is not."""
        void = sum(one.fen - one.done for one in self.lines if one.void)
        return Money(max(self.terms.price_fen - self.done_fen - void, 0))

    @property
    def below_floor(self) -> bool:
        """Whether the price is below the floor that was decided (R49)."""
        return self.floor_fen is not None and self.terms.price_fen < self.floor_fen


@dataclass(frozen=True)
class Aged:
    """What is overdue by party, in fen: in steps of age, the last beyond all of them."""

    party: str
    way: str
    contracts: tuple[str, ...]
    buckets: tuple[int, ...]

    @property
    def total(self) -> Money:
        """All of it."""
        return Money(sum(self.buckets))


@dataclass(frozen=True)
class AgreedPage:
    """Contracts by number; `next` is the number to go on after, empty at the end."""

    items: tuple[Agreed, ...]
    next: str


@lru_cache(maxsize=8)
def _read(text: str) -> ContractKinds:
    return read_contract_kinds(text)


def contract_kinds(on: date, edition: Edition | None = None) -> ContractKinds:
    """The kinds of contract in force on a day. Raises `Refused` when the edition of that day has none."""
    text = (edition or catalogue.current(on)).files.get(CONTRACTS_FILE)
    if text is None:
        raise Refused("本版清单没有合同的种类", remedy="由区级把 contracts.yaml 补进清单再登记")
    return _read(text)


def agreed(number: str, on: date, kinds: ContractKinds | None = None) -> Agreed:
    """One contract. Raises `Refused` when there is none of that number."""
    found = _views(ContractRow.objects.filter(number=number), on, kinds)
    if not found:
        raise Refused(f"合同台账中没有“{number[:40]}”", remedy="请核对合同编号")
    return found[0]


def agreed_page(village: str, on: date, after: str = "") -> AgreedPage:
    """A page of a village's contracts by number."""
    rows = ContractRow.objects.filter(village=village, number__gt=after).order_by("number")
    found = _views(rows[: A_PAGE + 1], on)
    return AgreedPage(found[:A_PAGE], found[A_PAGE - 1].number if len(found) > A_PAGE else "")


def all_agreed(village: str, on: date, kinds: ContractKinds | None = None) -> tuple[Agreed, ...]:
    """Every contract of a village, by number."""
    return _views(ContractRow.objects.filter(village=village).order_by("number"), on, kinds)


def of_object(object: str, on: date) -> tuple[Agreed, ...]:
    """The contracts that are about an asset or resource, by number."""
    return _views(ContractRow.objects.filter(things__object=object).order_by("number"), on)


def wanting(found: Iterable[Agreed]) -> tuple[Agreed, ...]:
    """Those that want somebody: overdue, lapsed, expiring, below their floor, without their terms, unlawful and not
    yet over; the oldest debt first."""
    wanted = [
        one
        for one in found
        if one.overdue.fen
        or one.state in ("lapsed", "expiring")
        or one.below_floor
        or one.untold
        or (one.findings and one.state not in ("closed", "ended"))
    ]
    return tuple(sorted(wanted, key=lambda one: (-one.late_days, one.terms.ends_on, one.number)))


def aged(found: Iterable[Agreed], steps: Sequence[int]) -> tuple[Aged, ...]:
    """Receivables and debts that are overdue, by party and way, the largest first."""
    parties: dict[tuple[str, str], list[Agreed]] = {}
    for one in found:
        if one.overdue.fen:
            parties.setdefault((one.terms.party, one.way), []).append(one)
    made = [
        Aged(party, way, tuple(one.number for one in some), _sums([ageing(one.lines, steps) for one in some]))
        for (party, way), some in parties.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.total.fen, one.party)))


def due_soon(one: Agreed, on: date, days: int) -> Money:
    """What of a contract falls due within so many days."""
    return Money(coming(one.lines, on, days))


def villages_with_contracts() -> tuple[str, ...]:
    """The villages that have a contract."""
    return tuple(ContractRow.objects.order_by("village").values_list("village", flat=True).distinct())


def performed(number: str) -> int:
    """What was performed on a contract so far, in fen."""
    told = Q(contract__number=number, part__isnull=True, back__isnull=True)
    return int(PerformanceRow.objects.filter(told).aggregate(done=Sum("fen"))["done"] or 0)


def paid_by(village: str, voucher: str) -> int:
    """What a voucher was said to have paid on contracts of a village, in fen."""
    told = Q(contract__village=village, voucher=voucher, back__isnull=True)
    return int(PerformanceRow.objects.filter(told).aggregate(done=Sum("fen"))["done"] or 0)


def letters(number: str, on: date) -> tuple[str, ...]:
    """Who beside the party may pay or be paid on a contract, by a paper on file; by name."""
    rows = PartyLetter.objects.filter(contract__number=number, on__lte=on).order_by("name")
    return tuple(rows.values_list("name", flat=True))


def _sums(rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _views(rows: QuerySet[ContractRow], on: date, kinds: ContractKinds | None = None) -> tuple[Agreed, ...]:
    found = list(rows.select_related("terms").prefetch_related(*_BESIDE[1:], _PAID))
    listed = (kinds or contract_kinds(on)) if found else None
    return tuple(_view(row, on, listed) for row in found) if listed else ()


def _view(row: ContractRow, on: date, kinds: ContractKinds) -> Agreed:
    told, changes = getattr(row, "terms", None), sorted(row.changes.all(), key=lambda one: one.id)
    first = Terms(row.party, row.price_fen, row.starts_on, row.ends_on)
    terms = carried(first, changes, on)
    versions = sorted(row.installments.all(), key=lambda one: (one.version, one.line))
    schedule = schedule_of([(one.version, Installment(one.due_on, one.fen)) for one in versions], changes, on)
    paid = _stands(row.performances.all(), on)
    done = sum(one.fen for one in paid if one.part is None)
    deposit = deposit_of(told.deposit_fen if told else 0, [(one.part, one.fen) for one in paid if one.part])
    lets = bool(told) and any(one.id == told.kind and one.lets for one in kinds.kinds)
    ends = [(one.kind, one.on) for one in row.ends.all()]
    return Agreed(
        number=row.number, village=row.village, case="" if row.case == EXISTING else row.case,
        kind=told.kind if told else "", way=told.way if told else "", terms=terms, first=first,
        signed_on=row.signed_on, floor_fen=told.floor_fen if told else None,
        floor_basis=told.floor_basis if told else "", deposit_fen=told.deposit_fen if told else 0,
        existing=bool(told and told.existing), objects=tuple(sorted(one.object for one in row.things.all())),
        lines=stand(schedule, done, on, back_on(ends, on), _named(paid)), done_fen=done, deposit=deposit,
        state=state(terms, ends, on, kinds.remind_days, lets=lets), events=_events(row),
        findings=tuple(Finding(one.key, one.words, Citation(one.law, one.article)) for one in row.findings.all()),
    )  # fmt: skip


def _stands(rows: Iterable[PerformanceRow], on: date) -> list[PerformanceRow]:
    """What was paid up to a day and was not taken back by then."""
    back = {one.pk: one.back.on for one in rows if hasattr(one, "back")}
    return [one for one in rows if one.on <= on < back.get(one.pk, date.max)]


def _named(paid: Iterable[PerformanceRow]) -> dict[date, int]:
    """What was said to be for the installments of a day, in fen."""
    found: dict[date, int] = {}
    for one in paid:
        if one.due_on is not None and one.part is None:
            found[one.due_on] = found.get(one.due_on, 0) + one.fen
    return found


def _events(row: ContractRow) -> tuple[Event, ...]:
    found = [Event(one.on, "changed", one.basis, one.price_fen) for one in row.changes.all()]
    paid = list(row.performances.all())
    found += [Event(one.on, one.part or "performed", one.basis or one.voucher, one.fen) for one in paid]
    found += [
        Event(one.back.on, "undone", f"{one.voucher} ← {one.back.voucher}", one.fen)
        for one in paid
        if hasattr(one, "back")
    ]
    found += [Event(one.on, one.kind, one.basis) for one in row.ends.all()]
    return tuple(sorted(found, key=lambda one: one.on))
