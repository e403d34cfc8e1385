"""What names an invoice, and what one says. Pure: no Django, no clock, no input, no output."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Citation, Refused

ONCE = Citation("accounting", "第14条")
"""会计法 第14条: 会计机构、会计人员对不真实、不合法的原始凭证有权不予接受; an original serves one business."""
_DIGITAL = re.compile(r"[0-9]{20}", re.ASCII)
_PAPER_NUMBER = re.compile(r"[0-9]{8}", re.ASCII)
_PAPER_CODE = re.compile(r"[0-9]{10}|[0-9]{12}", re.ASCII)
_LEFT_OUT = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class InvoiceName:
    """What an invoice is known by: 20 digits without a code (数电票), or 8 digits with a code of 10 or 12."""

    code: str
    number: str

    @property
    def printed(self) -> str:
        """As people say it: number alone, or code and number."""
        return f"{self.code} {self.number}".strip()


@dataclass(frozen=True)
class Invoice:
    """What an electronic invoice says; whatever it does not say is None or empty. Amounts in fen, tax included."""

    name: InvoiceName
    seller: str = ""
    amount_fen: int | None = None
    issued_on: date | None = None


def invoice_name(number: str, code: str = "") -> InvoiceName:
    """The name of an invoice as somebody typed it: full-width digits, spaces and hyphens are put right.

    Raises:
        Refused: neither 20 digits without a code nor 8 digits with a code of 10 or 12.
    """
    number, code = (_LEFT_OUT.sub("", unicodedata.normalize("NFKC", one)) for one in (number, code))
    if _DIGITAL.fullmatch(number) and not code:
        return InvoiceName("", number)
    if _PAPER_NUMBER.fullmatch(number) and _PAPER_CODE.fullmatch(code):
        return InvoiceName(code, number)
    raise Refused(
        "发票号码不对",
        basis=ONCE,
        remedy="数电票填 20 位号码，不填代码；纸质发票和老电子票填 8 位号码和 10 位或 12 位代码",
    )
