"""What a step brings about beside itself: a resolution, a contract, a voucher. Same act, same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.cases.rules import days, values
from mingbai.cases.rules.values import Value
from mingbai.cases.services import adjusting, noticing, signing, spending
from mingbai.cases.services.running import Running, Signed
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.meetings.services import hold_meeting
from mingbai.procedures.rules.graph import Node

_RESULTS = {"passed": "通过", "not_passed": "未通过", "no_quorum": "到会人数不足"}
_COUNTS = ("agree", "against", "abstain")
_LISTS = ("present", "recused")


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
    read = values.read_values(node, raw)
    signing.refuse_recused(running, signed, read)
    if node.kind == "publicity":
        noticing.refuse_silence(node, signed.run, str(read.get("objection", "")))
    fields = _fields(node, read)
    if node.kind == "payment":
        paid = spending.pay(running, signed, read)
        return Result(read, fields, voucher=paid.number, amount_fen=paid.amount.fen)
    if days.is_contract(node):
        signed_contract = spending.contract(running, signed, read)
        return Result(read, fields, contract=signed_contract.number, amount_fen=int(read["price"]))
    read = {**read, **adjusting.adjust(running, signed, read)}
    return Result(read, fields, amount_fen=spending.agreed_increase(read))


def _fields(node: Node, read: Mapping[str, Value]) -> tuple[TypedField, ...]:
    return tuple(
        TypedField(one.id, one.label, str(one.kind), values.shown(one, read[one.id]))
        for one in node.fields
        if one.id in read
    )


def _meet(running: Running, signed: Signed, raw: Mapping[str, str]) -> Result:
    node = signed.node
    counts = {name: _count(node, name, raw.get(name, "")) for name in _COUNTS}
    lists = {name: _people(raw.get(name, "")) for name in _LISTS}
    read = values.read_values(node, raw)
    signing.refuse_recused(running, signed, read)
    held = hold_meeting(
        village=running.row.village,
        body=node.body,
        case=running.row.number,
        motion=running.row.title,
        held_on=signed.occurred_on,
        notified_on=_notified(raw),
        urgent_reason=values.read_text("紧急事由", raw.get("urgent_reason", "")),
        edition=running.edition,
        **lists,
        **counts,
        by=signed.by,
        office=signed.office,
        at=running.at,
    )
    said = TypedField("result", "表决结果", str(FieldKind.choice), _RESULTS[str(held.result)])
    return Result({**read, "result": str(held.result)}, (*_fields(node, read), said), resolution=held.number)


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
    label = {"agree": "同意", "against": "反对", "abstain": "弃权"}[name]
    raise Refused(f"“{node.title}”的{label}票数要填整数", basis=node.citation, remedy="没有人投的填 0")


def _people(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
