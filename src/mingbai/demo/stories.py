"""The cases of the season: what each is about, how far it gets, what goes wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

FIRMS = (
    "蚌埠市淮清水利工程有限公司", "淮上区诚信建材经营部", "蚌埠市禾丰建筑工程队", "安徽淮北岸路桥工程有限公司",
    "蚌埠市沫河口农机服务部", "淮上区佳洁环卫服务有限公司",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One case: `starts` days into the season, `pace` days a step, `stops` at a step left waiting.

    At a step it may be given up (`withdraw`), stopped (`suspend`), given more time (`extend`), or signed by one more
    office first (`cosign`: step → office).
    """

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
    suspend: str = ""
    extend: str = ""
    cosign: Mapping[str, str] = field(default_factory=dict)


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
    way = str(more.pop("way", "by_amount"))
    return Story(
        "procurement-small-works",
        title,
        starts,
        pace,
        {**_works(title, amount, price, firm, source, kind), "request.way": way},
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
    return (ditch, goods, pond, *_third(place, firm, other), *others(place))


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
                _buy(
                    "村口太阳能路灯安装",
                    66,
                    "46,000.00",
                    "45,200.00",
                    other,
                    "美好乡村建设资金",
                    way="town_platform",
                    stops="decide__villager_vote",
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
                    "village-major-decision", "村规民约修订中红白事标准的修改", 12, 1.0,
                    {"notify.matter": "assembly", "assembly_vote.matter": "village_charter"},
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


def _affair(power: str, starts: int, stops: str = "", pace: float = 1.0, **given: str) -> Story:
    """A case that needs no title of its own, or has one in `given`."""
    answers = {name.replace("__", "."): value for name, value in given.items() if name != "title"}
    return Story(power, given.get("title", ""), starts, pace, answers, stops)


def others(place: int) -> tuple[Story, ...]:
    """What else the village exercises of the twenty powers: one a village, and something on notice at the end."""
    told = (
        _affair("dibao", 6, relative_filing__kin="none", amount="610.00", months="1"),
        _affair(
            "tekun-support", 9, stops="review", amount="1,015.00", months="1", investigate__appraise="needed"
        ),
        _affair(
            "temporary-assistance",
            15,
            apply__amount="1,200.00",
            first_aid__amount="1,200.00",
            triage__kind="urgent",
        ),
        _affair("disaster-relief", 4, stops="archive", amount="800.00"),
        _affair("home-care-subsidy", 11, stops="review", amount="260.00", visits="4"),
        _affair("disability-subsidy", 13, stops="recheck", amount="80.00"),
        _affair("rural-house-renovation", 7, amount="32,000.00"),
        _affair("party-member-recruitment", 3, stops="cultivate"),
        _affair("orphan-support", 5, amount="1,300.00"),
        _affair("collective-assets", 10, title="村部西侧两间门面出租", amount="36,000.00"),
        _affair("land-transfer", 14, title="三组机动地对外发包", amount="24,000.00"),
        _affair("labor-and-pay", 8, title="秋季沟渠清淤用工", amount="4,800.00"),
    )
    return (told[place % len(told)], *_fields(place), *_at_the_end(place))


def _fields(place: int) -> tuple[Story, ...]:
    """Households' land, and in every other village hands too: what stands beside the case's steps is in `fields`."""
    letting = _affair(
        "land-transfer", 18, title="一组、二组农户承包地委托流转", intent__way="entrust", receiver_kind="other",
        land__recipient="淮上区丰禾粮食种植专业合作社", amount="82,000.00",
    )  # fmt: skip
    ditch = _affair(
        "labor-and-pay", 12, title="东组排水沟清淤用工", plan__task="东组排水沟清淤", plan__work_kind="adhoc", days="20",
        people="4", plan__days="20", plan__day_rate="120.00", plan__amount="2,400.00", amount="2,400.00",
        labour__place="东组排水沟",
    )  # fmt: skip
    return (letting,) if place % 2 else (ditch, letting)


def _at_the_end(place: int) -> tuple[Story, ...]:
    """Notices that hang when the demo opens, time given, a second signature, a case that waits."""
    match place % 4:
        case 0:
            return (_affair("dibao", 85, stops="publicize", relative_filing__kin="none", amount="610.00"),)
        case 1:
            return (_affair("home-care-subsidy", 86, stops="publicize"),)
        case 2:
            longer = _spend("秸秆打捆机维修费", 78, "6,400.00", FIRMS[4], stops="supervise_review")
            return (
                replace(
                    longer, extend="approval__witness", cosign={"approval__witness": "village_committee"}
                ),
            )
        case _:
            waits = _spend("村史馆展板制作", 66, "9,800.00", FIRMS[5])
            return (replace(waits, suspend="approval__witness"),)
