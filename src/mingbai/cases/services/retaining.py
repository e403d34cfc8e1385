"""Retention money in a case: agreed with the contract, held back when the works are paid, released after a check."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.cases.rules import days
from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Money, Refused
from mingbai.procurement import services as procurement
from mingbai.procurement.queries.retentions import retention_of
from mingbai.procurement.rules.retention import BACK, SHARE, refuse_not_yet, refuse_terms
from mingbai.procurement.services import Terms

AGREED, PERCENT, MONTHS = "retention", "retention_percent", "retention_months"
HELD, CHECK, ACCEPTED = "held", "warranty", "accept"


def refuse_bad_terms(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Refuse a retention agreed above the share or the months that the day's parameters allow, or not for works.

    Raises:
        Refused: 建设工程质量保证金管理办法 第2条、第7条.
    """
    if PERCENT not in read and MONTHS not in read:
        return
    if running.state.facts.get(running.chart.start, {}).get("project_kind") != "works":
        raise Refused("质保金只有工程才留", basis=SHARE, remedy="两栏都空着")
    if PERCENT not in read or MONTHS not in read:
        raise Refused("留质保金要写明百分之几、几个月", basis=SHARE, remedy="两栏都填，或者都空着")
    figures = catalogue.parameter_values(running.edition, signed.occurred_on)
    bounds = figures.get("retention_cap_percent"), figures.get("retention_cap_months")
    refuse_terms(int(read[PERCENT]), int(read[MONTHS]), *bounds)


def refuse_other_than_agreed(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Refuse a settlement that says otherwise about the retention than the contract does.

    Raises:
        Refused: what the contract says.
    """
    if AGREED not in read:
        return
    agreed = PERCENT in _contracted(running)[1]
    if (read[AGREED] == HELD) != agreed:
        said = "约定留质保金" if agreed else "没有约定质保金"
        raise Refused(f"合同{said}，结算和合同不一致", basis=SHARE, remedy="照合同选")


def hold_back(running: Running, signed: Signed, base: int) -> int:
    """What of a case's `base` (fen) may not be paid yet, in fen; holds it back with the first payment.

    Raises:
        Refused: the works were not accepted yet, so that nothing says when the period ends.
    """
    terms = _terms(running)
    if terms is None:
        return 0
    held = procurement.hold_back(
        case=running.row.number, village=running.row.village, terms=terms, base=Money(base), by=signed.by,
        office=signed.office, on=signed.occurred_on, at=running.at,
    )  # fmt: skip
    return 0 if held is None or held.released_on else held.fen


def refuse_held(running: Running, signed: Signed, held: int, payable: int) -> None:
    """Refuse a payment that reaches into what is held back; `payable` is what may be paid now, in fen.

    Raises:
        Refused: how much may be paid, how much is held, until when, and the article.
    """
    found = retention_of(running.row.number)
    until = found.until if found else signed.occurred_on
    refuse_not_yet(signed.occurred_on, until, held)
    raise Refused(
        f"质保金{Money(held).yuan()}元还没有检查放行，现在最多付{Money(max(0, payable)).yuan()}元", basis=BACK,
        remedy="质保期满检查合格以后再付",
    )  # fmt: skip


def release(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Release what is held back when the check at the end of the period found the works sound.

    Raises:
        Refused: the period is not over.
    """
    if signed.node.id != CHECK:
        return
    held = retention_of(running.row.number)
    if held is not None:
        refuse_not_yet(signed.occurred_on, held.until, held.fen)
    if read.get("verdict") == "good":
        procurement.release_retention(
            case=running.row.number, note=str(read.get("note", "")), by=signed.by, office=signed.office,
            on=signed.occurred_on, at=running.at,
        )  # fmt: skip


def _contracted(running: Running) -> tuple[str, Mapping[str, Value]]:
    """The number of the latest contract of the case and what was entered with it; empty without one."""
    contracts = [one for one in running.done_steps() if days.is_contract(running.chart.nodes[one.node])]
    if not contracts:
        return "", {}
    return contracts[-1].reference, running.state.facts.get(contracts[-1].node, {})


def _terms(running: Running) -> Terms | None:
    number, said = _contracted(running)
    if PERCENT not in said:
        return None
    accepted = [one.done_on for one in running.done_steps() if one.node == ACCEPTED and one.done_on]
    if not accepted:
        raise Refused("还没有验收，质保期没有开始", basis=BACK, remedy="先验收，再付款")
    return Terms(number, str(said["party"]), int(said[PERCENT]), int(said[MONTHS]), accepted[-1])
