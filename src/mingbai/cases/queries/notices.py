"""Notices as they hang: for those who run the case, and as the journal carries them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from mingbai.cases.models import Case, Notice, StepRun
from mingbai.cases.queries import charts
from mingbai.cases.rules import days, notices
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.catalogue.rules.publicity import KINDS
from mingbai.kernel import Citation, Refused
from mingbai.organisations import queries as organisations
from mingbai.procedures.rules.graph import Node


@dataclass(frozen=True)
class NoticeView:
    """A posted notice and the day through which it hangs; `begins` is the day after which the days count."""

    posted_on: date
    until: date
    objections: int
    begins: date
    unanswered: int
    upheld: int
    word: str
    days: int
    unit: str
    posting: int
    proof: str
    reference: str
    down_on: date | None
    reason: str
    idle: frozenset[date]

    def not_counted(self, today: date) -> frozenset[date]:
        """The days up to today that do not count, those since the sheet was found missing among them."""
        return self.idle | notices.days_between((), self.down_on, today)


@dataclass(frozen=True)
class Owed:
    """What a notice must be: 公示 or 公布, how long at least, under which article, and by whom.

    `owners` are the titles of those who must post; `note` is the table's remark; `unsure` when 待确认.
    """

    word: str
    value: int
    unit: str
    citation: Citation | None
    citation_text: str
    owners: tuple[str, ...]
    note: str
    unsure: bool


def view(posted: Notice | None) -> NoticeView | None:
    """The posted notice of a visit, or None."""
    if posted is None:
        return None
    return NoticeView(
        posted.posted_on, posted.until, posted.objections, posted.counted_from, posted.open_objections,
        posted.upheld_objections, KINDS.get(posted.kind, "公示"), posted.days, days.unit_word(posted.unit),
        posted.posting, notices.PROOFS[posted.proof], posted.reference, posted.down_on, posted.reason,
        notices.days_between(posted.idle),
    )  # fmt: skip


def as_data(posted: Notice | None) -> dict[str, Any] | None:
    """The notice of a visit as the journal carries it: what the public page and the sheet are made from."""
    if posted is None:
        return None
    said = {
        "from": posted.counted_from.isoformat(),
        "until": posted.until.isoformat(),
        "days": posted.days,
        "unit": posted.unit,
        "kind": posted.kind,
        "posting": posted.posting,
        "posted_on": posted.posted_on.isoformat(),
        "proof": posted.proof,
        "reference": posted.reference,
    }
    down = posted.down_on.isoformat() if posted.down_on else ""
    more = {"reason": posted.reason, "down_since": down, "idle": posted.idle}
    return {**said, **{key: found for key, found in more.items() if found}}


def sheet_of(run: StepRun, runs: Iterable[StepRun], posting: int) -> str:
    """The code of the sheet of a visit as the case stands now."""
    return notices.sheet_code(run.case_id, run.node, run.turn, posting, _content(runs))


def _content(runs: Iterable[StepRun]) -> list[list[object]]:
    return [
        [
            run.node,
            run.turn,
            run.done_on.isoformat() if run.done_on else "",
            run.recorded_at.astimezone(UTC).isoformat() if run.recorded_at else "",
        ]
        for run in runs
        if run.status == StepRun.Status.done
    ]


def owed(edition: Edition, node: Node, on: date) -> Owed:
    """What the notice of a step must be when it is posted that day: the longer of the chart's days and the table's."""
    row = catalogue.publicity(edition, node.origin)
    least = row.least(catalogue.parameters(edition), on) if row else None
    value, unit = notices.longest(catalogue.calendar(edition), on, node.limit, least)
    own = node.limit is not None and (value, unit) == (node.limit.value, node.limit.unit)
    citation = row.citation if row and not own else notices.basis_of(node)
    titles = {id: law.title for id, law in catalogue.laws(edition).items()}
    said = citation.text(titles) if citation else ""
    return Owed(
        KINDS[notices.kind_of(node, row.kind if row else None)], value, unit, citation, said,
        tuple(organisations.office_title(one) for one in (row.owner if row else node.offices)),
        row.note if row else "", "待确认" in said,
    )  # fmt: skip


def notice_sheet(case: str, step: str) -> tuple[str, str]:
    """The codes of the sheet that hangs, or is to be hung, for a waiting step, and of the next one after a change.

    Whoever prints sheets needs them; whoever proves that one hangs must read them off the paper.

    Raises:
        Refused: the case does not wait at this step, or it is no notice.
    """
    row = Case.objects.filter(number=case).first()
    runs = list(StepRun.objects.filter(case_id=case).select_related("notice").order_by("id"))
    run = next((one for one in runs if one.node == step and one.status == StepRun.Status.open), None)
    if row is None or run is None or charts.of(row)[1].nodes[step].kind != "publicity":
        raise Refused("这一步现在不等待公示", remedy="回到事项页面，从等待办理的环节进入")
    return sheets(run, runs)


def sheets(run: StepRun, runs: Iterable[StepRun]) -> tuple[str, str]:
    """As `notice_sheet`, for visits already read."""
    known = list(runs)
    posted: Notice | None = getattr(run, "notice", None)
    if posted is None:
        return sheet_of(run, known, 1), sheet_of(run, known, 2)
    return posted.sheet or sheet_of(run, known, posted.posting), sheet_of(run, known, posted.posting + 1)
