"""Suppliers: the code that names one, and which of them belong together (关联). Pure.

Source: GB 32100-2015 (统一社会信用代码); 招标投标法实施条例 第34条第2款 (one head, holding, management).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stdnum.cn import uscc as codes
from stdnum.exceptions import ValidationError

from mingbai.kernel import Citation, Confidence, Refused

RELATED = Citation("bidding-reg", "第34条第2款", Confidence.likely)
KINDS = {"holding": "控股", "management": "管理关系", "other": "其他关联", "distinct": "同名但不是一个人"}
CONTROL = 50


@dataclass(frozen=True)
class Held:
    """A shareholder and its share in percent."""

    name: str
    percent: int


@dataclass(frozen=True)
class Firm:
    """A supplier as declared: code, name, legal representative, shareholders."""

    uscc: str
    name: str
    legal: str
    owners: tuple[Held, ...] = ()

    @property
    def people(self) -> frozenset[str]:
        """Names of everybody who heads or owns a part of it."""
        return frozenset({self.legal, *(one.name for one in self.owners)})

    @property
    def controllers(self) -> frozenset[str]:
        """Names of whoever holds half of it or more."""
        return frozenset(one.name for one in self.owners if one.percent >= CONTROL)


def read_uscc(text: str) -> str:
    """A unified social credit code in its own spelling.

    Raises:
        Refused: not eighteen signs, or the check digit is wrong (GB 32100-2015).
    """
    try:
        return str(codes.validate(unicodedata.normalize("NFKC", text).upper()))
    except ValidationError as wrong:
        raise Refused("统一社会信用代码不对", remedy="照着营业执照重新输入十八位代码") from wrong


def related(one: Firm, other: Firm, declared: Mapping[frozenset[str], str]) -> str:
    """Why two suppliers count as one, in words; empty when they do not.

    `declared` has the latest declared relation of a pair of codes. The same name of a representative or of a
    controlling owner counts as the same person until somebody with the papers has said `distinct`.
    """
    said = declared.get(frozenset({one.uscc, other.uscc}), "")
    if said and said != "distinct":
        return f"登记为{KINDS[said]}"
    for holder, held in ((one, other), (other, one)):
        if holder.name in held.controllers:
            return f"{holder.name}控股{held.name}"
    if said == "distinct":
        return ""
    if one.legal == other.legal:
        return "法定代表人是同一人"
    if one.controllers & other.controllers:
        return "由同一人控股"
    heads = ({one.legal} & other.controllers) | ({other.legal} & one.controllers)
    return "一方的法定代表人控股另一方" if heads else ""


def related_to(
    one: Firm, others: Iterable[Firm], declared: Mapping[frozenset[str], str]
) -> tuple[Firm, str] | None:
    """The first of `others` that counts as one with a supplier, and why."""
    for other in others:
        why = other.uscc != one.uscc and related(one, other, declared)
        if why:
            return other, why
    return None


def refuse_shares(owners: Iterable[Held]) -> None:
    """Refuse shares that cannot be.

    Raises:
        Refused: a share outside 1 to 100 percent, more than 100 in all, somebody twice.
    """
    held = list(owners)
    if len({one.name for one in held}) < len(held) or any(not 1 <= one.percent <= 100 for one in held):
        raise Refused("股东重复，或者股份不在1%到100%之间", remedy="照着章程或者公示信息核对")
    if sum(one.percent for one in held) > 100:
        raise Refused("股份合起来超过100%", remedy="照着章程或者公示信息核对")
