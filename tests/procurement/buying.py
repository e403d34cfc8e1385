"""Suppliers and calls to test with: made-up codes that check, and one call with its two openers."""

from __future__ import annotations

from datetime import datetime, timedelta

from stdnum.cn import uscc as codes

from mingbai.kernel import Money
from mingbai.procurement import services
from mingbai.procurement.rules.suppliers import Firm, Held

VILLAGE = "340311104201"
OFFICES = ("village_committee", "village_committee_director", "villager_rep", "village_supervision_committee")
OPENERS = ("village_committee_director", "village_supervision_committee")


def code(serial: int) -> str:
    """A unified social credit code with a right check digit."""
    body = f"91340311MA2{serial:06d}"
    return body + str(codes.calc_check_digit(body))


def supplier(
    world, serial: int, name: str = "", legal: str = "", owners: tuple[tuple[str, int], ...] = ()
) -> Firm:
    """A registered supplier, by default related to nobody."""
    return services.register_supplier(
        uscc=code(serial), name=name or f"第{serial}建筑队", legal=legal or f"法人{serial}",
        owners=[Held(*one) for one in owners], village=VILLAGE, by=world.who("town_government"), at=world.at,
    )  # fmt: skip


class Called:
    """A call for quotes with its two openers' codes and the codes of whoever was invited."""

    def __init__(self, world, case: str = "05-X-1", minutes: int = 300, barred: tuple[str, ...] = ()) -> None:
        self.world = world
        now = world.at
        self.deadline: datetime = now + timedelta(minutes=minutes)
        self.number = services.call_quotes(
            case=case, step="quote", turn=1, village=VILLAGE, title="东组排水沟修复", deadline=self.deadline,
            offices=OFFICES, barred=barred, by=world.who("village_committee_director"), at=now,
        )  # fmt: skip
        self.keys = {
            office: services.take_key(call=self.number, by=world.who(office), at=world.at)
            for office in OPENERS
        }
        self.codes: dict[str, str] = {}

    def invite(self, firm: Firm) -> str:
        """Invite a supplier; its code."""
        self.codes[firm.uscc] = services.invite(
            call=self.number,
            uscc=firm.uscc,
            by=self.world.who("village_committee_director"),
            at=self.world.at,
        )
        return self.codes[firm.uscc]

    def quote(self, firm: Firm, yuan: str, at: datetime | None = None):
        """Invite when that was not done, and quote."""
        given = self.codes.get(firm.uscc) or self.invite(firm)
        return services.give_quote(code=given, amount=Money.parse(yuan), note="含税", at=at or self.world.at)

    def sign(self, office: str, at: datetime | None = None):
        """One opener types the code, by default at the deadline."""
        return services.sign_opening(
            call=self.number, code=self.keys[office], by=self.world.who(office), at=at or self.deadline
        )

    def open(self):
        """Both open at the deadline."""
        self.sign(OPENERS[0])
        return self.sign(OPENERS[1])
