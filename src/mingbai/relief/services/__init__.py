"""Acts of relief."""

from __future__ import annotations

from mingbai.relief.services.enrolling import change_amount, enrol, stop
from mingbai.relief.services.filing import file_kin
from mingbai.relief.services.households import (
    PURPOSES,
    RELATIONS,
    NewMember,
    add_member,
    open_household,
    register_household,
)
from mingbai.relief.services.leaving import GONE, REASONS, leave_household, name_head, report_gone
from mingbai.relief.services.paying import make_list, publish_list, sign_paid, take_report
from mingbai.relief.services.tying import tie_vouchers

__all__ = [
    "GONE",
    "PURPOSES",
    "REASONS",
    "RELATIONS",
    "NewMember",
    "add_member",
    "change_amount",
    "enrol",
    "file_kin",
    "leave_household",
    "make_list",
    "name_head",
    "open_household",
    "publish_list",
    "register_household",
    "report_gone",
    "sign_paid",
    "stop",
    "take_report",
    "tie_vouchers",
]
