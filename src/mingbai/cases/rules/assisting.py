"""Temporary assistance in pieces: what one person was granted within twelve months counts with what is asked for now.

Source: 社会救助暂行办法 第48条 (the town decides on small sums only); that sums of a year add up is an assumption that
the district confirms. Sums are in fen. Pure: no tables, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Citation, Confidence, Money, Refused, months_later

ARTICLE = Citation("social-assistance-interim", "第48条", Confidence.likely)
MONTHS = 12


@dataclass(frozen=True)
class Granted:
    """What a case of temporary assistance granted, in fen, and when it was decided."""

    case: str
    fen: int
    on: date


def refuse_split(asked: int, earlier: Iterable[Granted], cap: int, on: date) -> None:
    """Refuse that the town decides alone when the sum of twelve months is above what it may decide.

    Raises:
        Refused: naming the earlier cases, the sum and the limit.
    """
    counted = [one for one in earlier if one.on <= on < months_later(one.on, MONTHS)]
    total = asked + sum(one.fen for one in counted)
    if not counted or total <= cap:
        return
    named = "、".join(f"{one.case}（{one.on.isoformat()}，{Money(one.fen).yuan()}元）" for one in counted[:5])
    raise Refused(
        f"同一个人十二个月内已经救助过{named}，连同这次共{Money(total).yuan()}元，"
        f"超过镇级限额{Money(cap).yuan()}元（temp_town_cap），不能分次由镇里批",
        basis=ARTICLE,
        remedy="“走哪条路”选“报区民政局”",
    )
