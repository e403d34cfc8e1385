"""Assets, resources and contracts of a file enter the registers through the registers' own services."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from mingbai.evidence import queries as evidence
from mingbai.exchange.events import Taken
from mingbai.exchange.models import TakenKey
from mingbai.exchange.rules.objects import ContractRow, ObjectRow, read_contracts, read_objects
from mingbai.exchange.rules.rows import Fault, Rows
from mingbai.exchange.services.doing import Doing, Plan
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.registers.queries import contracts
from mingbai.registers.queries.access import kinds_on
from mingbai.registers.queries.objects import all_objects
from mingbai.registers.rules.contracts import check_price, check_term
from mingbai.registers.rules.objects import RowsRefused, check_object
from mingbai.registers.services import register_objects, sign_contract

One = TypeVar("One")


class Faulty(Refused):
    """The registers refused rows, each for its own reason."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


def plan_assets(rows: Rows, doing: Doing) -> Plan:
    """Assets and resources; what already has a number of this village's register is left out."""
    kinds, stood = kinds_on(doing.today), {one.number for one in all_objects(doing.village)}
    custodians = {organisations.office_title(one): one for one in kinds.hands.custodians}
    papers = _papers(rows, "photo", doing, stood)
    found = read_objects(rows, kinds, custodians, papers)
    keyed = _unknown(
        "assets", doing.village, [(one, _facts(one)) for one in found if one.number not in stood]
    )
    new = [one for one, _ in keyed]
    for one in new:
        try:
            check_object(one.new, kinds, doing.today)
        except Refused as refusal:
            rows.fault(one.row, "", _said(refusal))
    taken = Taken("assets", doing.village, rows=len(found), added=len(new), skipped=len(found) - len(new))

    def post(receipt: str) -> Taken:
        try:
            numbers = register_objects(
                [one.new for one in new],
                village=doing.village,
                by=doing.by,
                occurred_on=doing.today,
                at=doing.at,
            )
        except RowsRefused as refused:
            raise Faulty(
                tuple(Fault(new[one.row].row, "", _said(one.refusal)) for one in refused.faults)
            ) from None
        return replace(taken, first=numbers[0], last=numbers[-1])

    return Plan(taken, tuple(key for _, key in keyed), carry_out=post if new else None)


def plan_contracts(rows: Rows, doing: Doing) -> Plan:
    """Contracts, each with its case and its text; those of this village's register are left out."""
    stood = {one.number for one in contracts(doing.village)}
    found = read_contracts(rows, _papers(rows, "text", doing, stood))
    keyed = _unknown(
        "contracts", doing.village, [(one, _agreed(one)) for one in found if one.number not in stood]
    )
    new = [one for one, _ in keyed]
    for one in new:
        _check(rows, one, doing)
    taken = Taken("contracts", doing.village, rows=len(found), added=len(new), skipped=len(found) - len(new))
    taken = replace(taken, total_fen=sum(one.price.fen for one in new))

    def post(receipt: str) -> Taken:
        numbers = [_sign(one, doing) for one in new]
        return replace(taken, first=numbers[0], last=numbers[-1])

    return Plan(taken, tuple(key for _, key in keyed), carry_out=post if new else None)


def _check(rows: Rows, one: ContractRow, doing: Doing) -> None:
    try:
        check_price(one.price, None)
        check_term(one.starts_on, one.ends_on)
        if one.signed_on > doing.today:
            raise Refused("签订日期在今天之后", remedy="核对年份")
        if one.number:
            raise Refused(f"本村没有编号是{one.number}的合同", remedy="新的合同不写编号，登记时才有")
    except Refused as refusal:
        rows.fault(one.row, "", _said(refusal))


def _sign(one: ContractRow, doing: Doing) -> str:
    try:
        return sign_contract(
            village=doing.village, case=one.case, party=one.party, price=one.price, starts_on=one.starts_on,
            ends_on=one.ends_on, papers=[one.text], by=doing.by, office=doing.office, occurred_on=one.signed_on,
            at=doing.at,
        ).number  # fmt: skip
    except Refused as refusal:
        raise Faulty((Fault(one.row, "", _said(refusal)),)) from None


def _papers(rows: Rows, field: str, doing: Doing, stood: set[str]) -> Mapping[str, str]:
    """Ids of papers by the names under which rows name them: handed in with the file, or kept in this village before."""
    named = {str(row.raw(field)).strip() for row in rows if row.raw(field)}
    kept = evidence.papers(sorted(named - doing.papers.keys()))
    mine = {id: id for id, one in kept.items() if one.village == doing.village}
    # What stands in the register already came with its papers.
    known = {str(row.raw(field) or "").strip(): "" for row in rows if row.raw("number") in stood}
    return {**known, **mine, **doing.papers}


def _unknown(kind: str, village: str, found: list[tuple[One, str]]) -> list[tuple[One, str]]:
    """What no earlier file brought, with its key; two that say the same are two."""
    had = set(TakenKey.objects.filter(village=village, kind=kind).values_list("key", flat=True))
    seen, new = Counter[str](), []
    for one, facts in found:
        seen[facts] += 1
        key = hashlib.sha256(f"{facts}#{seen[facts]}".encode()).hexdigest()[:40]
        if key not in had:
            new.append((one, key))
    return new


def _facts(one: ObjectRow) -> str:
    new = one.new
    return repr((new.kind, new.name, new.place, new.group, new.acquired_on, new.value, new.area))


def _agreed(one: ContractRow) -> str:
    return repr((one.party, one.price.fen, one.signed_on, one.starts_on, one.ends_on, one.case))


def _said(refusal: Refused) -> str:
    return f"{refusal.reason}：{refusal.remedy}" if refusal.remedy else refusal.reason
