"""Sums of money as whole fen; never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mingbai.kernel.refusal import Refused

_SHAPE = re.compile(r"(?P<yuan>0|[1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,11})(?:\.(?P<fen>\d{1,2}))?", re.ASCII)
_REMEDY = "金额只能到分，不带正负号和单位，请用半角数字写成 1,250.50 这样"
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_CAPITAL_LIMIT = 10**14  # fen; a trillion yuan, far above any village's book


@dataclass(frozen=True, order=True)
class Money:
    """A sum in fen (0.01 yuan)."""

    fen: int

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read what a clerk typed: `1250`, `1,250.5`, `1250.50`; at most two decimals, no sign.

        Raises:
            Refused: anything else; a guess is never made.
        """
        found = _SHAPE.fullmatch(text.strip())
        if not found:
            raise Refused(f"金额“{text[:30]}”看不懂", remedy=_REMEDY)
        return cls(int(found["yuan"].replace(",", "")) * 100 + int((found["fen"] or "0").ljust(2, "0")))

    @classmethod
    def total(cls, sums: Iterable[Money]) -> Money:
        """The sum of sums."""
        return cls(sum(one.fen for one in sums))

    def yuan(self) -> str:
        """The sum in yuan with thousands commas and two decimals: `1,250.50`."""
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{abs(self.fen) // 100:,}.{abs(self.fen) % 100:02d}"

    def daxie(self) -> str:
        """The sum in capital characters, as vouchers carry it (支付结算办法, annex 1): 叁万陆仟捌佰元整.

        Raises:
            Refused: a trillion yuan or more.
        """
        if abs(self.fen) >= _CAPITAL_LIMIT:
            raise Refused("金额太大，写不成大写", remedy="请核对金额")
        yuan, rest = divmod(abs(self.fen), 100)
        jiao, fen = divmod(rest, 10)
        whole = f"{_capital(yuan)}元" if yuan else ""
        tail = _capital_rest(jiao, fen, bool(yuan)) if rest else "整"
        return ("负" if self.fen < 0 else "") + (whole + tail if self.fen else "零元整")

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __radd__(self, other: int) -> Money:
        """Let `sum()` start from its 0; money is never added to any other number."""
        if other != 0:
            return NotImplemented
        return self

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)


def _capital_rest(jiao: int, fen: int, after_yuan: bool) -> str:
    zero = "零" if after_yuan and not jiao else ""
    return zero + (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[fen]}分" if fen else "整")


def _capital(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    out = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group and out and (group < 1000 or groups[place + 1] == 0):
            out += "零"
        out += _capital_group(group) + _GROUPS[place] if group else ""
    return out


def _capital_group(group: int) -> str:
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return out
