"""The season: villages, people, money, and every story played in the order of time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from mingbai.cases import services as cases
from mingbai.catalogue import queries as catalogue
from mingbai.complaints import services as complaints
from mingbai.demo.agenda import Script, play
from mingbai.demo.buying import compete
from mingbai.demo.driver import Driver
from mingbai.demo.fields import work
from mingbai.demo.holdings import own
from mingbai.demo.people import Cast, Casting, names
from mingbai.demo.renting import rent
from mingbai.demo.stories import Story, stories
from mingbai.kernel import Money
from mingbai.ledger import services as ledger
from mingbai.meetings import services as meetings
from mingbai.meetings.queries import matters as known_matters
from mingbai.meetings.rules import Votes
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.organisations.services import create_user
from mingbai.procedures.queries import procedure

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_INSTANT = datetime(2026, 11, 23, 8, 30, tzinfo=SHANGHAI)
"""When the demo's time begins to run: the morning of 23 November 2026."""
PASSWORD = "mingbai-demo-2026"  # noqa: S105 - a demo's, printed at every start
_SYSTEM = Actor("0" * 32, "系统")
_SIGN_INS = (
    ("weiyuan", "village_committee"), ("zhuren", "village_committee_director"),
    ("shuji", "village_party_secretary"), ("jiandu", "village_supervision_committee"),
    ("zuzhang", "village_group_leader"), ("baozhang", "bookkeeper"), ("wenshu", "village_clerk"),
    ("zhen", "town_government"), ("zhendangwei", "town_party_committee"), ("jiwei", "town_discipline"),
    ("dailizhongxin", "town_sanzi_center"), ("minzheng", "district_civil_affairs"), ("caizheng", "district_finance"),
    ("nongye", "district_agriculture"), ("sifa", "district_justice"),
)  # fmt: skip
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """What was made: where its time ends, a sentence about it, and how to sign in."""

    until: datetime
    sentence: str
    sign_ins: tuple[str, ...]


def first_instant(months: int) -> datetime:
    """The season's first instant: `months` months of thirty days and a week before its end."""
    return LAST_INSTANT - timedelta(days=30 * months + 7)


def build(*, villages: int, months: int, seed: int, tell: Tell, follow: Callable[[datetime], object]) -> Made:
    """Make the season in a district that is loaded; `follow` is called every evening to publish and log.

    The same arguments make the same season: names, votes and sums come from `seed`, times from the scripts.
    """
    randomness = random.Random(seed)  # noqa: S311 - invented people, not secrets
    start = first_instant(months).astimezone(UTC)
    chosen = _villages(villages)
    tell(f"  设 {len(chosen)} 个村的职务、名册和账 …")
    casts = _cast(chosen, randomness, start)
    sign_ins = _accounts(casts[0], start)
    scripts = [script for cast in casts for script in _scripts(cast, casts.index(cast), start)]
    acts = _play(scripts, tell, follow)
    follow(LAST_INSTANT)
    return Made(LAST_INSTANT, f"{len(casts)} 个村，{acts} 件事", sign_ins)


def _villages(count: int) -> list[str]:
    """Villages (not communities) of all towns in turn."""
    by_town: dict[str, list[str]] = {}
    for one in organisations.villages():
        if one.short.endswith("村"):
            by_town.setdefault(one.parent, []).append(one.code)
    rounds = [codes[turn] for turn in range(count) for codes in by_town.values() if turn < len(codes)]
    return rounds[:count]


def _cast(villages: list[str], randomness: random.Random, at: datetime) -> list[Cast]:
    levels = {office.code: office.level for office in organisations.offices()}
    casting = Casting(levels, names(randomness), _SYSTEM, at, date(at.year, 1, 5))
    casts = []
    for code in villages:
        casts.append(casting.cast(code, tuple(levels)))
        _delegate(casts[-1], at)
        opening = Money(randomness.randrange(180, 420) * 100_000)
        ledger.open_book(
            village=code, opening={"102": opening}, on=at.astimezone(SHANGHAI).date(), by=_SYSTEM, at=at
        )
    return casts


def _delegate(cast: Cast, at: datetime) -> None:
    """The villagers' assembly lets its representatives decide what it may let them decide."""
    today = at.astimezone(SHANGHAI).date()
    director = organisations.actor_on(cast.by_office["village_committee_director"][0], today)
    people = cast.rolls["villagers_meeting"]
    held = meetings.hold_meeting(
        village=cast.village, body="villagers_meeting", case="", motion="把村里的事授权给村民代表会议",
        matter="delegation", held_on=today, present=people, recused=[], votes=Votes(len(people), 0, 0), by=director,
        office="village_committee_director", at=at,
    )  # fmt: skip
    given = [
        one.id
        for one in known_matters(catalogue.current(today))
        if one.kind == "village" and any(who.delegated for who in one.deciders)
    ]
    meetings.record_delegation(
        village=cast.village, matters=given, resolution=held.number, by=director, at=at
    )


def _accounts(cast: Cast, at: datetime) -> tuple[str, ...]:
    place = organisations.division(cast.village).short
    lines = [f"演示账号（{place}，口令都是 {PASSWORD}）："]
    for username, office in _SIGN_INS:
        create_user(username=username, password=PASSWORD, person=cast.by_office[office][0], at=at)
        lines.append(f"  {username}  {organisations.office_title(office)}")
    return tuple(lines)


def _scripts(cast: Cast, place: int, start: datetime) -> list[Script]:
    told = [_told(cast, story, start + timedelta(minutes=17 * place)) for story in stories(place)]
    return [*told, rent(cast, place, start, _morning), own(cast, place, start, _morning)]


