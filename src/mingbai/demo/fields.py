"""Hands and land in the demo: a ditch cleared by villagers day by day, and households' plots let on their own mandates."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stdnum.cn import ric

from mingbai.demo.driver import Driver
from mingbai.demo.papers import picture
from mingbai.demo.people import GIVEN, SURNAMES
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Money
from mingbai.labour import services as labour
from mingbai.labour.events import Approved
from mingbai.labour.queries.attendance import worked_months
from mingbai.land import services as land
from mingbai.land.queries.transfers import listed_for
from mingbai.organisations.queries import actor_on
from mingbai.organisations.rules import Actor

SHANGHAI = ZoneInfo("Asia/Shanghai")
Later = Callable[[datetime, float], datetime]
WORKERS, WORKED = 4, 5
"""So many villagers work so many whole days: what the story's plan says."""
HOMES = 6
RENT = Money(82_000)
"""For a mu and year."""


def work(driver: Driver, step: str, now: datetime, later: Later) -> Generator[datetime, datetime, datetime]:
    """What stands beside a step of the story: attendance, who saw it, the pay list; or plots, mandates, the list."""
    short = step.rsplit("__", 1)[-1]
    if "labour.place" in driver.given:
        if short == "work":
            now = yield from _attend(driver, now, later)
        elif short == "verify":
            _witness(driver, step, now)
        elif short == "pay_list":
            _list(driver, step, now)
    elif "land.recipient" in driver.given and short in ("authorize", "household_sign", "pay"):
        {"authorize": _mandates, "household_sign": _let, "pay": _rent}[short](driver, step, now)
    return now


def _attend(driver: Driver, now: datetime, later: Later) -> Generator[datetime, datetime, datetime]:
    """The order of the case, and every evening the day's sheet."""
    by, given, village = driver.hand(driver.here().step, _day(now)), driver.given, driver.cast.village
    workers = [
        labour.register_worker(village=village, name=name, id_number=number, outsider=False, by=by, at=now)
        for name, number in _people(driver, WORKERS)
    ]
    rate, total = Money.parse(given["plan.day_rate"]), Money.parse(given["plan.amount"])
    decided = Approved(driver.number, given["plan.task"], rate, int(given["plan.days"]), total)
    order = labour.open_order(
        village=village, decided=decided, place=given["labour.place"], since=_day(now),
        until=_day(now) + timedelta(days=20), unit="day", by=by, at=now,
    )  # fmt: skip
    sheets = []
    for _turn in range(WORKED):
        rows = [labour.Row(one, _day(now), half) for one in workers for half in (1, 2)]
        sheets.append(labour.record_attendance(order=order, rows=rows, by=by, at=now).id)
        now = yield later(now, 1)
    driver.given = {**given, "labour.order": order, "labour.sheets": ",".join(map(str, sheets))}
    return now


def _witness(driver: Driver, step: str, now: datetime) -> None:
    by = driver.hand(step, _day(now))
    for sheet in driver.given["labour.sheets"].split(","):
        labour.witness_sheet(sheet=int(sheet), paper=_paper(driver, "签字的考勤表", by, now), by=by, at=now)


def _list(driver: Driver, step: str, now: datetime) -> None:
    """A list for each month that was worked in, signed by two and put on the board."""
    order, by = driver.given["labour.order"], driver.hand(step, _day(now))
    for month in worked_months(order):
        made = labour.make_list(order=order, month=month, by=by, at=now)
        for office in ("village_supervision_committee", "village_committee_director"):
            labour.sign_list(number=made.number, by=_holder(driver, office, now), at=now)
        labour.publish_roll(number=made.number, by=_holder(driver, "village_committee_director", now), at=now)


def _mandates(driver: Driver, step: str, now: datetime) -> None:
    """Each household's contract with two plots, and the mandate that it signed."""
    by, village = driver.hand(step, _day(now)), driver.cast.village
    since, until = _term(now)
    people = _people(driver, HOMES)
    rows = [
        land.NewParcel(
            f"CB{n:04d}", name, f"{1 + n % 3}组", f"{n}-{plot}", 180 + 37 * n + 60 * plot, date(2028, 12, 31)
        )
        for n, (name, _number) in enumerate(people, 1)
        for plot in (1, 2)
    ]
    land.register_parcels(rows, village=village, by=by, at=now)
    land.register_mandates(
        [
            land.NewMandate(
                contract=f"CB{n:04d}", parcels=(f"{n}-1", f"{n}-2"), since=since, until=until, floor=Money(80_000),
                members_only=False, paper=_paper(driver, "土地流转委托书", by, now),
            )
            for n in range(1, HOMES + 1)
        ],
        village=village, by=by, at=now,
    )  # fmt: skip


def _let(driver: Driver, step: str, now: datetime) -> None:
    since, until = _term(now)
    parcels = tuple(f"{n}-{plot}" for n in range(1, HOMES + 1) for plot in (1, 2))
    land.list_transfer(
        village=driver.cast.village, case=driver.number, parcels=parcels, since=since, until=until, price=RENT,
        recipient=land.Recipient(driver.given["land.recipient"], "firm", outside=False),
        by=driver.hand(step, _day(now)), at=now,
    )  # fmt: skip


def _rent(driver: Driver, step: str, now: datetime) -> None:
    """The first year's rent, household by household."""
    for one in listed_for(driver.number):
        land.make_rent_list(transfer=one, year=1, by=driver.hand(step, _day(now)), at=now)


def _term(now: datetime) -> tuple[date, date]:
    """Two years from the first of October before last on, within what is left of the contracts."""
    since = date(_day(now).year, 10, 1)
    return since, date(since.year + 2, 9, 30)


def _people(driver: Driver, count: int) -> list[tuple[str, str]]:
    """Invented villagers with invented identity numbers, whose check digits are right."""
    town, at = int(driver.cast.village[6:9]), int(driver.cast.village[9:])
    found = []
    for n in range(count):
        name = SURNAMES[(at + town + 7 * n) % len(SURNAMES)] + GIVEN[(at + town + 3 * n) % len(GIVEN)]
        body = f"3403111966{1 + n:02d}{1 + town % 28:02d}{at:03d}"
        found.append((name, body + str(ric.calc_check_digit(body + "0"))))
    return found


def _holder(driver: Driver, office: str, now: datetime) -> Actor:
    return actor_on(driver.cast.by_office[office][0], _day(now))


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def _paper(driver: Driver, label: str, by: Actor, now: datetime) -> str:
    kept = keep_paper(
        content=picture(label, (f"{_day(now)}", "（演示）")), name="photo.jpg", label=label,
        village=driver.cast.village, actor=by.person, at=now, subject=f"case:{driver.number}",
    )  # fmt: skip
    return kept.id
