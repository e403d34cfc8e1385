"""Households to test with: made-up identity numbers that check, and one village more."""

from __future__ import annotations

from mingbai.kernel import Money
from mingbai.relief import services
from mingbai.relief.queries.people import household
from mingbai.relief.services import NewMember

VILLAGE, OTHER = "340311104201", "340311104202"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(birth: str, serial: int = 1) -> str:
    """An identity number of that birthday with a right check digit."""
    body = f"340311{birth}{serial:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def home(world, *people: tuple[str, str, int], village: str = VILLAGE, group: str = "东组"):
    """A household of (name, birth, serial), the first the head; entered by the town."""
    members = [
        NewMember(name, number(birth, serial), "户主" if place == 0 else "子女")
        for place, (name, birth, serial) in enumerate(people)
    ]
    id = services.register_household(
        village=village, group=group, members=members, by=world.who("town_government"), at=world.at
    )
    return household(id, world.day)


def enrol(world, member: int, scheme: str = "dibao", case: str = "SX-1", yuan: str = "650.00"):
    """Put a member on a scheme by whoever confirms it."""
    return services.enrol(
        member=member, scheme=scheme, case=case, amount=Money.parse(yuan), since=world.day,
        by=world.who("district_civil_affairs"), at=world.at,
    )  # fmt: skip
