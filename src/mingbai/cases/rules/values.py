"""What a person may enter into a step: one reading for each kind of field, refusing with a plain sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from mingbai.evidence.masking import WORDED, Personal, refuse_personal
from mingbai.kernel import FieldKind, Money, Refused
from mingbai.procedures.rules.graph import Field, Node, PaperNeed

Value = str | int
# Kinds that no profile shows: how a household lives may be written there, numbers have fields of their own.
_PRIVATE = {FieldKind.person, FieldKind.household, FieldKind.minor}
_LONGEST = 2000
# Kinds that are themselves personal data: typed, hence masked at the door; the scan is for all others.
_PERSONAL = {FieldKind.id_number, FieldKind.bank_account, FieldKind.phone, FieldKind.address}


def read_text(label: str, raw: str, longest: int = _LONGEST, let: Collection[Personal] = ()) -> str:
    """Free text that tells nothing personal but `let` (R68) and has no control characters."""
    text = raw.strip()
    if len(text) > longest:
        raise Refused(f"“{label}”太长：{len(text)}字，最多{longest}字", remedy="请写简短些")
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        raise Refused(f"“{label}”里有看不见的控制字符", remedy="删去后重新输入")
    refuse_personal(label, text, let)
    return text


def read_value(field: Field, raw: str) -> Value:
    """The value of one field by its kind: money in fen, integers as numbers, all else as text."""
    try:
        return _read(field, raw.strip())
    except Refused as problem:
        if field.label in problem.reason:
            raise
        raise Refused(f"“{field.label}”：{problem.reason}", problem.basis, problem.remedy) from problem


def _read(field: Field, raw: str) -> Value:
    match field.kind:
        case FieldKind.money:
            return Money.parse(raw).fen
        case FieldKind.integer:
            return _integer(field, raw)
        case FieldKind.date:
            return _day(field, raw)
        case FieldKind.choice:
            return _choice(field, raw)
    if field.kind in _PERSONAL:
        if len(raw) > 200:
            raise Refused(f"“{field.label}”太长", remedy="核对后重新填写")
        return raw
    return read_text(field.label, raw, let=WORDED if field.kind in _PRIVATE else ())


def _integer(field: Field, raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) < 10):
        raise Refused(f"“{field.label}”要填整数，不能是“{raw[:20]}”", remedy="用阿拉伯数字填写，如 3")
    return int(raw)


def _day(field: Field, raw: str) -> str:
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError as bad:
        raise Refused(f"“{field.label}”的日期看不懂：{raw[:20]}", remedy="写成 2026-11-23 这样") from bad


def _choice(field: Field, raw: str) -> str:
    if raw not in {option.id for option in field.options}:
        offered = "、".join(option.label for option in field.options)
        raise Refused(f"“{field.label}”只能选：{offered}", remedy="从所列各项中选一项")
    return raw


def read_values(node: Node, raw: Mapping[str, str]) -> dict[str, Value]:
    """Every field of the step; a required one must be there. What the chart does not ask for is not taken."""
    return {field.id: read_value(field, raw[field.id]) for field in node.fields if _given(node, field, raw)}


def _given(node: Node, field: Field, raw: Mapping[str, str]) -> bool:
    if raw.get(field.id, "").strip():
        return True
    if field.required:
        raise Refused(
            f"“{node.title}”还缺“{field.label}”", basis=node.citation, remedy=f"填写“{field.label}”后再提交"
        )
    return False


def shown(field: Field, value: Value) -> str:
    """A value as it is written into the journal: 元 with two decimals, the option's words, or the text."""
    if field.kind == FieldKind.money:
        return Money(int(value)).yuan()
    if field.kind == FieldKind.choice:
        return next((option.label for option in field.options if option.id == value), str(value))
    return str(value)


def missing_paper(node: Node, need: PaperNeed) -> Refused:
    """The refusal for a paper that was not handed in."""
    return Refused(
        f"“{node.title}”还缺单据“{need.label}”",
        basis=node.citation,
        remedy=f"拍照或扫描“{need.label}”后一并提交",
    )
