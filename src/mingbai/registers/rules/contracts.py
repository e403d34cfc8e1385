"""When a contract may be registered."""

from __future__ import annotations

from datetime import date

from mingbai.kernel import Citation, Money, Refused

CONTRACT = Citation("rceo", "第45条")
AWARD = Citation("bidding", "第46条")
LONGEST_YEARS = 70


def check_price(price: Money, awarded: Money | None) -> None:
    """Refuse a price of nothing, or one that is not what was awarded (招标投标法 第46条, and by analogy)."""
    if price <= Money(0):
        raise Refused("合同价款必须大于零", basis=CONTRACT, remedy="请核对合同价款")
    if awarded is not None and price != awarded:
        raise Refused(
            f"合同价款{price.yuan()}元与确定的成交价{awarded.yuan()}元不一致",
            basis=AWARD,
            remedy="请按成交价签订合同；确需变更价款的，应当重新决定",
        )


def check_term(starts_on: date, ends_on: date, *, longest: bool = True) -> None:
    """Refuse a term that ends before it starts, or, unless `longest` is false, is longer than any the law knows."""
    if ends_on < starts_on:
        raise Refused("合同结束日期早于开始日期", basis=CONTRACT, remedy="请核对合同期限")
    if longest and ends_on.year - starts_on.year > LONGEST_YEARS:
        basis = Citation("land-contract", "第21条")
        raise Refused(f"合同期限超过{LONGEST_YEARS}年", basis=basis, remedy="请核对合同期限")


def started_before_signing(starts_on: date, signed_on: date) -> bool:
    """Whether performance began before the contract was signed: entered all the same, and marked so."""
    return starts_on < signed_on
