"""Land to test with: households with contracts, their signed mandates, identity numbers that check."""

from __future__ import annotations

from datetime import date

from mingbai.kernel import Money
from mingbai.land import services
from mingbai.land.services import NewMandate, NewParcel, Recipient

VILLAGE = "340311104201"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CLERK = "village_clerk"
SINCE, UNTIL, CONTRACT_ENDS = date(2026, 10, 1), date(2031, 9, 30), date(2034, 12, 31)
FIRM = Recipient("淮上谷物合作社", "firm", outside=False)
OUTSIDER = Recipient("外地农业公司", "firm", outside=True)


def number(birth: str, serial: int = 1) -> str:
    """An identity number of that birthday with a right check digit."""
    body = f"340311{birth}{serial:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def parcels(world, *rows: tuple[str, str, str, int], until: date | None = CONTRACT_ENDS) -> int:
    """Enter rows of (contract, head, parcel, area)."""
    new = [NewParcel(contract, head, "东组", parcel, area, until) for contract, head, parcel, area in rows]
    return services.register_parcels(new, village=VILLAGE, by=world.who(CLERK), at=world.at)


def mandate(world, contract: str, *numbers: str, **other) -> int:
    """A household's mandate, for the whole term of the tests unless told otherwise."""
    said = {"since": SINCE, "until": UNTIL, "floor": Money(60000), "members_only": False, **other}
    row = NewMandate(contract=contract, parcels=numbers, paper=world.paper("委托书"), **said)
    return services.register_mandates([row], village=VILLAGE, by=world.who(CLERK), at=world.at)[0]


def let(world, *numbers: str, **other):
    """List parcels to be let."""
    said = {
        "case": "SX-1", "since": SINCE, "until": UNTIL, "price": Money(80000), "recipient": FIRM,
        "by": world.who(CLERK), **other,
    }  # fmt: skip
    return services.list_transfer(village=VILLAGE, parcels=numbers, at=world.at, **said)


def two_homes(world) -> None:
    """Zhang with two parcels, Li with one, all mandated."""
    parcels(world, ("C1", "张三", "P1", 250), ("C1", "张三", "P2", 133), ("C2", "李四", "P3", 401))
    mandate(world, "C1", "P1", "P2")
    mandate(world, "C2", "P3")
