"""What the demo village owns: a few assets and plots with a sketch each, one idle since, and a stock-take."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mingbai.demo.agenda import Script
from mingbai.demo.papers import picture
from mingbai.demo.people import Cast
from mingbai.evidence.services import keep_paper, release_paper
from mingbai.kernel import Money
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.registers import services
from mingbai.registers.queries.stocktakes import stock_take
from mingbai.registers.rules.objects import NewObject
from mingbai.registers.rules.stocktaking import Count

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ASSETS = (
    ("house", "村部办公楼", "村部", "granted", date(2013, 11, 20), 486_000, "public", "村级组织活动场所项目"),
    ("water", "东组机井和泵房", "东组北侧机耕路旁", "granted", date(2019, 6, 12), 86_500, "public", "高标准农田项目"),
    ("power", "太阳能路灯（36盏）", "村内主路", "built", date(2021, 9, 30), 97_200, "public", "村集体资金"),
    ("house", "老粮站仓库", "西组村口", "inherited", date(1998, 1, 1), 35_000, "operating", ""),
)  # fmt: skip
_PLOTS = (
    ("pond", "南大塘", 8650, "东至机耕路，南至排涝大沟，西至生产路，北至村道", "contract", "in_use"),
    ("waste", "河滩地", 1240, "东至防汛路，南至老河堤，西至林场界沟，北至河道管理线", "unified", "idle"),
)


def own(cast: Cast, place: int, start: datetime, later: Any) -> Script:
    """Everything registered in the first week; ten days on the warehouse is idle; then all is counted and signed."""
    village = organisations.division(cast.village).short
    now = yield later(start, 2 + place % 3)
    by = _hand(cast, "bookkeeper", now)
    rows = [_asset(cast, village, by, now, *one) for one in _ASSETS]
    rows += [_plot(cast, village, by, now, *one) for one in _PLOTS]
    numbers = services.register_objects(
        rows, village=cast.village, by=by, occurred_on=_day(now), at=now
    )  # fmt: skip
    now = yield later(now, 10)
    services.change_use(
        number=numbers[3], state="idle", note="承租人退租，门窗待修", by=_hand(cast, "bookkeeper", now),
        occurred_on=_day(now), at=now,
    )  # fmt: skip
    now = yield later(now, 12)
    take = services.open_stock_take(
        village=cast.village, on=_day(now), by=_hand(cast, "bookkeeper", now), at=now
    )
    counts = [Count(one.number, "found") for one in stock_take(take).items]
    counts[2] = Count(numbers[2], "damaged", "有3盏不亮，已报修")
    services.count_objects(number=take, counts=counts, by=_hand(cast, "bookkeeper", now), at=now)
    for office in ("bookkeeper", "village_supervision_committee"):
        services.sign_stock_take(number=take, by=_hand(cast, office, now), at=now)


def _hand(cast: Cast, office: str, now: datetime) -> Actor:
    return organisations.actor_on(cast.by_office[office][0], _day(now))


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def _photo(cast: Cast, village: str, name: str, by: Actor, now: datetime) -> str:
    kept = keep_paper(
        content=picture(name, (village, "实物照片（示意）")), name="photo.jpg", label="实物照片",
        village=cast.village, actor=by.person, at=now, subject=f"register:{cast.village}",
    )  # fmt: skip
    release_paper(paper=kept.id, masks=(), actor=by.person, at=now)
    return kept.id


def _asset(
    cast: Cast,
    village: str,
    by: Actor,
    now: datetime,
    kind: str,
    name: str,
    where: str,
    acquired: str,
    on: date,
    yuan: int,
    run: str,
    funded_by: str,
) -> NewObject:
    return NewObject(
        family="asset", kind=kind, name=name, custodian="village_committee", place=where, acquired=acquired,
        photos=(_photo(cast, village, name, by, now),), management=run,
        acquired_on=on, value=Money(yuan * 100), funded_by=funded_by,
    )  # fmt: skip


def _plot(
    cast: Cast,
    village: str,
    by: Actor,
    now: datetime,
    kind: str,
    name: str,
    area: int,
    boundaries: str,
    run: str,
    state: str,
) -> NewObject:
    return NewObject(
        family="resource", kind=kind, name=name, custodian="rce_council", area=area, boundaries=boundaries,
        photos=(_photo(cast, village, name, by, now),), management=run, state=state,
    )  # fmt: skip
