"""Sealed quotes in the demo: a call, three suppliers who quote, and the opening by two after the deadline."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from zoneinfo import ZoneInfo

from stdnum.cn import uscc

from mingbai.cases import services
from mingbai.cases.services.quoting import is_sealed
from mingbai.demo.driver import Driver
from mingbai.demo.stories import FIRMS
from mingbai.kernel import Money
from mingbai.organisations.queries import actor_on
from mingbai.organisations.rules import Actor
from mingbai.procurement import services as procurement
from mingbai.procurement.queries.suppliers import named

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEADS = ("赵广田", "钱本立", "孙长河", "李茂林", "周大成", "吴清源")
SUPERVISOR = "village_supervision_committee"


def compete(
    driver: Driver, step: str, now: datetime, later: Callable[[datetime, float], datetime]
) -> Generator[datetime, datetime, datetime]:
    """Call for quotes and open them two days later; the winner and the price are the story's. Other steps: nothing."""
    if not is_sealed(driver.node(step)):
        return now
    handler = driver.hand(step, now.astimezone(SHANGHAI).date())
    deadline = later(now, 2)
    call = services.call_for_quotes(case=driver.number, step=step, deadline=deadline, by=handler, at=now)
    openers = [handler, _other(driver, now)]
    keys = [procurement.take_key(call=call, by=one, at=now) for one in openers]
    for firm, price in _offers(driver):
        code = procurement.invite(call=call, uscc=_supplier(driver, firm, now), by=handler, at=now)
        procurement.give_quote(code=code, amount=price, note="含税，包安装", at=now)
    now = yield deadline
    for key, one in zip(keys, openers, strict=True):
        procurement.sign_opening(call=call, code=key, by=one, at=now)
    return now


def _other(driver: Driver, now: datetime) -> Actor:
    return actor_on(driver.cast.by_office[SUPERVISOR][0], now.astimezone(SHANGHAI).date())


def _offers(driver: Driver) -> list[tuple[str, Money]]:
    """The story's winner at its price, and two more at higher ones."""
    winner = driver.given.get("winner", FIRMS[1])
    lowest = Money.parse(driver.given.get("award_price", "1,000.00")).fen
    others = [one for one in FIRMS if one != winner][:2]
    return [(winner, Money(lowest))] + [
        (one, Money(lowest + lowest * percent // 100)) for one, percent in zip(others, (4, 9), strict=True)
    ]


def _supplier(driver: Driver, firm: str, now: datetime) -> str:
    """The code of a firm of the story, registered when it is not yet."""
    found = named([firm])
    if found:
        return found[0].uscc
    place = FIRMS.index(firm)
    body = f"91340311MA2DEM{place:03d}"
    by = actor_on(driver.cast.by_office["town_government"][0], now.astimezone(SHANGHAI).date())
    return procurement.register_supplier(
        uscc=body + str(uscc.calc_check_digit(body)), name=firm, legal=HEADS[place], owners=[],
        village=driver.cast.village, by=by, at=now,
    ).uscc  # fmt: skip
