"""The list of cases as the public sees it: a read model, always to be made again from the publications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from mingbai.disclosure.models import CaseHead, PublicationRow
from mingbai.disclosure.rules.documents import thaw

_NOTICE_OVER = {"case.step_returned", "case.withdrawn", "case.closed"}
_NOTICE_DOWN = "case.notice_interrupted"
_NOTICE_UP = {
    "case.notice_started",
    "case.notice_reposted",
    "case.notice_rehung",
    "case.step_completed",
    *_NOTICE_OVER,
}
_SUSPENSION = {"case.suspended": True, "case.resumed": False}
_ENDED = {"case.withdrawn": "已撤回", "case.closed": "已办结"}


@dataclass
class Heads:
    """The heads of the cases that a batch touches: each read once, written once."""

    touched: dict[str, CaseHead] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def of(self, case: str) -> CaseHead | None:
        """The head of a case as it stands within the batch, or None before its first publication."""
        if case not in self.touched:
            found = CaseHead.objects.filter(case=case).first()
            if found is None:
                return None
            self.touched[case] = found
        return self.touched[case]

    def move(self, row: PublicationRow, data: Mapping[str, Any]) -> None:
        """Let a publication of a case move its head."""
        head = self.of(row.case) or _new(row)
        self.touched[row.case] = head
        self.changed.add(row.case)
        head.last_on, head.last_order = row.occurred_on, row.order
        if row.kind.startswith("case."):
            _step(head, row.kind, data)

    def save(self) -> None:
        """Write the heads that moved."""
        for case in sorted(self.changed):
            self.touched[case].save()
        self.changed.clear()


def _new(row: PublicationRow) -> CaseHead:
    return CaseHead(
        case=row.case,
        village=row.village,
        power=row.power,
        title=row.title,
        opened_on=row.occurred_on,
    )


def _step(head: CaseHead, kind: str, data: Mapping[str, Any]) -> None:
    head.here = list(data.get("next") or [])
    head.ended = str(data.get("ended") or _ENDED.get(kind, ""))
    head.suspended = _SUSPENSION.get(kind, head.suspended)
    notice = data.get("notice")
    if notice:
        head.notice_from = date.fromisoformat(notice["from"])
        head.notice_until = date.fromisoformat(notice["until"])
    elif kind in _NOTICE_OVER or data.get("node_kind") == "publicity":
        head.notice_from = head.notice_until = None
    head.notice_down = kind == _NOTICE_DOWN or (head.notice_down and kind not in _NOTICE_UP)


def rebuild_heads() -> int:
    """Make the whole list again from the publications; returns how many cases it holds."""
    with transaction.atomic():
        CaseHead.objects.all().delete()
        heads = Heads()
        for row in PublicationRow.objects.exclude(case="").order_by("order").iterator(chunk_size=500):
            heads.move(row, thaw(bytes(row.body))["data"])
        heads.save()
    return len(heads.touched)
