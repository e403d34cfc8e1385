"""Signing a contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
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
from mingbai.registers.queries.access import keeper_office, kinds_on
from mingbai.registers.queries.agreed import EXISTING
from mingbai.registers.rules.contracts import CONTRACT, check_price, check_term, started_before_signing
from mingbai.registers.services.agreeing import NewTerms, agree
from mingbai.registers.services.judging import found_fields

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
    terms: NewTerms | None = None,
) -> ContractSigned:
    """Register a contract signed on `occurred_on` under the village's next number of that year.

    `awarded_price` is what the case decided; the price must equal it (招标投标法 第46条).
    `party_kind` "person" keeps a private party's name masked in public. `terms` is what is agreed beside.
    Raises `Refused`: no case, no party, no papers or another village's, a price or term that may not be, a
    day in the future, and what `agree` refuses.
    """
    _check_words(case, party)
    if occurred_on > at.astimezone(LEGAL_TIME).date():
        raise Refused("签订日期在今天之后", basis=CONTRACT, remedy="请在签订之后再登记")
    check_price(price, awarded_price)
    check_term(starts_on, ends_on, longest=not (terms and terms.existing))
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
    _record(row, found, party_kind, agree(row, terms) if terms else {})
    return ContractSigned(row.number)


@dataclass(frozen=True)
class ExistingContract:
    """A contract that was signed before the village used the platform, with the paper that says so."""

    party: str
    price: Money
    starts_on: date
    ends_on: date
    signed_on: date
    terms: NewTerms
    papers: tuple[str, ...]
    party_kind: str = FieldKind.firm.value


@dataclass(frozen=True)
class ContractFault:
    """Why the contract of a row, counted from 0, cannot be entered."""

    row: int
    refusal: Refused


class ContractsRefused(Refused):
    """Rows that cannot be entered; nothing was."""

    def __init__(self, faults: Sequence[ContractFault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            f"第{first.row + 1}份：{first.refusal.reason}",
            basis=first.refusal.basis,
            remedy=first.refusal.remedy,
        )


def enter_existing(*, village: str, new: ExistingContract, by: Actor, at: datetime) -> ContractSigned:
    """Enter a contract signed earlier, from its paper; no case and no floor price are asked of it.

    Raises:
        Refused: nobody who keeps the register, and what `sign_contract` refuses.
    """
    today = at.astimezone(LEGAL_TIME).date()
    office = keeper_office(by, village, today, kinds_on(today))
    if not office:
        raise Refused(
            "您的职务不登记这个村的合同", basis=CONTRACT, remedy="请报账员、村文书或者镇代理中心登记"
        )
    return sign_contract(
        village=village, case=EXISTING, party=new.party, price=new.price, starts_on=new.starts_on, ends_on=new.ends_on,
        papers=new.papers, by=by, office=office, occurred_on=new.signed_on, at=at, party_kind=new.party_kind,
        terms=replace(new.terms, existing=True),
    )  # fmt: skip


def enter_contracts(
    rows: Sequence[ExistingContract], *, village: str, by: Actor, at: datetime
) -> tuple[str, ...]:
    """Enter a whole sheet of earlier contracts or nothing of it; returns their numbers in the order of the rows.

    Raises:
        ContractsRefused: rows that cannot be entered, each with its own refusal.
    """
    made, faults = [], []
    with transaction.atomic():
        for at_row, new in enumerate(rows):
            try:
                with transaction.atomic():
                    made.append(enter_existing(village=village, new=new, by=by, at=at).number)
            except Refused as problem:
                faults.append(ContractFault(at_row, problem))
        if faults:
            raise ContractsRefused(faults)
    return tuple(made)


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


def _record(row: ContractRow, papers: Sequence[Original], party_kind: str, told: Mapping[str, Any]) -> None:
    day = FieldKind.date.value
    journal.record(
        act=CONTRACT_SIGNED,
        village=row.village,
        subject=f"village:{row.village}" if row.case == EXISTING else f"case:{row.case}",
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
            *found_fields(told),
        ],
        data={
            "number": row.number,
            "case": "" if row.case == EXISTING else row.case,
            "price_fen": row.price_fen,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "started_before_signing": started_before_signing(row.starts_on, row.signed_on),
            "papers": [{"id": p.id, "label": p.label, "digest": p.digest} for p in papers],
            **told,
        },
        citation=CONTRACT,
    )
