"""The cases of the season: what each is about, how far it gets, what goes wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIRMS = (
    "蚌埠市淮清水利工程有限公司", "淮上区诚信建材经营部", "蚌埠市禾丰建筑工程队", "安徽淮北岸路桥工程有限公司",
    "蚌埠市沫河口农机服务部", "淮上区佳洁环卫服务有限公司",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One case: `starts` days into the season, `pace` days a step, `stops` at a step left waiting."""

    power: str
    title: str
    starts: int
    pace: float
    given: Mapping[str, str]
    stops: str = ""
    objection: str = ""
    late: Mapping[str, int] = field(default_factory=dict)
    returns: Mapping[str, str] = field(default_factory=dict)
    withdraw: str = ""


def _works(
    title: str, amount: str, price: str, firm: str, source: str, kind: str = "works"
) -> dict[str, str]:
    return {
        "request.project_kind": kind, "request.amount": amount,
        "request.fund_source": source, "winner": firm, "award_price": price, "party": firm, "price": price,
        "final_price": price, "pay.amount": price, "pay.payee": firm, "increase": "0.00",
        "request.payee_name": firm, "notify.matter": "village",
    }  # fmt: skip


def _buy(title: str, starts: int, amount: str, price: str, firm: str, source: str, **more: object) -> Story:
    kind = str(more.pop("kind", "works"))
    pace = float(str(more.pop("pace", 1.0)))
    return Story(
        "procurement-small-works",
        title,
        starts,
        pace,
        _works(title, amount, price, firm, source, kind),
        **more,
    )  # type: ignore[arg-type]


def _spend(title: str, starts: int, amount: str, firm: str, **more: object) -> Story:
    given = _works(title, amount, amount, firm, "村集体经营收入", "services")
    return Story("village-fund-approval", title, starts, 1.0, given, **more)  # type: ignore[arg-type]


def stories(place: int) -> tuple[Story, ...]:
    """The cases of the village that stands at `place` in the season's list; each village has its own mixture."""
    firm, other = FIRMS[place % len(FIRMS)], FIRMS[(place + 1) % len(FIRMS)]
    ditch = _buy("村西排水沟整修", place % 5, "38,000.00", "36,800.00", firm, "人居环境整治补助")
    goods = _buy(
        "村部办公用品采购", 8 + place % 6, "4,600.00", "4,380.00", other, "村级运转经费", kind="goods"
    )
    pond = _spend("当家塘清淤机械费", 20 + place % 9, "12,600.00", other)
    return (ditch, goods, pond, *_third(place, firm, other))


def _third(place: int, firm: str, other: str) -> tuple[Story, ...]:
    match place % 6:
        case 0:
            return (
                _buy(
                    "村道路灯安装",
                    38,
                    "46,000.00",
                    "44,200.00",
                    other,
                    "一事一议财政奖补",
                    stops="award_publicity",
                    pace=1.2,
                ),
                _spend("防汛沙袋采购", 47, "3,860.00", other, late={"witness": 16}),
            )
        case 1:
            return (
                _buy(
                    "文化广场铺装",
                    30,
                    "128,000.00",
                    "121,500.00",
                    firm,
                    "美好乡村建设资金",
                    objection="award_publicity",
                ),
                _spend("村部屋面维修", 70, "8,200.00", firm, stops="supervise_review"),
            )
        case 2:
            return (
                Story(
                    "village-major-decision", "村规民约修订中红白事标准的修改", 12, 1.0, {"notify.matter": "village"},
                    objection="publish_decision",
                ),
                _buy("机耕路整修", 52, "49,500.00", "47,800.00", other, "高标准农田管护资金", stops="contract"),
            )  # fmt: skip
        case 3:
            return (
                _buy(
                    "老年活动室空调采购",
                    40,
                    "18,000.00",
                    "17,200.00",
                    other,
                    "村集体经营收入",
                    kind="goods",
                    stops="accept",
                ),
                _spend(
                    "环卫保洁费", 60, "15,000.00", other, returns={"approval__supervise_review": "committee"}
                ),
            )
        case 4:
            return (
                _buy(
                    "村口桥栏杆更换",
                    25,
                    "27,500.00",
                    "26,900.00",
                    firm,
                    "村集体经营收入",
                    withdraw="decide__township_check",
                ),
                _buy(
                    "灌溉泵站维修",
                    62,
                    "32,000.00",
                    "31,000.00",
                    firm,
                    "小型水利维修养护资金",
                    stops="decide__publish_decision",
                ),
            )
        case _:
            given = {"villager_vote.against": "24", "villager_vote.absent": "2"}
            rejected = _buy(
                "村部门楼改建",
                33,
                "88,000.00",
                "86,000.00",
                firm,
                "村集体经营收入",
                stops="decide__party_meeting",
            )
            return (
                Story(
                    rejected.power,
                    rejected.title,
                    33,
                    1.0,
                    {**rejected.given, **given},
                    stops="decide__two_committees",
                ),
                _spend("村级广播设备维修", 55, "2,980.00", other),
            )