def _play(scripts: list[Script], tell: Tell, follow: Callable[[datetime], object]) -> int:
    seen: list[date] = []

    def evening(instant: datetime) -> None:
        day = instant.astimezone(SHANGHAI).date()
        if seen and day != seen[-1]:
            follow(instant)
            if day.month != seen[-1].month:
                tell(f"  办到 {day.year}年{day.month}月 …")
        seen[:] = [day]

    return play(scripts, LAST_INSTANT, evening)


def _morning(instant: datetime, days: float) -> datetime:
    """A working hour `days` later; weekends move to Monday, as offices do."""
    later = instant.astimezone(SHANGHAI) + timedelta(days=days)
    while later.weekday() >= 5:
        later += timedelta(days=1)
    hour = 9 + (later.hour + later.minute) % 8
    return later.replace(hour=hour).astimezone(UTC)


def _at(day: date, like: datetime) -> datetime:
    clock = like.astimezone(SHANGHAI).time().replace(hour=9)
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)


def _told(cast: Cast, story: Story, start: datetime) -> Script:
    """One case from its opening to where the story leaves it."""
    now = yield _morning(start, story.starts)
    edition = catalogue.current(now.astimezone(SHANGHAI).date())
    chart = procedure(edition.number, catalogue.power(edition, story.power).procedure)
    hands = cast.by_office[chart.nodes[chart.start].offices[0]]
    opened = cases.open_case(
        power=story.power, village=cast.village, title=story.title,
        occurred_on=now.astimezone(SHANGHAI).date(),
        by=organisations.actor_on(hands[0], now.astimezone(SHANGHAI).date()), at=now,
    )  # fmt: skip
    driver = Driver(cast, opened.number, dict(story.given))
    returned = dict(story.returns)
    while (waiting := driver.here()) is not None:
        now = yield _morning(now, story.pace)
        if waiting.step == story.withdraw:
            driver.withdraw("资金没有落实，今年不办了", now)
            return
        if waiting.step in returned:
            driver.send_back(waiting.step, returned.pop(waiting.step), "发票抬头写错，重新开来再办", now)
            continue
        if waiting.step == story.suspend:
            driver.suspend("等上级补助资金下达", now)
            return
        if waiting.step == story.extend:
            driver.extend(waiting.step, "证明人外出务工，下周才回村", now)
        if waiting.step in story.cosign:
            driver.cosign(waiting.step, story.cosign[waiting.step], "请再看一眼数量对不对", now)
        if waiting.step == story.stops and driver.node(waiting.step).kind != "publicity":
            if driver.node(waiting.step).kind == "meeting":
                driver.call(waiting.step, now, _coming(driver, waiting.step, now))
            return
        if driver.node(waiting.step).kind == "publicity":
            driver.post(waiting.step, now)
            if waiting.step == story.stops:
                return
            now = yield from _hang(driver, story, waiting.step, now)
        else:
            now = yield from _ready(driver, waiting.step, now)
        if driver.node(waiting.step).kind == "meeting":
            now = yield from _meet(driver, waiting.step, now)
        now = yield from compete(driver, waiting.step, now, _morning)
        now = yield from work(driver, waiting.step, now, _morning)
        late = story.late.get(waiting.step.rsplit("__", 1)[-1], 0)
        done_on = now.astimezone(SHANGHAI).date()
        if late:
            now = yield _morning(now, late)
        driver.do(waiting.step, now, done_on)


def _meet(driver: Driver, step: str, now: datetime) -> Script:
    """Call the meeting in time and hold it on its day."""
    on = now.astimezone(SHANGHAI).date()
    later = _morning(now, driver.notice_days(step, on))
    meeting = driver.call(step, now, later.astimezone(SHANGHAI).date())
    now = yield later
    driver.sit(step, meeting, now)
    return now


def _coming(driver: Driver, step: str, now: datetime) -> date:
    """The day of a meeting still to come when the season ends: on that very day where its notice allows."""
    on = now.astimezone(SHANGHAI).date()
    return max(LAST_INSTANT.date(), on + timedelta(days=driver.notice_days(step, on)))


def _ready(driver: Driver, step: str, now: datetime) -> Script:
    first = driver.first_day(step, now.astimezone(SHANGHAI).date())
    if first is not None and first > now.astimezone(SHANGHAI).date():
        now = yield _at(first, now)
    return now


def _hang(driver: Driver, story: Story, step: str, now: datetime) -> Script:
    """Let a notice hang its days; somebody may object meanwhile and is answered by another body."""
    if story.objection and step.rsplit("__", 1)[-1] == story.objection:
        now = yield now + timedelta(hours=26)
        lodged = complaints.lodge_objection(
            case=driver.number, step=step, text="听说中间有人和承做的单位是亲戚，想看看评审记录。",
            remedy="把评审记录贴出来", asked="publish", contact=None, occurred_on=now.astimezone(SHANGHAI).date(), at=now,
        )  # fmt: skip
        now = yield _morning(now, 2)
        driver.answer(lodged.objection, "评审记录已经补贴在公开栏，经核查没有亲属关系", now)
        driver.given = {
            **driver.given,
            f"{story.objection}.objection": "raised",
            "complaint.verdict": "bad",
            "objection.verdict": "bad",
        }
        driver.given = {
            **driver.given,
            "complaint.answer": "评审记录已经补贴，经核查没有亲属关系",
            "objection.answer": "已经核对，程序合规",
        }
    return (yield from _ready(driver, step, now))
