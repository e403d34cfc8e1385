"""Contract land and the households' written authority are entered, whole sheets or not at all; a mandate is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingbai.kernel import Citation, Money, Refused
from mingbai.land import events
from mingbai.land.models import Household, Mandate, MandateParcel, Parcel, TransferLine, Withdrawal
from mingbai.land.rules.transfers import MANDATE
from mingbai.land.services.moment import act_office, legal_day, record, require_papers
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import Actor

CONTRACT = Citation("land-contract", "第22条")
WORDS = 40


@dataclass(frozen=True)
class NewParcel:
    """A parcel of a contract: `area` in 0.01 mu, `until` the contract's last day; without `head` the collective's own.

    `person` is the head when registered already.
    """

    contract: str
    head: str
    group: str
    number: str
    area: int
    until: date | None = None
    person: str = ""


@dataclass(frozen=True)
class NewMandate:
    """What a household signed: for which parcels, from when to when, least fen per mu and year, the paper."""

    contract: str
    parcels: tuple[str, ...]
    since: date
    until: date
    floor: Money
    members_only: bool
    paper: str


@transaction.atomic
def register_parcels(rows: Sequence[NewParcel], *, village: str, by: Actor, at: datetime) -> int:
    """Enter parcels with their households, all or nothing; returns how many.

    Raises:
        Refused: not an office of the step, no row, or a row (by its number) without number, area or contract's last
            day, a parcel that is there, a contract that stands under another head.
    """
    office = act_office(by, "transfer.parcels", village, at)
    if not rows:
        raise Refused("一行也没有", basis=CONTRACT, remedy="核对文件")
    known = {one.contract: one for one in Household.objects.filter(village=village)}
    there = set(Parcel.objects.filter(village=village).values_list("number", flat=True))
    names = {one.id: one.name for one in organisations.people([it.who for it in known.values() if it.who])}
    made = []
    for order, row in enumerate(rows, 1):
        _check_parcel(order, row, there)
        there.add(row.number.strip())
        home = _household(order, row, village, known, names, by, office, at)
        made.append(
            Parcel(
                household=home, village=village, number=row.number.strip(), area=row.area, until=row.until,
                person=by.person, office=office, recorded_at=at,
            )
        )  # fmt: skip
    Parcel.objects.bulk_create(made, batch_size=500)
    record(
        events.PARCELS, village, f"land:{village}", by, office, at, CONTRACT,
        count=len(made), area=sum(one.area for one in made),
    )  # fmt: skip
    return len(made)


def _check_parcel(order: int, row: NewParcel, there: set[str]) -> None:
    number = row.number.strip()
    if not number or not row.contract.strip() or len(number) > WORDS or len(row.contract.strip()) > WORDS:
        raise Refused(f"第{order}行：没有地块号或者承包合同号", basis=CONTRACT, remedy="照承包合同填写")
    if row.area <= 0:
        raise Refused(f"第{order}行：没有写面积", basis=CONTRACT, remedy="写亩数，最多两位小数")
    if number in there:
        raise Refused(f"第{order}行：{number}号地块已经登记过", basis=CONTRACT, remedy="去掉这一行")
    if (row.head.strip() or row.person) and row.until is None:
        raise Refused(f"第{order}行：没有写承包到哪一天", basis=CONTRACT, remedy="照承包合同填写")


def _household(
    order: int, row: NewParcel, village: str, known: dict[str, Household], names: dict[str, str], by: Actor,
    office: str, at: datetime,
) -> Household:  # fmt: skip
    """The household of the contract; a new one is entered with its head."""
    contract, head = row.contract.strip(), row.head.strip()
    home = known.get(contract)
    if home is None:
        who = row.person or (people.add_person(name=head, village=village, by=by, at=at) if head else "")
        home = known[contract] = Household.objects.create(
            village=village, contract=contract, group=row.group.strip()[:20], who=who,
            person=by.person, office=office, recorded_at=at,
        )  # fmt: skip
        names[who] = organisations.person(who).name if row.person else head
    if head != names.get(home.who, "") if head or not row.person else row.person != home.who:
        raise Refused(
            f"第{order}行：{contract}号承包合同登记的是另一户", basis=CONTRACT, remedy="核对承包合同"
        )
    return home


@transaction.atomic
def register_mandates(
    rows: Sequence[NewMandate], *, village: str, by: Actor, at: datetime
) -> tuple[int, ...]:
    """Enter written mandates with their papers, all or nothing; returns their ids (land-transfer-2021 第8条).

    Raises:
        Refused: not an office of the step, no row, or a row (by its number) without paper or parcels, about a parcel
            of another household, or with its days the wrong way round.
    """
    office = act_office(by, "transfer.parcels", village, at)
    if not rows:
        raise Refused("一行也没有", basis=MANDATE, remedy="核对文件")
    require_papers([one.paper for one in rows], village, "本户签名的委托书", MANDATE)
    homes = {
        one.contract: one for one in Household.objects.filter(village=village).prefetch_related("parcels")
    }
    made = []
    for order, row in enumerate(rows, 1):
        plots = _check_mandate(order, row, homes)
        one = Mandate.objects.create(
            household=homes[row.contract.strip()], since=row.since, until=row.until, floor_fen=row.floor.fen,
            members_only=row.members_only, paper=row.paper, person=by.person, office=office, recorded_at=at,
        )  # fmt: skip
        MandateParcel.objects.bulk_create(MandateParcel(mandate=one, parcel=plot) for plot in plots)
        made.append(int(one.pk))
    record(
        events.MANDATES, village, f"land:{village}", by, office, at, MANDATE, count=len(made), mandates=made
    )
    return tuple(made)


def _check_mandate(order: int, row: NewMandate, homes: dict[str, Household]) -> list[Parcel]:
    home = homes.get(row.contract.strip())
    if home is None or not home.who:
        raise Refused(f"第{order}行：没有登记这一户的承包地", basis=MANDATE, remedy="先登记承包地")
    own = {one.number: one for one in home.parcels.all()}
    numbers = dict.fromkeys(one.strip() for one in row.parcels if one.strip())
    wrong = next((one for one in numbers if one not in own), "")
    if not numbers or wrong:
        said = f"{wrong}号地块不是这一户的" if wrong else "没有写哪几块地"
        raise Refused(f"第{order}行：{said}", basis=MANDATE, remedy="一户只能委托自己的地")
    if row.until < row.since or row.floor.fen < 0:
        raise Refused(f"第{order}行：期限写反了，或者价格是负数", basis=MANDATE, remedy="照委托书填写")
    return [own[one] for one in numbers]


@transaction.atomic
def withdraw_mandate(*, mandate: int, on: date, paper: str, by: Actor, at: datetime) -> None:
    """The household takes its mandate back from a day on; what is let on it already stays let.

    Raises:
        Refused: no such mandate, not an office of the step, no paper, withdrawn already.
    """
    row = Mandate.objects.filter(pk=mandate).select_related("household").first()
    if row is None:
        raise Refused("没有这份委托", basis=MANDATE, remedy="从登记的里面选")
    village = row.household.village
    office = act_office(by, "transfer.parcels", village, at)
    require_papers([paper], village, "撤回委托的书面材料", MANDATE)
    if Withdrawal.objects.filter(mandate=row).exists():
        raise Refused("这份委托已经撤回", basis=MANDATE, remedy="不用再撤回")
    Withdrawal.objects.create(
        mandate=row, on=on, paper=paper, person=by.person, office=office, recorded_at=at
    )
    standing = TransferLine.objects.filter(mandate=row).count()
    record(
        events.WITHDRAWN, village, f"land:{village}", by, office, at, MANDATE, happened_on=min(on, legal_day(at)),
        mandate=mandate, standing=standing,
    )  # fmt: skip
