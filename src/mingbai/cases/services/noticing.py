"""Posting a notice with its proof, and ending it: its legal days begin with the proof and cannot be cut short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import NoticeStarted, PaperRef
from mingbai.cases.models import Notice, StepRun
from mingbai.cases.queries.notices import owed, sheet_of
from mingbai.cases.rules import days, notices
from mingbai.cases.rules.notices import PHOTO, WEB, Proof
from mingbai.cases.services import papering, signing
from mingbai.cases.services.objecting import unanswered
from mingbai.cases.services.running import Running, lock, notice_of
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node

_PHOTOGRAPH = "photo"
Papers = Mapping[str, Sequence[str]]


def start_notice(
    *,
    case: str,
    step: str,
    posted_on: date,
    papers: Papers,
    by: Actor,
    at: datetime,
    proof: Proof | None = None,
) -> NoticeStarted:
    """Record that a notice hangs on the board or on the web, with the proof; from the proof on its days run.

    `posted_on` is the day claimed; the days are counted from the day on which the proof is handed in. Without a
    `proof` of its own, the photograph among the papers is the proof.

    Raises:
        Refused: not a publicity step, posted already, wrong office or day, no proof, or proof of another sheet.
    """
    with transaction.atomic():
        running = lock(case, at)
        run, node = running.open_step(step), running.node(step)
        _refuse_unpostable(node, run)
        days.refuse_future(posted_on, running.today)
        office = signing.require_office(running, node, by, posted_on)
        days.refuse_before(node, posted_on, running.before(node), binding=False)
        sheet = sheet_of(run, running.steps, 1)
        shown, kept = prove(running, node, sheet, proof, papers)
        posted = Notice(step=run, posting=1)
        hang(running, node, run, posted, posted_on, shown, sheet, by, office)
        tell(running, events.NOTICE_STARTED, node, office, posted_on, by, kept)
    return NoticeStarted(case, step, posted.until)


def _refuse_unpostable(node: Node, run: StepRun) -> None:
    refuse_no_notice(node)
    posted = notice_of(run)
    if posted is not None:
        raise Refused(
            f"“{node.title}”已经在{posted.posted_on}张贴，要贴到{posted.until}",
            basis=node.citation,
            remedy="不必重复登记；内容改了的，办“重新公示”；期满后办结",
        )


def refuse_no_notice(node: Node) -> None:
    """Refuse what only a notice can have."""
    if node.kind != "publicity":
        raise Refused(f"“{node.title}”不是公示环节", remedy="按这一环节本身的要求办理")


def prove(
    running: Running, node: Node, sheet: str, proof: Proof | None, papers: Papers, *, only_photo: bool = False
) -> tuple[Proof, tuple[PaperRef, ...]]:
    """The proof that a sheet hangs, checked against its code, and the papers handed in with it.

    A web posting needs no photograph of the board at this moment; the step itself still asks for it at its end.
    With `only_photo` no other paper of the step is asked for again.

    Raises:
        Refused: no photograph and no web posting, a code of another sheet, or a paper missing.
    """
    given = notices.checked(node, proof or Proof(PHOTO), sheet)
    needs = [need for need in node.papers if need.id == _PHOTOGRAPH]
    if given.kind != WEB and not needs and not any(papers.values()):
        raise Refused(
            f"“{node.title}”没有张贴的证明，公示不能起算",
            basis=notices.basis_of(node),
            remedy="拍一张公开栏的照片上传，照片上要看得清纸上的编号；或者登记网上公布",
        )
    asked = tuple(
        replace(
            need, required=given.kind != WEB if need.id == _PHOTOGRAPH else need.required and not only_photo
        )
        for need in node.papers
    )
    return given, papering.require_papers(running, replace(node, papers=asked), papers)


def hang(
    running: Running,
    node: Node,
    run: StepRun,
    posted: Notice,
    posted_on: date,
    proof: Proof,
    sheet: str,
    by: Actor,
    office: str,
) -> None:
    """Write a sheet that hangs from now on: its proof, its kind, its days from the longer of chart and table."""
    row = catalogue.publicity(running.edition, node.origin)
    least = owed(running.edition, node, posted_on)
    posted.begins_on = notices.begins(posted_on, running.today, proof)
    posted.days, posted.unit = least.value, least.unit
    posted.until = notices.hangs_until(running.calendar, posted.begins_on, least.value, least.unit)
    posted.posted_on, posted.person, posted.office = posted_on, by.person, office
    posted.kind = notices.kind_of(node, row.kind if row else None)
    posted.proof, posted.reference, posted.sheet = proof.kind, proof.reference, sheet
    posted.idle, posted.down_on, posted.recorded_at = [], None, running.at
    posted.save()
    run.notice = posted
    if run.due is not None and run.due < posted.until:
        run.due = None


def tell(
    running: Running,
    act: str,
    node: Node,
    office: str,
    on: date,
    by: Actor,
    papers: Sequence[PaperRef],
    **more: object,
) -> None:
    """Save the case and append an act on a notice, under the article of its days."""
    running.save()
    running.record(
        act,
        node=node,
        office=office,
        occurred_on=on,
        by=by,
        citation=notices.basis_of(node),
        papers=[paper.as_dict() for paper in papers],
        **more,
    )


def require_finished(running: Running, node: Node, run: StepRun, occurred_on: date) -> None:
    """Refuse to end a notice that was never posted, does not hang, has not hung its legal days, or is objected to."""
    posted = notice_of(run)
    if posted is None:
        raise Refused(
            f"“{node.title}”还没有登记张贴",
            basis=notices.basis_of(node),
            remedy="先张贴并上传张贴照片，登记张贴日期，期满后再办结",
        )
    notices.refuse_down(node, posted.down_on)
    days.refuse_cut_short(node, occurred_on, posted.until)
    notices.refuse_unanswered(node, unanswered(running, node.id))
