"""Calls for quotes as they stand. Before the opening only how many came is known, never from whom nor for how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mingbai.kernel import Money, Refused
from mingbai.organisations import queries as organisations
from mingbai.procurement.models import Call, Invitation, OpenedQuote, Quote
from mingbai.procurement.queries.suppliers import names_of
from mingbai.procurement.rules.quotes import ENOUGH, OPENERS, winner


@dataclass(frozen=True)
class OpenerView:
    """One of the two who open; `signed` once the code was typed at the opening."""

    person: str
    office: str
    office_title: str
    signed: bool


@dataclass(frozen=True)
class Opened:
    """One quote after the opening; `fault` says why it does not count, `fen` is None when it could not be read."""

    order: int
    uscc: str
    supplier: str
    fen: int | None
    note: str
    nonce: str
    commitment: str
    fault: str

    @property
    def yuan(self) -> str:
        """The price in yuan; empty when the quote could not be read."""
        return "" if self.fen is None else Money(self.fen).yuan()


@dataclass(frozen=True)
class CallView:
    """A call for quotes. `quotes` is empty before the opening; `received` counts what was not taken back."""

    number: str
    village: str
    case: str
    step: str
    title: str
    turn: int
    round: int
    deadline: datetime
    offices: tuple[str, ...]
    openers: tuple[OpenerView, ...]
    invited: tuple[str, ...]
    received: int
    abandoned: str
    opened_at: datetime | None
    quotes: tuple[Opened, ...]

    @property
    def ready(self) -> bool:
        """Whether both openers hold a code, so that quotes can be sealed."""
        return len(self.openers) == OPENERS

    @property
    def valid(self) -> tuple[Opened, ...]:
        """The quotes that count."""
        return tuple(one for one in self.quotes if not one.fault)

    @property
    def enough(self) -> bool:
        """Whether three or more count (R04)."""
        return len(self.valid) >= ENOUGH

    @property
    def winner(self) -> Opened | None:
        """The quote that wins; None before the opening or when none counts."""
        order = winner((one.order, one.fen) for one in self.valid if one.fen is not None)
        return next((one for one in self.valid if one.order == order), None)

    @property
    def over(self) -> bool:
        """Whether nothing can be quoted any more."""
        return bool(self.abandoned) or self.opened_at is not None


def call(number: str) -> CallView:
    """One call.

    Raises:
        Refused: no such call.
    """
    row = Call.objects.select_related("opening", "abandoned").filter(number=number).first()
    if row is None:
        raise Refused("没有这次询价", remedy="核对编号")
    return _view(row)


def call_of(case: str, step: str, turn: int | None = None) -> CallView | None:
    """The latest call of a step of a case (of one visit with `turn`); None when there was none."""
    rows = Call.objects.filter(case=case, step=step).select_related("opening", "abandoned")
    row = (rows if turn is None else rows.filter(turn=turn)).order_by("-round").first()
    return _view(row) if row else None


def calls_of(villages: Iterable[str], limit: int = 50) -> tuple[CallView, ...]:
    """The latest calls of some villages by deadline; of each only what a list shows."""
    rows = Call.objects.filter(village__in=list(villages)).order_by("-deadline", "number")
    rows = rows.select_related("opening", "abandoned")[:limit]
    return tuple(_listed(row) for row in rows)


def _listed(row: Call) -> CallView:
    opening = getattr(row, "opening", None)
    return CallView(
        row.number, row.village, row.case, row.step, row.title, row.turn, row.round, row.deadline,
        tuple(row.offices), (), (), opening.received if opening else 0, _why(row),
        opening.recorded_at if opening else None, (),
    )  # fmt: skip


def _why(row: Call) -> str:
    abandoned = getattr(row, "abandoned", None)
    return abandoned.reason if abandoned else ""


def _view(row: Call) -> CallView:
    opening = getattr(row, "opening", None)
    invited = names_of(Invitation.objects.filter(call=row).values("uscc"))
    quotes = _opened(row, invited) if opening else ()
    return CallView(
        row.number, row.village, row.case, row.step, row.title, row.turn, row.round, row.deadline,
        tuple(row.offices), _openers(row), tuple(invited.values()),
        opening.received if opening else Quote.objects.filter(call=row, withdrawal__isnull=True).count(), _why(row),
        opening.recorded_at if opening else None, quotes,
    )  # fmt: skip


def _openers(row: Call) -> tuple[OpenerView, ...]:
    return tuple(
        OpenerView(one.person, one.office, organisations.office_title(one.office), hasattr(one, "signed"))
        for one in row.openers.select_related("signed").order_by("id")
    )


def _opened(row: Call, names: dict[str, str]) -> tuple[Opened, ...]:
    rows = OpenedQuote.objects.filter(quote__call=row).order_by("quote__order")
    found = []
    for one in rows.select_related("quote__invitation", "quote__set_aside"):
        aside = getattr(one.quote, "set_aside", None)
        code = one.quote.invitation.uscc
        fault = one.fault or (f"不符合要求：{aside.reason}" if aside else "")
        found.append(
            Opened(one.quote.order, code, names.get(code, code), one.fen, one.note, one.nonce, one.quote.commitment, fault)
        )  # fmt: skip
    return tuple(found)
