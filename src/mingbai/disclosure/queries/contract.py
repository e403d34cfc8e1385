"""One public contract with what stands around it: the things it is about, the vouchers it was paid by, its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.assets import PublicObject, objects_named
from mingbai.disclosure.queries.contracts import SIGNED, PublicContract, read
from mingbai.disclosure.queries.reading import Publication, opened, view
from mingbai.disclosure.rules.documents import public_id

VOUCHER = "ledger.voucher_posted"


@dataclass(frozen=True)
class ContractWhole:
    """A contract; `signed` is its first publication with the papers as they may be seen now.

    vouchers: the publication of each voucher that it was paid by, by the voucher's number.
    """

    one: PublicContract
    signed: Publication
    things: tuple[PublicObject, ...]
    vouchers: Mapping[str, str]


def contract_whole(village: str, number: str, today: date) -> ContractWhole | None:
    """One contract of a village as published, or None; at most nine queries."""
    row = (
        PublicationRow.objects.filter(village=village, kind=SIGNED, voucher=number).order_by("order").first()
    )
    if row is None:
        return None
    (one,) = read(village, [row], today)
    return ContractWhole(one, opened([view(row)])[0], _things(village, one), _vouchers(village, one))


def _things(village: str, one: PublicContract) -> tuple[PublicObject, ...]:
    return objects_named(village, one.objects) if one.objects else ()


def _vouchers(village: str, one: PublicContract) -> dict[str, str]:
    numbers = {paid.voucher for paid in one.payments} | {paid.back for paid in one.payments}
    rows = PublicationRow.objects.filter(village=village, kind=VOUCHER, voucher__in=numbers - {""})
    found = rows.order_by("order").values_list("voucher", "number") if numbers - {""} else ()
    return {voucher: public_id(village, order) for voucher, order in found}
