"""Whether a parcel may be let on the terms of a list: its household's mandate, what is left of its contract, no other letting.

Areas are whole 0.01 mu (亩), sums whole fen, days inclusive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mingbai.kernel import Citation, Money, Refused
from mingbai.land.rules.settings import Part

MANDATE = Citation("land-transfer-2021", "第8条")
REMAINING = Citation("land-contract", "第38条第3项")
TO_HOUSEHOLD = Citation("land-contract", "第39条")
TERMS = Citation("land-contract", "第40条")
OUTSIDE = Citation("land-contract", "第52条")


@dataclass(frozen=True)
class Terms:
    """What is agreed: first and last day, fen per mu and year, whether the recipient is outside the collective."""

    since: date
    until: date
    fen: int
    outside: bool


@dataclass(frozen=True)
class Mandate:
    """A household's written will for one parcel; `withdrawn` is the first day on which it no longer holds."""

    id: int
    since: date
    until: date
    floor_fen: int
    members_only: bool
    withdrawn: date | None = None

    @property
    def last(self) -> date:
        """The last day that it covers."""
        return self.until if self.withdrawn is None else min(self.until, self.withdrawn - timedelta(days=1))


@dataclass(frozen=True)
class Letting:
    """A parcel stands on a list from a day to a day."""

    number: str
    since: date
    until: date


@dataclass(frozen=True)
class Plot:
    """A parcel as it stands: `household` is whose it is, `until` the last day of the contract; None: no such day."""

    id: int
    number: str
    household: str
    area: int
    until: date | None
    collective: bool
    mandates: tuple[Mandate, ...] = ()
    lettings: tuple[Letting, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What a parcel lacks, in plain words, with its article (`rule` R50, R51; empty for the others)."""

    rule: str
    reason: str
    citation: Citation

    def refusal(self, plot: Plot) -> Refused:
        """The refusal that names household and parcel."""
        return Refused(
            f"{plot.household}的{plot.number}号地块：{self.reason}", basis=self.citation,
            remedy="把这块地从清单里去掉，或者补齐以后再列",
        )  # fmt: skip


def check_terms(terms: Terms) -> None:
    """Refuse terms that are none: a last day before the first, no price.

    Raises:
        Refused: so.
    """
    if terms.until < terms.since or terms.fen <= 0:
        raise Refused("期限写反了，或者没有写价", basis=TERMS, remedy="写明从哪天到哪天、每亩每年多少钱")


def faults(plot: Plot, terms: Terms, today: date) -> tuple[Fault, ...]:
    """Everything that stands between a parcel and the list (R50, R51, a second letting)."""
    found = [*_beyond(plot, terms), *_twice(plot, terms)]
    if plot.collective or chosen(plot, terms, today) is not None:
        return tuple(found)
    return (Fault("R50", _without(plot, terms, today), MANDATE), *found)


def chosen(plot: Plot, terms: Terms, today: date) -> Mandate | None:
    """The newest mandate that covers the whole term, the price and the recipient, and holds today."""
    able = [one for one in plot.mandates if not _short(one, terms, today)]
    return max(able, key=lambda one: one.id, default=None)


def _short(one: Mandate, terms: Terms, today: date) -> str:
    """Why a mandate does not do; empty when it does."""
    if one.withdrawn is not None and one.withdrawn <= today:
        return "委托已经撤回"
    if one.last < today:
        return "委托已经到期"
    if one.since > terms.since or one.last < terms.until:
        return f"委托只管{one.since.isoformat()}到{one.last.isoformat()}，管不住整个流转期限"
    if terms.fen < one.floor_fen:
        return f"价格比委托书写的最低价（每亩每年{Money(one.floor_fen).yuan()}元）低"
    return "委托书写明只流转给本集体成员" if one.members_only and terms.outside else ""


def _without(plot: Plot, terms: Terms, today: date) -> str:
    if not plot.mandates:
        return "没有本户的书面委托"
    return _short(max(plot.mandates, key=lambda one: one.id), terms, today)


def _beyond(plot: Plot, terms: Terms) -> Iterable[Fault]:
    if plot.until is not None and terms.until > plot.until:
        said = f"承包到{plot.until.isoformat()}为止，流转到{terms.until.isoformat()}超过了剩下的期限"
        yield Fault("R51", said, REMAINING)


def _twice(plot: Plot, terms: Terms) -> Iterable[Fault]:
    for one in plot.lettings:
        if one.since <= terms.until and terms.since <= one.until:
            said = f"{one.since.isoformat()}到{one.until.isoformat()}已经在{one.number}上流转了"
            yield Fault("", said, TERMS)


def check_outside(
    rule: Part, outside: bool, yes: int, all_of_them: int, resolution: str, approval: str
) -> None:
    """Refuse to let collective land to outsiders without two thirds and the town's approval (R53).

    Raises:
        Refused: no resolution, fewer than the share agreed, no approval.
    """
    if not outside:
        return
    basis = rule.citation.spoken()
    enough = all_of_them > 0 and yes <= all_of_them and yes * rule.of >= all_of_them * rule.part
    if not resolution or not enough:
        raise Refused(
            f"集体的地包给本集体以外的，要全体的{rule.of}分之{rule.part}以上同意；现在{all_of_them}人里{yes}人同意",
            basis=basis, remedy="先由成员大会或者代表会议决定，登记决议",
        )  # fmt: skip
    if not approval:
        raise Refused(
            "集体的地包给本集体以外的，还没有镇政府批准", basis=basis, remedy="报镇政府批准以后再列"
        )


def rent(area: int, fen: int) -> int:
    """Fen for a year: 0.01 mu times fen per mu, half a fen and more counts as one."""
    return (area * fen * 2 + 100) // 200


def anniversary(since: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 1 March of a year without it."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return date(since.year + years, 3, 1)


def years_of(since: date, until: date) -> int:
    """How many payment years a term has, a last broken one too."""
    count = 1
    while anniversary(since, count) <= until:
        count += 1
    return count


def due_for(since: date, until: date, yearly: int, year: int) -> int:
    """Fen due for the payment year (from 1); a last broken year by its days, rounded half up.

    Raises:
        Refused: the term has no such year.
    """
    if not 1 <= year <= years_of(since, until):
        raise Refused("流转期里没有这一年", basis=TERMS, remedy="核对第几年")
    first, after = anniversary(since, year - 1), anniversary(since, year)
    days, whole = (min(after, until + timedelta(days=1)) - first).days, (after - first).days
    return (yearly * days * 2 + whole) // (2 * whole)
