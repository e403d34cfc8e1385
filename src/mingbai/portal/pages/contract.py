"""One contract: what was agreed, what falls due when, every sum paid with its voucher, what changed, its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Payment, Publication
from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.organisations.queries import DivisionView
from mingbai.portal.pages.contracts import WIDTH, Told, told
from mingbai.portal.pages.telling import Paper, papers_of

_PAYING = ("register.contract_performed", "register.contract_deposit", "register.contract_taken_back")


@dataclass(frozen=True)
class Paid:
    """A sum with what it was for and the pages of its voucher and of the contra-voucher that took it back."""

    one: Payment
    words: str
    voucher: str
    back: str


@dataclass(frozen=True)
class Thing:
    """An asset or resource that the contract is about; `picture` is an address or empty."""

    publication: str
    name: str
    number: str
    picture: str


@dataclass(frozen=True)
class ContractPage:
    """Everything the page shows. `rest` is what of the price is still to be paid, in fen; `findings` what is unlawful."""

    village: DivisionView
    town: DivisionView
    told: Told
    signed: Publication
    way: str
    floor: Money | None
    things: tuple[Thing, ...]
    paid: tuple[Paid, ...]
    changes: tuple[Publication, ...]
    papers: tuple[Paper, ...]
    rest: int
    findings: tuple[str, ...]
    width: int = WIDTH


def contract_page(code: str, number: str, today: date) -> ContractPage | None:
    """One contract of a village, or None where none of that number was published.

    Raises:
        Refused: no such village.
    """
    village, town = organisations.village_and_town(code)
    found = disclosure.contract_whole(code, number, today)
    if found is None:
        return None
    one, signed = found.one, found.signed
    void = sum(line.fen - line.done for line in one.lines if line.void)
    return ContractPage(
        village=village, town=town, told=told(one, today), signed=signed, way=_way(one.way), floor=_floor(signed),
        things=tuple(
            Thing(it.publication, it.name, it.number, f"/p/{it.picture[0]}/papers/{it.picture[1]}" if it.picture[1] else "")
            for it in found.things
        ),
        paid=tuple(_paid(it, found.vouchers, one.way) for it in one.payments),
        changes=tuple(event for event in one.events if event.kind not in _PAYING),
        papers=papers_of(signed), rest=max(one.price.fen - one.done.fen - void, 0),
        findings=tuple(str(it.get("words")) for it in signed.data.get("findings") or ()),
    )  # fmt: skip


def _paid(one: Payment, vouchers: Mapping[str, str], way: str) -> Paid:
    return Paid(one, _what(one, way), vouchers.get(one.voucher, ""), vouchers.get(one.back, ""))


def _what(one: Payment, way: str) -> str:
    if one.part:
        return {
            "deposit-in": _("收到押金"),
            "deposit-back": _("退还押金"),
            "deposit-kept": _("押金不退"),
        }.get(one.part, "")
    return {"in": _("村里收到"), "out": _("村里付出")}.get(way, _("收付"))


def _way(way: str) -> str:
    return {"in": _("对方付给村里"), "out": _("村里付给对方")}.get(way, "")


def _floor(signed: Publication) -> Money | None:
    fen = signed.data.get("floor_fen")
    return Money(int(fen)) if fen else None
