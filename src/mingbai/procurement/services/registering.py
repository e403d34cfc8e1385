"""Suppliers and who they belong to, declared and dated; a later declaration counts instead of the earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mingbai.journal import services as journal
from mingbai.journal.numbering import hold
from mingbai.kernel import Refused, scan_text
from mingbai.organisations.rules import Actor
from mingbai.procurement import events
from mingbai.procurement.models import Owner, Relation, Supplier
from mingbai.procurement.queries.suppliers import firm, named
from mingbai.procurement.rules.suppliers import KINDS, RELATED, Firm, Held, read_uscc, refuse_shares
from mingbai.procurement.services.moment import acting_office, legal_day

REGISTER = (
    "village_committee",
    "village_committee_director",
    "bookkeeper",
    "town_government",
    "town_sanzi_center",
)
TELL_APART = ("town_government", "town_sanzi_center")
"""Who may say that two of one name are two persons: an office above the village, with the papers in hand."""


@transaction.atomic
def register_supplier(
    *, uscc: str, name: str, legal: str, owners: Sequence[Held], village: str, by: Actor, at: datetime
) -> Firm:
    """Register a supplier, or declare it anew: name, legal representative, shareholders.

    Raises:
        Refused: not an office that registers, a wrong code, no name, another code has the name, impossible shares.
    """
    office = acting_office(by, village, REGISTER, at)
    code = read_uscc(uscc)
    said, head = _word("供应商名称", name, 120), _word("法定代表人", legal, 60)
    held = [Held(_word("股东", one.name, 120), one.percent) for one in owners]
    refuse_shares(held)
    hold("procurement-suppliers")
    if any(one.uscc != code for one in named([said])):
        raise Refused(f"“{said}”已经用另一个代码登记过", remedy="核对营业执照；改了名的，先更正那一个")
    row = Supplier.objects.create(
        uscc=code, name=said, legal=head, person=by.person, office=office, recorded_at=at
    )
    Owner.objects.bulk_create(Owner(supplier=row, name=one.name, percent=one.percent) for one in held)
    _record(events.SUPPLIER, f"supplier:{code}", village, by, office, at, {"uscc": code, "owners": len(held)})
    return Firm(code, said, head, tuple(held))


@transaction.atomic
def relate_suppliers(
    *, first: str, second: str, kind: str, reason: str, village: str, by: Actor, at: datetime
) -> None:
    """Say that two suppliers belong together, or (`distinct`) that one name is of two persons.

    Raises:
        Refused: not an office that may, not registered, one and the same, an unknown kind, no reason.
    """
    office = acting_office(by, village, TELL_APART if kind == "distinct" else REGISTER, at)
    if kind not in KINDS or first == second:
        raise Refused("关系要在两个供应商之间，并从所列的几种里选", basis=RELATED, remedy="重新选")
    one, other = sorted((firm(first).uscc, firm(second).uscc))
    why = _word("依据", reason, 200)
    Relation.objects.create(
        first=one, second=other, kind=kind, reason=why, person=by.person, office=office, recorded_at=at
    )
    data = {"first": one, "second": other, "kind": kind}
    _record(events.RELATED, f"supplier:{one}", village, by, office, at, data)


def _word(label: str, text: str, longest: int) -> str:
    word = " ".join(text.split())
    if not 0 < len(word) <= longest or scan_text(word):
        raise Refused(f"“{label}”没有填，太长，或者像个人号码", remedy="照着营业执照填写")
    return word


def _record(
    act: str, subject: str, village: str, by: Actor, office: str, at: datetime, data: dict[str, object]
) -> None:
    journal.record(
        act=act, village=village, subject=subject, actor=by.person, office=office,
        occurred_on=legal_day(at), at=at, data=data, citation=RELATED,
    )  # fmt: skip
