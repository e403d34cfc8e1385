"""Requisitions: the households' areas and sums and the collective's share add up; who may have a quota.

Areas are whole 0.01 mu (亩), sums whole fen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mingbai.kernel import Citation, Money, Refused
from mingbai.land.rules.settings import QuotaRules, RequisitionRules

COMPENSATED = Citation("land-admin", "第48条")
SHOWN = Citation("land-admin", "第49条")


@dataclass(frozen=True)
class Share:
    """What one household lost (0.01 mu) and is paid, fen by item."""

    household: str
    area: int
    sums: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Fen."""
        return sum(self.sums.values())


@dataclass(frozen=True)
class Award:
    """The whole of a requisition: area by kind of land, fen by item, what the collective lost and keeps."""

    lands: Mapping[str, int]
    totals: Mapping[str, int]
    kept: Mapping[str, int]
    collective_area: int
    shares: Sequence[Share]


def check_award(rules: RequisitionRules, award: Award) -> None:
    """Refuse an award whose lines do not add up to it, item by item and to the 0.01 mu.

    Raises:
        Refused: unknown kinds, nothing taken, a household twice, a negative sum, a share kept of what belongs to
            the households, or sums and areas that do not add up.
    """
    _check_kinds(rules, award)
    names = [one.household for one in award.shares]
    if len(set(names)) != len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise Refused(f"{twice}写了两遍", basis=COMPENSATED, remedy="一户一行")
    area = award.collective_area + sum(one.area for one in award.shares)
    if area != sum(award.lands.values()):
        raise Refused(
            f"各户和集体的面积加起来是{area / 100:.2f}亩，征收总面积是{sum(award.lands.values()) / 100:.2f}亩",
            basis=COMPENSATED, remedy="逐户核对面积",
        )  # fmt: skip
    for item in rules.items:
        _check_item(item.id, item.title, item.kept, award)


def _check_kinds(rules: RequisitionRules, award: Award) -> None:
    for land in award.lands:
        rules.land(land)
    listed = {*award.totals, *award.kept, *(item for one in award.shares for item in one.sums)}
    for item in listed:
        rules.item(item)
    counted = (*award.lands.values(), *award.totals.values(), *award.kept.values(), award.collective_area)
    own = [fen for one in award.shares for fen in (one.area, *one.sums.values())]
    if (
        min((*counted, *own), default=0) < 0
        or not sum(award.lands.values())
        or not sum(award.totals.values())
    ):
        raise Refused("没有征地面积或者补偿费，或者写了负数", basis=COMPENSATED, remedy="照公告和协议填写")


def _check_item(id: str, title: str, kept: bool, award: Award) -> None:
    stays, whole = award.kept.get(id, 0), award.totals.get(id, 0)
    if stays and not kept:
        raise Refused(f"{title}归农户，集体不能留", basis=COMPENSATED, remedy="全部分到户")
    summed = stays + sum(one.sums.get(id, 0) for one in award.shares)
    if summed != whole:
        raise Refused(
            f"{title}：各户和集体加起来是{Money(summed).yuan()}元，总额是{Money(whole).yuan()}元",
            basis=COMPENSATED, remedy="逐户核对金额",
        )  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody to be put on the list of quotas; `lost` is what the household lost; `gone`: died or moved away."""

    name: str
    birth: date
    lost: int
    gone: str = ""
    elsewhere: bool = False


def check_candidate(rules: QuotaRules, one: Person, announced: date) -> tuple[Citation, ...]:
    """Refuse who may not have a quota; else the figures that were asked and are not verified.

    Raises:
        Refused: died or moved away, on the list of any requisition of the district, too young on the day of the
            announcement, or of a household that lost no land.
    """
    age = (
        announced.year
        - one.birth.year
        - ((announced.month, announced.day) < (one.birth.month, one.birth.day))
    )
    if one.gone:
        said = "已经去世" if one.gone == "died" else "已经迁出"
        raise Refused(
            f"{one.name}{said}，不占名额", basis=rules.least_lost.citation.spoken(), remedy="换一个人"
        )
    if one.elsewhere:
        raise Refused(
            f"{one.name}在本区已经占了一个名额", basis=rules.least_lost.citation.spoken(),
            remedy="一个人只有一个名额，请镇、区核对",
        )  # fmt: skip
    if age < rules.least_age.value:
        raise Refused(
            f"{one.name}公告那天{age}周岁，没有满{rules.least_age.value}周岁", basis=rules.least_age.citation.spoken(),
            remedy="核对出生日期",
        )  # fmt: skip
    if one.lost < max(rules.least_lost.value, 1):
        raise Refused(
            f"{one.name}这一户这次没有征到地，或者征得不够",
            basis=rules.least_lost.citation.spoken(),
            remedy="核对各户的面积",
        )
    return (rules.least_age.citation.spoken(), rules.least_lost.citation.spoken())


def corrected(
    rules: RequisitionRules, before: Award, rows: Sequence[Share], kept: Mapping[str, int], own: int
) -> Award:
    """The award with some households' lines, what the collective keeps and its own area (0.01 mu) put right.

    What was announced stays: a correction moves area and sums within it, line against line. Another whole is another
    announcement.

    Raises:
        Refused: nothing is different, or what `check_award` refuses of the lines with those put right.
    """
    wrong = {one.household: one for one in rows}
    if len(wrong) != len(rows):
        raise Refused("同一户写了两遍", basis=COMPENSATED, remedy="一户一行")
    shares = [wrong.pop(one.household, one) for one in before.shares]
    after = Award(before.lands, before.totals, {**before.kept, **kept}, own, [*shares, *wrong.values()])
    check_award(rules, after)
    if not differences_of(before, after):
        raise Refused("和现在的一样，没有要更正的", basis=COMPENSATED, remedy="只填写错的那几户")
    return after


def differences_of(before: Award, after: Award) -> dict[tuple[str, str], int]:
    """By household (empty: the collective) and item (empty: area): how much more or less, where it is not the same."""
    was, now = _cells(before), _cells(after)
    found = {
        key: now.get(key, 0) - was.get(key, 0) for key in (*was, *(key for key in now if key not in was))
    }
    return {key: delta for key, delta in found.items() if delta}


def _cells(award: Award) -> dict[tuple[str, str], int]:
    cells = {("", ""): award.collective_area, **{("", item): fen for item, fen in award.kept.items()}}
    for one in award.shares:
        cells[one.household, ""] = one.area
        cells |= {(one.household, item): fen for item, fen in one.sums.items()}
    return cells
