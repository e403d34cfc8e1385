"""The columns of a roll's sheet, what a row of it comes to, and whether all rows together make the body the law asks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from mingbai.meetings.rules.bodies import BodyRule

NUMBER, NAME, SEX, BIRTH = "编号", "姓名", "性别", "出生日期"
HOUSEHOLD, GROUP, STANDING, STATE, NOTE = "户号", "村民小组", "身份", "状态", "备注"
COLUMNS = (NUMBER, NAME, SEX, BIRTH, HOUSEHOLD, GROUP, STANDING, STATE, NOTE)


@dataclass(frozen=True)
class RollRow:
    """One person on a roll, as the sheet says."""

    row: int
    number: str
    name: str
    sex: str = ""
    household: str = ""
    group: str = ""
    standing: str = ""
    note: str = ""


def composed(rule: BodyRule, rows: Sequence[RollRow], places: Container[str]) -> Iterable[str]:
    """Where the body is not composed as its rule asks."""
    basis = f"（{rule.citation.article}）" if rule.citation.article else ""
    fault = rule.composition.fault(len(rows))
    if rows and fault:
        yield f"{rule.title}{fault}{basis}"
    for share in rule.composition.shares:
        women = share.kind.startswith("妇女")
        column = SEX if women else STANDING
        if column not in places:
            yield f"没有“{column}”一列，算不出{share.kind}够不够{share.majority}{basis}"
            continue
        found = sum(one.sex == "女" if women else share.kind in one.standing.split("、") for one in rows)
        if found < share.majority.needed(len(rows)):
            yield (
                f"{share.kind}应当{share.majority}，{len(rows)}人中至少{share.majority.needed(len(rows))}人，"
                f"名册上有{found}人{basis}"
            )
    groups = {one.group for one in rows if one.group}
    if rule.id == "village_group_meeting" and len(groups) > 1:
        yield f"这是一个组的会，名册上有{len(groups)}个组的人：" + "、".join(sorted(groups))
