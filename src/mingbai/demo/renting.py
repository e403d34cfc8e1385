"""What the demo village has let since before the platform: the pond, paid every month on its contract, and a house whose
tenant has handed over a deposit and is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mingbai.demo.agenda import Script
from mingbai.demo.papers import picture
from mingbai.demo.people import Cast
from mingbai.evidence.services import keep_paper, release_paper
from mingbai.kernel import FieldKind, Money, months_later
from mingbai.ledger import services as ledger
from mingbai.ledger.services import ContractLink
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.registers import services
from mingbai.registers.rules.deposits import RECEIVED
from mingbai.registers.rules.schedule import Installment
from mingbai.registers.services import ExistingContract, NewTerms

SHANGHAI = ZoneInfo("Asia/Shanghai")
COOPERATIVE, TENANT = "淮上区水产养殖专业合作社", "周启明"
_MONTHS = 24
_DEPOSIT = Money(100_000)


def rent(cast: Cast, place: int, start: datetime, later: Any) -> Script:
    """Both contracts entered from their papers with what was paid before; then the pond's rent comes in every month."""
    now = yield later(start, 6 + place % 3)
    each = Money((52 + place) * 10_000)
    pond, house = _pond(cast, each, now), _house(cast, now)
    _receive(cast, house, TENANT, _DEPOSIT, "仓库押金", now, RECEIVED)
    while True:
        _receive(cast, pond, COOPERATIVE, each, f"鱼塘承包金（{_day(now).month}月）", now, "")
        now = yield later(now, 30)


def _pond(cast: Cast, each: Money, now: datetime) -> str:
    began = _day(now).replace(day=5) - timedelta(days=60)
    plan = tuple(Installment(months_later(began, at), each.fen) for at in range(_MONTHS))
    terms = NewTerms(kind="waste-lease", objects=(f"ZY-{cast.village}-0001",), schedule=plan)
    number = _enter(cast, now, COOPERATIVE, FieldKind.firm.value, Money(each.fen * _MONTHS), began, terms)
    before = sum(one.fen for one in plan if one.due_on < _day(now).replace(day=1))
    if before:
        services.record_performance(
            number=number, amount=Money(before), on=_day(now), by=_hand(cast, now), at=now,
            paper=_paper(cast, "启用平台以前的承包金收据", now),
        )  # fmt: skip
    return number


def _house(cast: Cast, now: datetime) -> str:
    began = _day(now) - timedelta(days=40)
    terms = NewTerms(kind="house-lease", rhythm="half", deposit=_DEPOSIT)
    return _enter(cast, now, TENANT, FieldKind.person.value, Money(600_000), began, terms)


def _enter(
    cast: Cast, now: datetime, party: str, kind: str, price: Money, began: date, terms: NewTerms
) -> str:
    ends = months_later(began, _MONTHS) - timedelta(days=1)
    new = ExistingContract(party, price, began, ends, began, terms, (_paper(cast, "合同", now),), kind)
    return services.enter_existing(village=cast.village, new=new, by=_hand(cast, now), at=now).number


def _receive(
    cast: Cast, number: str, payer: str, amount: Money, purpose: str, now: datetime, part: str
) -> None:
    ledger.post_receipt(
        village=cast.village, case="", purpose=purpose, payer=payer, method="bank", amount=amount,
        payer_kind=FieldKind.firm.value if payer == COOPERATIVE else FieldKind.person.value, papers=[_paper(cast, "收据", now)],
        occurred_on=_day(now), by=_hand(cast, now), office="bookkeeper", at=now, link=ContractLink(number, part),
    )  # fmt: skip


def _paper(cast: Cast, label: str, now: datetime) -> str:
    village = organisations.division(cast.village).short
    kept = keep_paper(
        content=picture(label, (village, f"{_day(now).isoformat()}")), name="photo.jpg", label=label,
        village=cast.village, actor=_hand(cast, now).person, at=now,
    )  # fmt: skip
    release_paper(paper=kept.id, masks=(), actor=_hand(cast, now).person, at=now)
    return str(kept.id)


def _hand(cast: Cast, now: datetime) -> Actor:
    return organisations.actor_on(cast.by_office["bookkeeper"][0], _day(now))


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
