"""Acts of labour."""

from __future__ import annotations

from mingbai.labour.services.attending import Row, record_attendance, withdraw, witness_sheet
from mingbai.labour.services.importing import FileLine, Import, RowFault, import_attendance
from mingbai.labour.services.ordering import UNITS, open_order
from mingbai.labour.services.paying import (
    make_allowance_list,
    make_list,
    settle,
    sign_list,
    take_return,
    void_list,
)
from mingbai.labour.services.publishing import publish_roll
from mingbai.labour.services.workers import (
    NewState,
    import_states,
    name_allowance,
    record_appraisal,
    register_worker,
)

__all__ = [
    "UNITS", "FileLine", "Import", "NewState", "Row", "RowFault", "import_attendance", "import_states",
    "make_allowance_list", "make_list", "name_allowance", "open_order",
    "publish_roll", "record_appraisal", "record_attendance", "register_worker", "settle", "sign_list", "take_return",
    "void_list", "withdraw", "witness_sheet",
]  # fmt: skip
