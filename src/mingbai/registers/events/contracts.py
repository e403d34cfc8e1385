"""What is recorded and handed back about contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingbai.kernel import Money

CONTRACT_SIGNED = "register.contract_signed"
CONTRACT_PERFORMED = "register.contract_performed"
CONTRACT_TAKEN_BACK = "register.contract_taken_back"
CONTRACT_DEPOSIT = "register.contract_deposit"
CONTRACT_LETTER = "register.contract_letter"
CONTRACT_CHANGED = "register.contract_changed"
CONTRACT_ENDED = "register.contract_ended"
CONTRACT_WANTING = "register.contract_wanting"
CONTRACT_MENDED = "register.contract_mended"


@dataclass(frozen=True)
class ContractSigned:
    """A contract stands in the register under its gap-free number."""

    number: str


@dataclass(frozen=True)
class Contract:
    """One contract; the term runs from `starts_on` through `ends_on`."""

    number: str
    village: str
    case: str
    party: str
    price: Money
    starts_on: date
    ends_on: date
    signed_on: date
    papers: tuple[str, ...]
