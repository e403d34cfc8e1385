"""Kinds of field, and the mask that each kind wears when it is published. What is unknown is absent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mingbai.kernel.citation import Citation
from mingbai.kernel.scan import scan_text


class FieldKind(StrEnum):
    """What a value is; the kind, not the page, decides whether the public may see it."""

    person = "person"
    firm = "firm"
    id_number = "id_number"
    bank_account = "bank_account"
    phone = "phone"
    address = "address"
    household = "household"
    minor = "minor"
    money = "money"
    text = "text"
    date = "date"
    integer = "integer"
    choice = "choice"
    office = "office"


_SHOWN = frozenset({"firm", "money", "date", "integer", "choice", "office", "text"})
_NUMERIC = frozenset({"money", "date", "integer"})
_RULES: dict[str, tuple[str, Citation]] = {
    FieldKind.person: ("个人姓名不公开", Citation("pipl", "第6条")),
    FieldKind.id_number: ("身份证号不公开", Citation("pipl", "第28条")),
    FieldKind.bank_account: ("银行账号不公开", Citation("pipl", "第28条")),
    FieldKind.phone: ("电话号码不公开", Citation("pipl", "第6条")),
    FieldKind.address: ("住址不公开", Citation("pipl", "第6条")),
    FieldKind.household: ("家庭情况不公开", Citation("pipl", "第28条")),
    FieldKind.minor: ("未成年人的信息不公开", Citation("pipl", "第28条")),
}
_UNKNOWN = ("没有规定可以公开，先不公开", Citation("pipl", "第6条"))
_FOUND = ("文字里有个人号码，已扣下", Citation("pipl", "第28条"))


@dataclass(frozen=True)
class Masked:
    """What the public sees of a value: the value, or nothing and the rule under which it is absent."""

    shown: str | None
    rule: str | None = None
    basis: Citation | None = None


def mask(kind: str, value: str) -> Masked:
    """The public form of a value. Absent, never starred: two differently starred lists can be joined.

    A kind that may be shown is shown only when no personal number stands in the value
    (个人信息保护法第6、28条); a sum, date or count is never taken for a phone, and is shown as it is.
    """
    if kind not in _SHOWN:
        return Masked(None, *_RULES.get(kind, _UNKNOWN))
    if kind not in _NUMERIC and scan_text(value):
        return Masked(None, *_FOUND)
    return Masked(value)
