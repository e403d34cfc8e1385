"""An identity number is read, checked and forgotten: what stays is a digest that only this server can make again.

There are few enough identity numbers to try them all, so that a plain digest would give each of them away; the key
comes from the server's own secret. The last four digits are not kept: with place and birthday they are the number.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from django.conf import settings

from mingbai.kernel import Citation, Refused

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
MINIMAL = Citation("pipl", "第6条")


def read_number(text: str) -> tuple[str, date]:
    """The keyed digest of an identity number (GB 11643-1999) and the day of birth in it.

    Raises:
        Refused: not eighteen digits, a wrong check digit, no such day. The number itself stands in no sentence.
    """
    number = text.strip().upper().translate({ord("　"): None, ord(" "): None, ord("Ｘ"): "X"})
    birth = _birth(number) if number.isascii() and len(number) == 18 and number[:17].isdigit() else None
    if birth is None or _check_digit(number) != number[17]:
        raise Refused("身份证号不对", basis=MINIMAL, remedy="照着证件重新输入十八位号码")
    key = hmac.digest(settings.SECRET_KEY.encode(), b"mingbai relief identity", "sha256")
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest(), birth


def _check_digit(number: str) -> str:
    return _CHECKS[sum(int(one) * weight for one, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
