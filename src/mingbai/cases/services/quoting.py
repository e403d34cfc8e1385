"""A step whose award comes from sealed quotes: it calls for them, and takes count, winner and price from the opening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from mingbai.cases.rules.days import legal_day
from mingbai.cases.services import signing
from mingbai.cases.services.running import Running, Signed, lock
from mingbai.kernel import Money, Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node
from mingbai.procurement import services as procurement
from mingbai.procurement.queries.calls import CallView, call_of
from mingbai.procurement.rules.quotes import IN_PUBLIC, refuse_few

FIELDS = ("quotes", "winner", "award_price")
ALSO = "village_supervision_committee"
"""Opens too, whatever the chart says: whoever supervises may always be one of the two."""


def is_sealed(node: Node) -> bool:
    """Whether a step awards on quotes: it asks for their number, the winner and the price."""
    return set(FIELDS) <= {one.id for one in node.fields}


def call_for_quotes(*, case: str, step: str, deadline: datetime, by: Actor, at: datetime) -> str:
    """Call for sealed quotes for the step that waits; returns the number of the call.

    Who asked for the purchase, and whoever else must be another person, can be neither of the two who open.

    Raises:
        Refused: the step does not wait, awards otherwise, is not the person's, or has a call that runs.
    """
    with transaction.atomic():
        running = lock(case, at)
        run, node = running.open_step(step), running.node(step)
        if not is_sealed(node):
            raise Refused(f"“{node.title}”不是询价", basis=node.citation, remedy="照流程图办")
        signing.require_office(running, node, by, running.today)
        apart = [one.person for one in running.done_steps() if signing.kept_apart(running, node, one.node)]
        return procurement.call_quotes(
            case=case, step=step, turn=run.turn, village=running.row.village, title=running.row.title,
            deadline=deadline, offices=tuple(dict.fromkeys((*node.offices, ALSO))), barred=sorted(set(apart)),
            by=by, at=at,
        )  # fmt: skip


def from_opening(running: Running, signed: Signed, raw: Mapping[str, str]) -> Mapping[str, str]:
    """What was entered, with count, winner and price as the opening found them (R04).

    Raises:
        Refused: nothing was opened for this visit, fewer than three count, the step is dated before the opening,
            or somebody typed otherwise.
    """
    if not is_sealed(signed.node):
        return raw
    opened = opened_call(running.row.number, signed.node, signed.run.turn, signed.occurred_on)
    won = opened.winner
    refuse_few(len(opened.valid))
    assert won is not None and won.fen is not None
    found = {"quotes": str(len(opened.valid)), "winner": won.supplier, "award_price": Money(won.fen).yuan()}
    _refuse_otherwise(signed.node, raw, found)
    return {**raw, **found}


def opened_call(case: str, node: Node, turn: int, on: date) -> CallView:
    """The opened call of a visit.

    Raises:
        Refused: none, ended without award, not opened yet, or opened after the day claimed for the step.
    """
    call = call_of(case, node.id, turn)
    if call is None or call.abandoned:
        raise Refused(
            f"“{node.title}”还没有密封报价",
            basis=IN_PUBLIC,
            remedy="先发起询价，收密封的报价，到时间两个人拆封",
        )
    if call.opened_at is None:
        raise Refused(
            f"“{node.title}”的报价还没有拆封", basis=IN_PUBLIC, remedy="到截止时间由领了码的两个人拆封"
        )
    if on < legal_day(call.opened_at):
        raise Refused(f"“{node.title}”记在{on}，早于拆封", basis=IN_PUBLIC, remedy="按拆封以后的日期办")
    return call


def _refuse_otherwise(node: Node, raw: Mapping[str, str], found: Mapping[str, str]) -> None:
    for one in node.fields:
        typed = raw.get(one.id, "").strip()
        if one.id in found and typed and typed.replace(",", "") != found[one.id].replace(",", ""):
            raise Refused(
                f"“{one.label}”由拆封记录来，是“{found[one.id]}”，不能填成“{typed}”", basis=IN_PUBLIC,
                remedy="不用填，系统按拆封记录写",
            )  # fmt: skip
