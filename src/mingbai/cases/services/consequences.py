"""What a step brings about beside itself: a resolution, a contract, a voucher. Same act, same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.cases.models import StepRun
from mingbai.cases.rules import days, values
from mingbai.cases.rules.values import Value
from mingbai.cases.services import (
    adjusting,
    assisting,
    awarding,
    objecting,
    quoting,
    retaining,
    signing,
    spending,
    splitting,
)
from mingbai.cases.services.running import Running, Signed
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.events import Resolution
from mingbai.meetings.rules import Votes
from mingbai.meetings.rules.entries import Method
from mingbai.meetings.services import hold_meeting
from mingbai.procedures.rules.graph import Node

_RESULTS = {"passed": "通过", "not_passed": "未通过", "no_quorum": "到会人数不足"}
_COUNTS = ("agree", "against", "abstain")
_MORE_COUNTS = ("spoilt", "not_cast")
_LISTS = ("present", "recused")
_LABELS = {"agree": "同意", "against": "反对", "abstain": "弃权", "spoilt": "作废的", "not_cast": "没有投的"}


@dataclass(frozen=True)
class Result:
    """What a step brought: the facts for the chart, the fields for the journal, the numbers it made."""

    values: Mapping[str, Value]
    fields: tuple[TypedField, ...]
    resolution: str | None = None
    contract: str | None = None
    voucher: str | None = None
    amount_fen: int | None = None

    @property
    def reference(self) -> str:
        """The number by which later steps point to this one."""
        return self.resolution or self.contract or self.voucher or ""


def carry_out(running: Running, signed: Signed, raw: Mapping[str, str]) -> Result:
    """Read what was entered and do what the step brings about.

    Raises:
        Refused: a value that may not be, a person who must stand aside, or the meeting's, register's or
            ledger's own refusal.
    """
    node = signed.node
    if node.kind == "meeting":
        return _meet(running, signed, raw)
    read = values.read_values(node, quoting.from_opening(running, signed, raw))
    signing.refuse_recused(running, signed, read)
    awarding.check(running, signed, read)
    if node.kind == "publicity":
        objecting.refuse_silence(node, signed.run, str(read.get("objection", "")))
    fields = _fields(node, read)
    if node.kind == "payment":
        paid = spending.pay(running, signed, read)
        return Result(read, fields, voucher=paid.number, amount_fen=paid.amount.fen)
    if days.is_contract(node):
        signed_contract = spending.contract(running, signed, read)
        return Result(read, fields, contract=signed_contract.number, amount_fen=int(read["price"]))
    retaining.refuse_other_than_agreed(running, signed, read)
    retaining.release(running, signed, read)
    read = {**read, **splitting.refuse_pieces(running, signed, read)}
    assisting.refuse_pieces(running, signed, read)
    read = {**read, **adjusting.adjust(running, signed, read)}
    return Result(read, fields, amount_fen=spending.agreed_increase(running, signed, read))


def _fields(node: Node, read: Mapping[str, Value]) -> tuple[TypedField, ...]:
    return tuple(
        TypedField(one.id, one.label, str(one.kind), values.shown(one, read[one.id]))
        for one in node.fields
        if one.id in read
    )


def _meet(running: Running, signed: Signed, raw: Mapping[str, str]) -> Result:
    node = signed.node
    read = values.read_values(node, raw)
    signing.refuse_recused(running, signed, read)
    number = raw.get("resolution", "").strip()
    held = _taken(running, signed, number) if number else _held(running, signed, raw)
    said = TypedField("result", "表决结果", str(FieldKind.choice), _RESULTS[str(held.result)])
    return Result({**read, "result": str(held.result)}, (*_fields(node, read), said), resolution=held.number)


def _held(running: Running, signed: Signed, raw: Mapping[str, str]) -> Resolution:
    """The meeting's outcome from its sign-in sheet and its count, entered with the step."""
    node = signed.node
    counts = {name: _count(node, name, raw.get(name, "")) for name in _COUNTS}
    more = {name: _count(node, name, raw.get(name, "") or "0") for name in _MORE_COUNTS}
    return hold_meeting(
        village=running.row.village,
        body=node.body,
        case=running.row.number,
        step=node.id,
        matter=raw.get("matter", "").strip(),
        motion=running.row.title,
        held_on=signed.occurred_on,
        notified_on=_notified(raw),
        urgent_reason=values.read_text("紧急事由", raw.get("urgent_reason", "")),
        edition=running.edition,
        method=_method(raw.get("method", "")),
        interested=signing.interested(running),
        votes=Votes(**counts, **more),
        **{name: _people(raw.get(name, "")) for name in _LISTS},
        by=signed.by,
        office=signed.office,
        at=running.at,
    )


def _taken(running: Running, signed: Signed, number: str) -> Resolution:
    """The outcome of a meeting that was called and held for this step.

    Raises:
        Refused: it is of another case, step or day, or was used for a step before.
    """
    held = meetings.resolution(number)
    node = signed.node
    if (held.case, held.step, held.body) != (running.row.number, node.id, node.body):
        raise Refused(f"决议{number}不是“{node.title}”的", node.citation, "选这一环节自己开的会")
    if held.held_on != signed.occurred_on:
        raise Refused(
            f"这次会议是{held.held_on}开的，不是{signed.occurred_on}", node.citation, "办理日期填开会那天"
        )
    if StepRun.objects.filter(reference=number).exists():
        raise Refused(f"决议{number}已经用过了", node.citation, "退回重办的，要重新开会表决")
    return held


def _method(text: str) -> Method | None:
    return Method(text) if text in set(Method) - {Method.electronic, Method.written} else None


def _notified(raw: Mapping[str, str]) -> date | None:
    text = raw.get("notified_on", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as bad:
        raise Refused(f"通知日期看不懂：{text[:20]}", remedy="写成 2026-11-23 这样") from bad


def _count(node: Node, name: str, text: str) -> int:
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 6:
        return int(digits)
    label = _LABELS[name]
    raise Refused(f"“{node.title}”的{label}票数要填整数", basis=node.citation, remedy="没有人投的填 0")


def _people(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
