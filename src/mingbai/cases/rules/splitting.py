"""Buying in pieces (化整为零): what was asked for within twelve months counts with what is being asked for now.

Source: 招标投标法 第4条、第49条; 政府采购法实施条例 第28条 (the same kind of goods within a year adds up), which villages
follow by reference. Sums are in fen. Pure: no tables, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Citation, Money, Refused, months_later

ARTICLE = Citation("bidding", "第4条")
MONTHS = 12
# Ways from the lightest to the heaviest, and the parameter up to which each may be taken.
WAYS = ("direct", "quote", "town_platform")
LIMITS = ("procurement_direct_max", "procurement_quote_max")
TITLES = {"direct": "直接采购", "quote": "三家询价", "town_platform": "镇级平台交易"}
_COMMON_WORDS = frozenset("工程采购项目维修整修修复安装改造更换购买一批村内本村")


@dataclass(frozen=True)
class Request:
    """One request of a village: `amount` is its budget in fen, `supplier` its winner when known."""

    case: str
    title: str
    kind: str
    amount: int
    asked_on: date
    supplier: str = ""

    @property
    def yuan(self) -> str:
        """Its budget in yuan."""
        return Money(self.amount).yuan()


@dataclass(frozen=True)
class Together:
    """A request with the earlier ones it is counted with; `way` is what the sum demands.

    next_limit: the parameter and its figure (fen) that the sum has not passed yet; None when all are passed.
    """

    amount: int
    earlier: tuple[Request, ...]
    total: int
    way: str
    own_way: str
    next_limit: tuple[str, int] | None

    @property
    def to_go(self) -> int | None:
        """How far the sum is below the next limit, in fen."""
        return self.next_limit[1] - self.total if self.next_limit else None

    @property
    def left_yuan(self) -> str:
        """The same in yuan; empty when every limit is passed."""
        return "" if self.to_go is None else Money(self.to_go).yuan()

    @property
    def total_yuan(self) -> str:
        """The sum in yuan."""
        return Money(self.total).yuan()

    @property
    def way_title(self) -> str:
        """The way that the sum demands, in words."""
        return TITLES[self.way]


def same_matter(one: Request, other: Request, words: Mapping[str, Iterable[str]]) -> bool:
    """Whether two requests are one matter: the same category, project words or supplier, of the same kind.

    `words` are the words by which a category of the district is known in a title.
    """
    if one.kind != other.kind:
        return False
    if one.supplier and one.supplier == other.supplier:
        return True
    if categories(one.title, words) & categories(other.title, words):
        return True
    return _project(one.title) == _project(other.title)


def categories(title: str, words: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The categories whose words stand in a title."""
    return frozenset(name for name, known in words.items() if any(word in title for word in known))


def _project(title: str) -> frozenset[str]:
    """The letters of a title that tell one project from another; the title's own when nothing else is left."""
    letters = frozenset(letter for letter in title if letter.isalpha())
    return letters - _COMMON_WORDS or letters


def count_together(
    now: Request, others: Iterable[Request], limits: Mapping[str, int], words: Mapping[str, Iterable[str]]
) -> Together:
    """Add up a request with the earlier ones of the same matter within the rolling twelve months before it."""
    earlier = tuple(
        one
        for one in others
        if one.case != now.case
        and one.asked_on <= now.asked_on < months_later(one.asked_on, MONTHS)
        and same_matter(now, one, words)
    )
    total = now.amount + sum(one.amount for one in earlier)
    next_limit = next(
        ((name, limits[name]) for name in LIMITS if name in limits and total <= limits[name]), None
    )
    return Together(now.amount, earlier, total, way_of(total, limits), way_of(now.amount, limits), next_limit)


def way_of(amount: int, limits: Mapping[str, int]) -> str:
    """The lightest way that a sum in fen may take; a limit that is not set binds nothing."""
    for way, name in zip(WAYS, LIMITS, strict=False):
        if name not in limits or amount <= limits[name]:
            return way
    return WAYS[-1]


def refuse_splitting(together: Together, chosen: str, limits: Mapping[str, int]) -> None:
    """Refuse a way that is lighter than the sum demands.

    `chosen` is the way the person takes; empty means the way of this amount alone.

    Raises:
        Refused: naming the earlier cases, the sum, the parameter passed and the article.
    """
    taken = max(chosen or together.own_way, together.own_way, key=WAYS.index)
    if WAYS.index(taken) >= WAYS.index(together.way):
        return
    passed = LIMITS[WAYS.index(taken)]
    named = "、".join(f"{one.case}“{one.title}”{Money(one.amount).yuan()}元" for one in together.earlier[:5])
    more = f"等{len(together.earlier)}件" if len(together.earlier) > 5 else ""
    raise Refused(
        f"十二个月内同类的还有{named}{more}，连同这次共{Money(together.total).yuan()}元，"
        f"超过{TITLES[taken]}的限额{Money(limits[passed]).yuan()}元（{passed}），不能化整为零",
        basis=ARTICLE,
        remedy=f"“走哪条路”选“{TITLES[together.way]}”，或者与前面的合成一个项目重新立项",
    )
