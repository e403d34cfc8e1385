"""Workers, an order, a month of attendance: made-up identity numbers that check, and one village more."""

from __future__ import annotations

from datetime import date

from mingbai.kernel import Money
from mingbai.labour import services
from mingbai.labour.events import Approved
from mingbai.labour.services import Row

VILLAGE, OTHER = "340311104201", "340311104202"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TODAY = date(2026, 9, 20)
MONTH = date(2026, 9, 1)


def number(birth: str = "19700101", serial: int = 1) -> str:
    """An identity number of that birthday with a right check digit."""
    body = f"340311{birth}{serial:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def worker(
    world, name: str = "王五", serial: int = 1, village: str = VILLAGE, birth: str = "19700101"
) -> int:
    """Enter a worker, by the town, which stands above both villages."""
    return services.register_worker(
        village=village, name=name, id_number=number(birth, serial), outsider=False,
        by=world.who("town_government"), at=world.at,
    )  # fmt: skip


def two_villages(world) -> None:
    """Let time come to the 20th, and give the second village its hands."""
    world.go_to(TODAY)
    for office in ("village_committee", "bookkeeper", "village_supervision_committee"):
        world.person[f"other_{office}"] = world.appoint(office, f"邻村{office}", OTHER)


def order(world, case: str = "SX-7", village: str = VILLAGE, place: str = "东组水渠", **more) -> str:
    """A work order of ten days at 120 yuan, 1200 in all, from the 1st to the end of October."""
    by = world.who("village_committee" if village == VILLAGE else "other_village_committee")
    given = {"rate": Money(12000), "days": 10, "total": Money(120000), **more.pop("decided", {})}
    asked = {"since": MONTH, "until": date(2026, 10, 31), "unit": "day", **more}
    return services.open_order(
        village=village,
        decided=Approved(case=case, job="清淤", **given),
        place=place,
        by=by,
        at=world.at,
        **asked,
    )


def attend(world, order: str, *rows: tuple[int, int, int], village: str = VILLAGE, hours: int = 0):
    """Record half days (worker, day of September, half)."""
    return services.record_attendance(
        order=order, rows=[Row(who, date(2026, 9, day), half, hours) for who, day, half in rows],
        by=world.who("village_committee" if village == VILLAGE else "other_village_committee"), at=world.at,
    )  # fmt: skip


def witness(world, sheet: int) -> None:
    """Confirm a sheet by the supervision committee, with the photograph of the roll."""
    services.witness_sheet(
        sheet=sheet, paper=world.paper("考勤表"), by=world.who("village_supervision_committee"), at=world.at
    )


def make(world, order: str):
    """Make September's list."""
    return services.make_list(order=order, month=MONTH, by=world.who("bookkeeper"), at=world.at)


def signed(world, number: str) -> None:
    """Sign a list by two persons of two offices."""
    for office in ("village_supervision_committee", "village_committee_director"):
        services.sign_list(number=number, by=world.who(office), at=world.at)
