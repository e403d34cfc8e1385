"""Retention money (质保金): how much at most, how long at most, when it is due. Pure.

Source: 建设工程质量保证金管理办法（建质〔2017〕138号）第2条 (at most two years), 第7条 (at most 3 percent of what was
settled), 第8条 (from acceptance), 第10条、第11条 (given back after a check).
"""

from __future__ import annotations

from datetime import date

from mingbai.kernel import Citation, Money, Refused, months_later

LAW = "construction-retention"
SHARE = Citation(LAW, "第7条")
PERIOD = Citation(LAW, "第2条")
BACK = Citation(LAW, "第11条")


def refuse_terms(percent: int, months: int, most_percent: int | None, most_months: int | None) -> None:
    """Refuse a share or a period above what is allowed on the day; both bounds are dated
    parameters, and one that is not set binds nothing.

    Raises:
        Refused: naming the article.
    """
    if percent < 1 or (most_percent is not None and percent > most_percent):
        raise Refused(
            f"质保金{percent}%：不能超过{most_percent}%（retention_cap_percent），也不能是零", basis=SHARE,
            remedy=f"改成不超过{most_percent}%，或者不留质保金",
        )  # fmt: skip
    if months < 1 or (most_months is not None and months > most_months):
        raise Refused(
            f"质保期{months}个月：不能超过{most_months}个月（retention_cap_months），也不能是零", basis=PERIOD,
            remedy=f"改成不超过{most_months}个月",
        )  # fmt: skip


def held_of(base_fen: int, percent: int) -> int:
    """What is held back of a settled price, in whole fen; a broken fen goes to the supplier."""
    return base_fen * percent // 100


def last_day(accepted_on: date, months: int) -> date:
    """The last day of the period, counted from the acceptance."""
    return months_later(accepted_on, months)


def refuse_not_yet(on: date, until: date, fen: int) -> None:
    """Refuse to release or pay a retention before its period is over.

    Raises:
        Refused: the day after which it may be, and the article.
    """
    if on <= until:
        raise Refused(
            f"质保金{Money(fen).yuan()}元到{until}期满，现在不能付", basis=BACK,
            remedy=f"{until}以后检查合格了再办",
        )  # fmt: skip
