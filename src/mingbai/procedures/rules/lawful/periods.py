"""Days: the figures that the law itself sets, and that no chart may go below or above.

Each is cited; what a district sets for itself is in its parameters and is not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingbai.kernel import Citation, Confidence
from mingbai.procedures.rules.graph import Limit, Node
from mingbai.procedures.rules.lawful.common import PUBLISHED, done_by, waiting
from mingbai.procedures.rules.lawful.money import AWARD
from mingbai.procedures.rules.report import Failure, Obligation, failed, obligation
from mingbai.procedures.rules.runs import Runs

UNITS = {"working_day": "个工作日", "calendar_day": "日", "month": "个月", "year": "年"}
FEWEST = {"working_day": 1, "calendar_day": 1, "month": 28, "year": 365}
MOST = {"working_day": 1, "calendar_day": 1, "month": 31, "year": 366}
DEVELOPMENT = "party-member-dev"


@dataclass(frozen=True)
class Period:
    """At least (`min`) or at most (`max`) so long, by this article."""

    bound: str
    value: int
    unit: str
    citation: Citation

    def says(self) -> str:
        """In words."""
        return f"{'不少于' if self.bound == 'min' else '不超过'} {self.value} {UNITS[self.unit]}"


def _law(law: str, article: int, bound: str, value: int, unit: str, *, likely: bool = False) -> Period:
    confidence = Confidence.likely if likely else Confidence.verified
    return Period(bound, value, unit, Citation(law, f"第{article}条", confidence))


BY_ARTICLE: tuple[Period, ...] = (
    _law("vcol", 25, "min", 10, "calendar_day"),
    _law("vcol", 35, "min", 15, "calendar_day"),
    _law("rceo", 27, "min", 10, "calendar_day"),
    _law("land-admin", 47, "min", 30, "calendar_day"),
    _law("land-admin-reg", 26, "min", 10, "working_day"),
    _law("land-admin-reg", 40, "min", 10, "working_day"),
    _law("land-transfer-2021", 29, "max", 20, "working_day", likely=True),
    _law("bidding", 24, "min", 20, "calendar_day"),
    _law("bidding", 46, "max", 30, "calendar_day"),
    _law("bidding-reg", 54, "min", 3, "calendar_day"),
    _law("bidding-reg", 54, "max", 3, "calendar_day"),
    _law("dibao-measures", 15, "max", 3, "working_day"),
    _law("dibao-measures", 19, "min", 7, "calendar_day"),
    _law("dibao-measures", 20, "max", 10, "working_day"),
    _law("dibao-measures", 21, "max", 3, "working_day"),
    _law("dibao-measures", 31, "max", 1, "year"),
    _law("tekun-measures", 13, "max", 15, "working_day"),
    _law("tekun-measures", 15, "min", 7, "calendar_day"),
    _law("tekun-measures", 15, "max", 15, "working_day"),
    _law("tekun-measures", 16, "max", 15, "working_day"),
    _law("tekun-measures", 18, "max", 3, "working_day"),
    _law("tekun-measures", 23, "max", 10, "working_day"),
    _law("tekun-measures", 26, "min", 7, "calendar_day"),
    _law("tekun-measures", 26, "max", 15, "working_day"),
    _law("hard-expense", 8, "max", 30, "working_day"),
    _law("medical-fund-2013", 16, "max", 3, "month"),
    _law("veterans-pension", 8, "max", 1, "year"),
    _law(DEVELOPMENT, 7, "max", 1, "month", likely=True),
    _law(DEVELOPMENT, 17, "min", 3, "calendar_day", likely=True),
    _law(DEVELOPMENT, 19, "max", 1, "month", likely=True),
    _law(DEVELOPMENT, 25, "max", 3, "month", likely=True),
    _law(DEVELOPMENT, 29, "max", 1, "month", likely=True),
    _law(DEVELOPMENT, 33, "max", 3, "month", likely=True),
)
"""For whatever limit a chart founds on one of these articles."""
BY_STAGE: dict[str, Period] = {
    "publish_decision": Period("min", 15, "calendar_day", PUBLISHED),
    "award_publicity": Period("min", 3, "calendar_day", AWARD),
    "cultivate": _law(DEVELOPMENT, 13, "min", 1, "year", likely=True),
    "candidate_publicity": _law(DEVELOPMENT, 13, "min", 5, "working_day", likely=True),
    "train": _law(DEVELOPMENT, 17, "min", 3, "calendar_day", likely=True),
    "probation": _law(DEVELOPMENT, 31, "min", 1, "year", likely=True),
}
"""For steps that the law gives so long, wherever their chart takes it from."""
CHILD = Period("max", 15, "working_day", Citation("de-facto-orphan-2019", "第二部分"))
VILLAGE_BOARD = Period("min", 15, "calendar_day", PUBLISHED)
ONE_DAY = Period("min", 1, "calendar_day", PUBLISHED)


def periods(runs: Runs, node: Node) -> Iterator[Period]:
    """What the law says about how long this step lasts."""
    if node.stage in BY_STAGE:
        yield BY_STAGE[node.stage]
    if node.stage == "publish_result" and runs.procedure.nature != "party" and done_by(node, "village"):
        yield VILLAGE_BOARD
    if node.kind == "publicity":
        yield ONE_DAY
    if node.limit is not None:
        yield from _of_its_article(node.limit)


def _of_its_article(limit: Limit) -> Iterator[Period]:
    """What the article says on which a limit founds itself; where it sets both, what it says of this bound."""
    articles = _articles(limit.citation.article)
    law = [one for one in BY_ARTICLE if one.citation.law == limit.citation.law]
    found = [one for one in law if one.citation.article in articles]
    yield from [one for one in found if one.bound == limit.bound] or found[:1]
    if limit.citation.law == CHILD.citation.law:
        yield CHILD


def _articles(text: str) -> set[str]:
    """第28条第2款、第29条 → 第28条, 第29条."""
    return {
        f"{one}条" for one in (part.partition("条")[0] for part in text.split("、")) if one.startswith("第")
    }


def keeps(limit: Limit | None, period: Period) -> bool:
    """Whether a limit is at least, or at most, as long as the law says, however its unit is counted."""
    if limit is None or limit.bound != period.bound:
        return False
    if limit.unit == period.unit:
        return limit.value >= period.value if period.bound == "min" else limit.value <= period.value
    if period.bound == "max":
        return limit.value * MOST[limit.unit] <= period.value * FEWEST[period.unit]
    if period.unit == "working_day" and limit.unit == "calendar_day":
        return limit.value >= period.value * 2 + 10
    return limit.value * FEWEST[limit.unit] >= period.value * MOST[period.unit]


def _timed(runs: Runs) -> bool:
    return any(True for node in waiting(runs) for _ in periods(runs, node))


def _cited(runs: Runs) -> Iterator[Citation]:
    yield from dict.fromkeys(one.citation for node in waiting(runs) for one in periods(runs, node))


@obligation("notice", by=_cited, when=_timed)
def periods_of_law_are_kept(runs: Runs) -> Iterator[Failure]:
    """公开、公示不短于法定的天数，办理不长于法定的天数"""
    for node in waiting(runs):
        for period in periods(runs, node):
            if not keeps(node.limit, period):
                said = f"“{node.title}”要{period.says()}"
                yield failed(runs, "notice", said, period.citation, runs.way([node.id]) or [node.id])
                break


PERIODS: tuple[Obligation, ...] = (periods_of_law_are_kept,)
