"""A notice that is changed starts again; one that does not hang stands still; both stay in the record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from mingbai.cases import events
from mingbai.cases.events import NoticeInterrupted, NoticeStarted
from mingbai.cases.models import Notice, StepRun
from mingbai.cases.queries.notices import as_data, owed, sheet_of
from mingbai.cases.rules import days, notices, values
from mingbai.cases.rules.notices import Proof
from mingbai.cases.services import signing
from mingbai.cases.services.noticing import Papers, hang, prove, refuse_no_notice, tell
from mingbai.cases.services.running import Running, lock, notice_of
from mingbai.journal.events import TypedField
from mingbai.kernel import FieldKind, Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node

# Besides those who post it: whoever watches over the village may report that a sheet is gone.
WATCHERS = ("village_supervision_committee", "town_government", "town_discipline")


def repost_notice(
    *,
    case: str,
    step: str,
    changed: str,
    why: str,
    posted_on: date,
    papers: Papers,
    by: Actor,
    at: datetime,
    proof: Proof | None = None,
) -> NoticeStarted:
    """Post a changed notice again: its days run anew from the new proof; what hung before stays in the record.

    `changed` says what is different, `why` for what reason; both are published. Objections that nobody has
    answered yet go on holding the step.

    Raises:
        Refused: nothing hangs, nothing said, wrong office or day, no new proof, or proof of the old sheet.
    """
    with transaction.atomic():
        running = lock(case, at)
        run, node, posted = hanging(running, step)
        days.refuse_future(posted_on, running.today)
        office = signing.require_office(running, node, by, posted_on)
        _refuse_earlier(node, posted_on, posted.posted_on)
        said = [_said("changed", "改了什么", changed), _said("why", "为什么改", why)]
        sheet = sheet_of(run, running.steps, posted.posting + 1)
        shown, kept = prove(running, node, sheet, proof, papers)
        _lay_by(posted, running.today)
        posted.reason = str(said[1].value)
        hang(running, node, run, posted, posted_on, shown, sheet, by, office)
        tell(running, events.NOTICE_REPOSTED, node, office, posted_on, by, kept, fields=said)
    return NoticeStarted(case, step, posted.until, posted.posting)


def hanging(running: Running, step: str) -> tuple[StepRun, Node, Notice]:
    """The visit, node and notice of a step whose notice is posted; refused when nothing is."""
    run, node = running.open_step(step), running.node(step)
    refuse_no_notice(node)
    posted = notice_of(run)
    if posted is None:
        raise Refused(
            f"“{node.title}”还没有登记张贴", basis=notices.basis_of(node), remedy="先张贴并登记，开始公示"
        )
    return run, node, posted


def _refuse_earlier(node: Node, on: date, first: date) -> None:
    if on < first:
        raise Refused(
            f"日期{on}早于“{node.title}”张贴的日期{first}", basis=notices.basis_of(node), remedy="核对日期"
        )


def _said(id: str, label: str, text: str) -> TypedField:
    """A sentence that is published with the act; refused when empty or carrying a personal number."""
    said = values.read_text(label, text, longest=500)
    if not said:
        raise Refused(f"还没有写明{label}", remedy="写一两句话，会和新的公示一起公开")
    return TypedField(id, label, str(FieldKind.text), said)


def _lay_by(posted: Notice, today: date) -> None:
    """Keep what hung so far; only unanswered objections are carried over to the new sheet."""
    posted.earlier = [*posted.earlier, {**(as_data(posted) or {}), "ended": today.isoformat()}]
    posted.posting += 1
    posted.objections, posted.upheld_objections = posted.open_objections, 0


def interrupt_notice(
    *, case: str, step: str, found_on: date, reason: str, papers: Papers, by: Actor, at: datetime
) -> NoticeInterrupted:
    """Record, with a photograph of the board, that the sheet does not hang or cannot be read any more.

    Its days stand still from `found_on` until it hangs again. By those who post it, or who watch over them.

    Raises:
        Refused: nothing hangs, reported already, no photograph, wrong office or day, or its days were over.
    """
    with transaction.atomic():
        running = lock(case, at)
        _, node, posted = hanging(running, step)
        days.refuse_future(found_on, running.today)
        office = _reporter(running, node, by, found_on)
        _refuse_earlier(node, found_on, posted.posted_on)
        _refuse_uninterrupted(node, posted, found_on)
        why = _said("reason", "看到的情况", reason)
        _, kept = prove(running, node, posted.sheet, None, papers, only_photo=True)
        posted.down_on = found_on
        posted.save(update_fields=["down_on"])
        tell(running, events.NOTICE_INTERRUPTED, node, office, found_on, by, kept, fields=[why])
    return NoticeInterrupted(case, step, found_on)


def _reporter(running: Running, node: Node, by: Actor, on: date) -> str:
    offices = (*node.offices, *WATCHERS)
    office = signing.signing_office(offices, running.row.village, by, on, running.today)
    return office if office is not None else signing.require_office(running, node, by, on)


def _refuse_uninterrupted(node: Node, posted: Notice, found_on: date) -> None:
    if posted.down_on is not None:
        raise Refused(
            f"已经登记了“{node.title}”{posted.down_on}起没有贴着",
            basis=notices.not_hanging(node),
            remedy="重新贴上以后，登记“重新贴上了”",
        )
    if found_on > posted.until:
        raise Refused(
            f"“{node.title}”到{posted.until}已经贴满，{found_on}才看到没有贴着，不影响天数",
            basis=notices.basis_of(node),
            remedy="按期满办结",
        )


def rehang_notice(
    *,
    case: str,
    step: str,
    hung_on: date,
    papers: Papers,
    by: Actor,
    at: datetime,
    proof: Proof | None = None,
) -> NoticeStarted:
    """Record, with proof, that the same sheet hangs again; the days on which it did not are made up.

    Neither the day on which it was found missing nor the day of hanging it again counts, as the day of posting
    does not (民法典 第201条; 待确认).

    Raises:
        Refused: it is not reported as missing, no proof, proof of another sheet, wrong office or day.
    """
    with transaction.atomic():
        running = lock(case, at)
        _, node, posted = hanging(running, step)
        if posted.down_on is None:
            raise Refused(f"“{node.title}”一直贴着，没有登记过缺失", remedy="不必登记；期满后办结")
        days.refuse_future(hung_on, running.today)
        office = signing.require_office(running, node, by, hung_on)
        _refuse_earlier(node, hung_on, posted.down_on)
        shown, kept = prove(running, node, posted.sheet, proof, papers, only_photo=True)
        stand_still(running, posted, posted.down_on, running.today)
        posted.down_on, posted.proof, posted.reference = None, shown.kind, shown.reference
        posted.save(update_fields=["down_on", "proof", "reference"])
        tell(running, events.NOTICE_REHUNG, node, office, hung_on, by, kept)
    return NoticeStarted(case, step, posted.until, posted.posting)


def stand_still(running: Running, posted: Notice, since: date, until: date) -> None:
    """Leave these days, both ends counted, out of a notice's days; its last day moves on, never back."""
    posted.idle = [*posted.idle, [since.isoformat(), until.isoformat()]]
    idle = notices.days_between(posted.idle)
    last = notices.hangs_until(running.calendar, posted.counted_from, posted.days, posted.unit, idle)
    posted.until = max(posted.until, last)
    posted.save(update_fields=["idle", "until"])


def move_on(running: Running, run: StepRun, since: date, resumed_on: date) -> None:
    """A case that stood still from one day to another: as many days of its notice do not count."""
    posted = notice_of(run) if running.chart.nodes[run.node].kind == "publicity" else None
    if posted is not None and resumed_on > since:
        stand_still(running, posted, since + timedelta(days=1), resumed_on)


def under_new_edition(running: Running, run: StepRun) -> None:
    """A notice that hangs while its case moves to another edition: by the longer of both editions' days."""
    node = running.chart.nodes[run.node]
    posted = notice_of(run) if node.kind == "publicity" else None
    if posted is None:
        return
    least, begin = owed(running.edition, node, posted.posted_on), posted.counted_from
    last = notices.hangs_until(
        running.calendar, begin, least.value, least.unit, notices.days_between(posted.idle)
    )
    if last > posted.until:
        posted.until, posted.days, posted.unit = last, least.value, least.unit
        posted.save(update_fields=["until", "days", "unit"])
