"""`cash.yaml`: what a district says of cash, advances, payees and files for the bank, each dated. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mingbai.kernel import BadFile, Citation, Confidence, Money, Refused, line_of, load_located, validate
from mingbai.ledger.rules.accounts import CitationText, Code
from mingbai.ledger.rules.transfers import LayoutText, TransferLayout, as_layout

CASH_FILE = "cash.yaml"
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
Days = Annotated[int, Field(ge=0, le=3660)]


@dataclass(frozen=True)
class DatedSum:
    """From `since` on so much, in one village or (empty) in all."""

    since: date
    limit: Money
    village: str
    citation: Citation


@dataclass(frozen=True)
class DatedDays:
    """From `since` on so many days."""

    since: date
    days: int
    citation: Citation


@dataclass(frozen=True)
class AdvanceKind:
    """What an advance may be for, and after how many days at the latest it is settled."""

    id: str
    title: str
    days: int
    official: bool
    citation: Citation


@dataclass(frozen=True)
class Handling:
    """The whole of `cash.yaml`. `answer_days`: after so many days without a word from the bank, it is asked."""

    in_hand: tuple[DatedSum, ...]
    banked_within: tuple[DatedDays, ...]
    retained: tuple[DatedSum, ...]
    account: str
    petty_parameter: str
    petty_days: int
    petty_citation: Citation
    advances: tuple[AdvanceKind, ...]
    managers: frozenset[str]
    cadres: frozenset[str]
    rolls: frozenset[str]
    answer_days: int
    transfer_citation: Citation
    layouts: tuple[TransferLayout, ...]

    def cash_limit(self, village: str, on: date) -> DatedSum | None:
        """What may lie in cash in a village on a day; its own line wins. None when nothing is set."""
        return _own_first(self.in_hand, village, on)

    def may_retain(self, village: str, on: date) -> Money:
        """What the bank allows to be paid out of cash income (坐支); nothing unless it said so."""
        found = _own_first(self.retained, village, on)
        return found.limit if found else Money(0)

    def deposit_rule(self, on: date) -> DatedDays | None:
        """Within how many days cash income is banked."""
        return max((x for x in self.banked_within if x.since <= on), key=lambda x: x.since, default=None)

    def advance(self, kind: str) -> AdvanceKind:
        """A kind of advance. Raises `Refused` for one that the district does not have."""
        for one in self.advances:
            if one.id == kind:
                return one
        raise Refused(
            "没有这种借支", remedy="从借支种类里选一种：" + "、".join(x.title for x in self.advances)
        )

    def layout(self, id: str) -> TransferLayout:
        """A layout of instruction files. Raises `Refused` for one that the district does not have."""
        for one in self.layouts:
            if one.id == id:
                return one
        raise Refused("没有这种转账文件格式", remedy="从格式里选一种")


def _own_first(rows: Iterable[DatedSum], village: str, on: date) -> DatedSum | None:
    fitting = [one for one in rows if one.since <= on and one.village in ("", village)]
    return max(fitting, key=lambda one: (one.village != "", one.since), default=None)


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SumText(_Text):
    """A sum in fen from a date on."""

    since: date
    fen: Annotated[int, Field(gt=0)]
    village: Annotated[str, StringConstraints(pattern=r"^([0-9]{12})?$")] = ""
    citation: CitationText


class DaysText(_Text):
    """A number of days from a date on."""

    since: date
    days: Days
    citation: CitationText


class AccountText(_Text):
    """Where advances stand."""

    code: Code
    citation: CitationText


class PettyText(_Text):
    """Petty cash: the parameter of its limit, and its longest time."""

    parameter: Id
    days: Days
    citation: CitationText


class KindText(_Text):
    """A kind of advance."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    days: Days
    official: bool
    citation: CitationText


class TransfersText(_Text):
    """Files of instructions."""

    answer_days: Days
    citation: CitationText
    layouts: Annotated[list[LayoutText], Field(min_length=1)]


class HandlingText(_Text):
    """The whole file."""

    in_hand: list[SumText]
    banked_within: list[DaysText]
    retained: list[SumText]
    account: AccountText
    petty: PettyText
    advances: Annotated[list[KindText], Field(min_length=1)]
    managers: list[Id]
    cadres: list[Id]
    rolls: list[Id]
    transfers: TransfersText


def read_handling(text: str, filename: str = CASH_FILE) -> Handling:
    """The rules of a district. Raises `BadFile` for a kind or a layout twice."""
    raw = validate(HandlingText, text, filename)
    for path, ids in (
        (("advances",), [one.id for one in raw.advances]),
        (("transfers", "layouts"), [one.id for one in raw.transfers.layouts]),
    ):
        if len(set(ids)) != len(ids):
            raise BadFile(filename, line_of(load_located(text, filename)[1], path), "有编号重复")
    return Handling(
        in_hand=_sums(raw.in_hand),
        banked_within=tuple(DatedDays(x.since, x.days, x.citation.citation()) for x in raw.banked_within),
        retained=_sums(raw.retained),
        account=raw.account.code,
        petty_parameter=raw.petty.parameter,
        petty_days=raw.petty.days,
        petty_citation=raw.petty.citation.citation(),
        advances=tuple(
            AdvanceKind(x.id, x.title, x.days, x.official, x.citation.citation()) for x in raw.advances
        ),
        managers=frozenset(raw.managers),
        cadres=frozenset(raw.cadres),
        rolls=frozenset(raw.rolls),
        answer_days=raw.transfers.answer_days,
        transfer_citation=raw.transfers.citation.citation(),
        layouts=tuple(as_layout(one) for one in raw.transfers.layouts),
    )


def _sums(rows: Iterable[SumText]) -> tuple[DatedSum, ...]:
    return tuple(DatedSum(x.since, Money(x.fen), x.village, x.citation.citation()) for x in rows)


NO_RULES = Handling(
    in_hand=(), banked_within=(), retained=(), account="", petty_parameter="", petty_days=0,
    petty_citation=Citation("cash", "第9条", Confidence.assumed), advances=(), managers=frozenset(),
    cadres=frozenset(), rolls=frozenset(), answer_days=0,
    transfer_citation=Citation("cash", "第9条", Confidence.assumed), layouts=(),
)  # fmt: skip
"""What an edition without `cash.yaml` says: nothing binds, and nothing can be advanced or instructed."""
