"""Signing a contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingbai.evidence import queries as evidence
from mingbai.evidence.queries import Original
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.registers.events.contracts import CONTRACT_SIGNED, ContractSigned
from mingbai.registers.models.contracts import ContractPaper, ContractRow
from mingbai.registers.rules.contracts import CONTRACT, check_price, check_term, started_before_signing

LONGEST_NAME = 120
LEGAL_TIME = ZoneInfo("Asia/Shanghai")


@transaction.atomic
def sign_contract(
    *,
    village: str,
    case: str,
    party: str,
    price: Money,
    starts_on: date,
    ends_on: date,
    papers: Sequence[str],
    by: Actor,
    office: str,
    occurred_on: date,
    at: datetime,
    awarded_price: Money | None = None,
    party_kind: str = FieldKind.firm.value,
) -> ContractSigned:
    """Register a contract signed on `occurred_on` under the village's next number of that year.

    `awarded_price` is what the case decided; the price must equal it (招标投标法 第46条).
    `party_kind` "person" keeps a private party's name masked in public.
    Raises `Refused`: no case, no party, no papers or another village's, a price or term that may not be, a
    day in the future.
    """
    _check_words(case, party)
    if occurred_on > at.astimezone(LEGAL_TIME).date():
        raise Refused("签订日期在今天之后", basis=CONTRACT, remedy="请在签订之后再登记")
    check_price(price, awarded_price)
    check_term(starts_on, ends_on)
    found = _find_papers(village, papers)
    serial = take_number(f"contract/{village}/{occurred_on.year}")
    row = ContractRow.objects.create(
        number=f"HT-{village}-{occurred_on.year}-{serial:03d}",
        village=village,
        year=occurred_on.year,
        serial=serial,
        case=case,
        party=party.strip(),
        price_fen=price.fen,
        starts_on=starts_on,
        ends_on=ends_on,
        signed_on=occurred_on,
        person=by.person,
        office=office,
        recorded_at=at,
    )
    ContractPaper.objects.bulk_create(
        ContractPaper(contract=row, paper=paper.id, digest=paper.digest) for paper in found
    )
    _record(row, found, party_kind)
    return ContractSigned(row.number)


def _check_words(case: str, party: str) -> None:
    if not case.strip():
        raise Refused("合同没有对应的办理事项", basis=CONTRACT, remedy="请从事项的签订合同步骤登记")
    if not party.strip() or len(party.strip()) > LONGEST_NAME:
        raise Refused(
            f"没有写明合同对方，或者超过{LONGEST_NAME}个字", basis=CONTRACT, remedy="请写明对方全称"
        )


def _find_papers(village: str, papers: Sequence[str]) -> tuple[Original, ...]:
    if not papers:
        raise Refused("没有合同文本", basis=CONTRACT, remedy="请附上双方签字盖章的合同")
    found = evidence.originals(papers)
    if any(paper not in found or found[paper].village != village for paper in papers):
        raise Refused("所附材料没有上传，或者不是本村的", basis=CONTRACT, remedy="请附本村的合同文本")
    return tuple(found.values())


def _record(row: ContractRow, papers: Sequence[Original], party_kind: str) -> None:
    day = FieldKind.date.value
    journal.record(
        act=CONTRACT_SIGNED,
        village=row.village,
        subject=f"case:{row.case}",
        actor=row.person,
        office=row.office,
        occurred_on=row.signed_on,
        at=row.recorded_at,
        fields=[
            TypedField("number", "合同编号", FieldKind.text.value, row.number),
            TypedField("party", "合同对方", party_kind, row.party),
            TypedField("price", "合同价款", FieldKind.money.value, Money(row.price_fen).yuan()),
            TypedField("starts_on", "开始日期", day, row.starts_on.isoformat()),
            TypedField("ends_on", "结束日期", day, row.ends_on.isoformat()),
        ],
        data={
            "number": row.number,
            "case": row.case,
            "price_fen": row.price_fen,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "started_before_signing": started_before_signing(row.starts_on, row.signed_on),
            "papers": [{"id": p.id, "label": p.label, "digest": p.digest} for p in papers],
        },
        citation=CONTRACT,
    )
