"""How a purchase is awarded and contracted: limits of the way, days of the tender, days to the contract. Pure.

Source: 招标投标法 第3条、第24条、第46条、第49条; 招标投标法实施条例 第54条. Figures are dated parameters; sums in fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mingbai.cases.rules.splitting import TITLES
from mingbai.kernel import Citation, Confidence, Money, Refused

MUST_TENDER = Citation("bidding", "第3条、第49条")
TENDER_DAYS = Citation("bidding", "第24条")
PUBLICITY_DAYS = Citation("bidding-reg", "第54条")
CONTRACT_DAYS = Citation("bidding", "第46条")
ALONE = Citation("local-unknown", "本地惯例", Confidence.assumed)
TENDER = "statutory_tender"
OWN_LIMIT = {"direct": "procurement_direct_max", "quote": "procurement_quote_max"}


def must_tender(kind: str, amount: int, limits: Mapping[str, int]) -> bool:
    """Whether a purchase of this kind (works, goods, services) must be tendered by law; unset limits bind nothing."""
    limit = limits.get(f"{TENDER}_{kind}")
    return limit is not None and amount >= limit


def refuse_untendered(way: str, kind: str, amount: int, limits: Mapping[str, int]) -> None:
    """R03: refuse an award by another way of what must be tendered.

    Raises:
        Refused: 招标投标法 第3条、第49条.
    """
    if way != TENDER and must_tender(kind, amount, limits):
        name = f"{TENDER}_{kind}"
        raise Refused(
            f"{Money(amount).yuan()}元达到必须招标的{Money(limits[name]).yuan()}元（{name}），不招标不能成交",
            basis=MUST_TENDER, remedy="按合计的金额重新立项，公开招标",
        )  # fmt: skip


def refuse_over_way(way: str, price: int, limits: Mapping[str, int]) -> None:
    """R01: refuse an award above what the way taken may award.

    Raises:
        Refused: naming the parameter passed.
    """
    limit = limits.get(OWN_LIMIT.get(way, ""))
    if limit is not None and price > limit:
        raise Refused(
            f"成交价{Money(price).yuan()}元超过{TITLES[way]}的限额{Money(limit).yuan()}元（{OWN_LIMIT[way]}）",
            basis=Citation("bidding", "第4条"), remedy="退回需求，按这个金额该走的路重新采购",
        )  # fmt: skip


def refuse_short_tender(issued: date, closed: date, least: int | None) -> None:
    """R05: refuse a tender whose documents were out for fewer days than the parameter `tender_notice_days` says.

    Raises:
        Refused: 招标投标法 第24条.
    """
    days = (closed - issued).days
    if least is not None and days < least:
        raise Refused(
            f"招标文件{issued}发出，{closed}截止投标，只有{max(days, 0)}日，不足{least}日（tender_notice_days）",
            basis=TENDER_DAYS, remedy="重新招标，留足日子",
        )  # fmt: skip


def refuse_short_publicity(days: int, least: int | None) -> None:
    """R06: refuse to end an award publicity of fewer days than the parameter `award_publicity_days` says.

    Raises:
        Refused: 招标投标法实施条例 第54条.
    """
    if least is not None and days < least:
        raise Refused(
            f"成交公示只有{days}日，不足{least}日（award_publicity_days）", basis=PUBLICITY_DAYS,
            remedy="重新公示，公示满了再签合同",
        )  # fmt: skip


def refuse_late_contract(signed: date, awarded: date, last: date | None, most: int | None) -> None:
    """R07: refuse a contract signed more days after the award than `tender_contract_days` says.

    `last` is the last day of the step when somebody above has moved it, with the reason published.

    Raises:
        Refused: 招标投标法 第46条.
    """
    if most is None:
        return
    by_law = awarded + timedelta(days=most)
    if signed > max(by_law, last or by_law):
        raise Refused(
            f"成交定在{awarded}，到{signed}已经超过{most}日（tender_contract_days），不能再签",
            basis=CONTRACT_DAYS, remedy="请镇（街）说明理由延长这一步，或者退回重新比选",
        )  # fmt: skip


def refuse_alone(title: str, second: str, handlers: frozenset[str]) -> None:
    """R58: refuse an acceptance whose second person handled the purchase.

    Raises:
        Refused: two persons accept, and neither handled it.
    """
    if second in handlers:
        raise Refused(
            f"“{title}”的另一位验收人{second}经手过这次采购", basis=ALONE, remedy="两个人验收，都不能是经手人"
        )
