"""What the buttons of the table do, once the open step has been taken in: the rows that follow, and which step opens next."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from mingbai.desk.charting.page import WHOLE
from mingbai.kernel import Refused
from mingbai.procedures.rules.rows.editing import add_branch, add_step, move_step, remove_step
from mingbai.procedures.rules.rows.model import Table
from mingbai.procedures.rules.rows.words import KINDS, ROLES
from mingbai.procedures.rules.text import MAX_NODES


def pressed(data: QueryDict, table: Table) -> tuple[Table, str]:
    """The table after the button `do`, and the step that is open next (empty: none).

    Raises:
        Refused: a new step without a name or kind, or too many steps.
    """
    opened = data.get("step", "")
    what, _colon, to = data.get("do", "save").partition(":")
    match what:
        case "open":
            return table, to if table.step(to) or to == WHOLE else ""
        case "shut":
            return table, ""
        case "up" | "down":
            return move_step(table, opened, -1 if what == "up" else 1), opened
        case "remove":
            return remove_step(table, opened), ""
        case "branch":
            _refuse_too_many(table)
            return add_branch(table, opened)
        case "add":
            return _added(data, table, opened)
    return table, opened


def _added(data: QueryDict, table: Table, opened: str) -> tuple[Table, str]:
    title = " ".join(data.get("new_title", "").split())
    kind, role = data.get("new_kind", ""), data.get("new_role", "")
    if not 0 < len(title) <= 40:
        raise Refused(_("新的一步要有名称"), remedy=_("在“加一步”里写名称，最多 40 个字"))
    if kind not in KINDS or (role and role not in ROLES):
        raise Refused(_("还没有选新的一步是哪一种"), remedy=_("选好再点“加一步”"))
    _refuse_too_many(table)
    return add_step(table, "" if opened == WHOLE else opened, title, kind, role)


def _refuse_too_many(table: Table) -> None:
    if len(table.nodes) >= MAX_NODES:
        raise Refused(_("一张图最多 %s 步") % MAX_NODES, remedy=_("把一部分另画一张图，用“走另一张图”接上"))
