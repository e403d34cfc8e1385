"""From the web, in crowded hours: everything is taken and gets its receipt; how fast it is entered is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Min

from mingbai.cases.rules import days
from mingbai.complaints import rules
from mingbai.complaints.events import Lodged
from mingbai.complaints.models import Intake, Objection, Queued, Said
from mingbai.complaints.queries.targets import Target, of_row, require_target
from mingbai.complaints.rules import Line
from mingbai.complaints.services import attaching, lodging, recording
from mingbai.complaints.services.tickets import receipt_of, require_ticket
from mingbai.evidence.services import Examined
from mingbai.journal.numbering import hold
from mingbai.kernel import Refused

_ALL, _PHOTOS = "all", "photos"
BATCH = 50


def lodge_from_web(
    *,
    ticket: str,
    work: str,
    text: str,
    remedy: str,
    occurred_on: date,
    at: datetime,
    case: str = "",
    step: str = "",
    line: Line | None = None,
    asked: str = "other",
    open_words: bool = False,
    contact: str | None = None,
    files: Sequence[bytes] = (),
) -> Lodged:
    """Take in an objection from the form that anyone may fill in (decision 0006).

    The same ticket sent again gets the same receipt and nothing twice. Beyond the bounds of the hour the same words
    are joined to those that wait for an answer already; others get their number when their turn comes.

    Raises:
        Refused: as `lodge_objection`; or the form came too fast, or its ticket is not ours or too old.
    """
    require_ticket(ticket, work, at)
    days.refuse_future(occurred_on, days.legal_day(at))
    target = require_target(case=case, step=step, line=line)
    values = lodging.said(text, remedy, asked, open_words, contact)
    receipt = receipt_of(ticket)
    found = attaching.examined(files)
    with transaction.atomic():
        hold(lodging.INTAKE)
        if known := lodging.taken_before(receipt):
            return known
        at = recording.in_order(at)
        _require_room(found, at)
        values |= {"receipt_digest": rules.receipt_digest(receipt), **lodging.placed(target, occurred_on)}
        values["papers"] = attaching.keep(found, village=target.village, actor="", at=at)
        return _take(target, values, receipt, at)


def _take(target: Target, values: dict[str, Any], receipt: str, at: datetime) -> Lodged:
    if _may_enter(target, at):
        row = lodging.enter(target, values, None, at)
        return Lodged(row.number, receipt, row.due)
    waiting = Queued(**values)
    _join(waiting)
    waiting.save(force_insert=True)
    return lodging.as_queued(waiting, receipt)


def _join(row: Queued) -> bool:
    """Join the same words to the objection that waits for an answer already; whether there is one."""
    same = {"case": row.case, "step": row.step, "line": row.line, "words_digest": row.words_digest}
    first = Objection.objects.filter(**same, answered_on__isnull=True).order_by("lodged_on", "number").first()
    if first is None:
        return False
    Objection.objects.filter(pk=first.pk).update(joined=F("joined") + 1)
    row.together, row.text, row.remedy = first, "", ""
    return True


def _require_room(found: Sequence[Examined], at: datetime) -> None:
    """Count the photographs of this hour; beyond what the disk can bear only they are refused, never the words."""
    size = sum(len(one.content) for one in found) // 1024
    if not size:
        return
    counts, hour = _counts([_PHOTOS], at)
    if counts.get(_PHOTOS, 0) + size > rules.PHOTOS_AN_HOUR:
        raise Refused(
            "这会儿交来的照片太多，暂时收不下照片",
            remedy="写的字都还在：不附照片可以马上交；要附的，过一个小时再交，或者交到村部",
        )
    _count([_PHOTOS], counts, hour, size)


def _counts(keys: Sequence[str], at: datetime) -> tuple[dict[str, int], datetime]:
    """What was counted in this hour; hours gone by are forgotten."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    Intake.objects.filter(hour__lt=hour).delete()
    return dict(Intake.objects.filter(key__in=keys).values_list("key", "entered")), hour


def _count(keys: Sequence[str], counts: dict[str, int], hour: datetime, more: int = 1) -> None:
    for one in keys:
        Intake.objects.update_or_create(
            key=one, defaults={"hour": hour, "entered": counts.get(one, 0) + more}
        )


def _may_enter(target: Target, at: datetime) -> bool:
    """Whether one more may be entered in this hour; if so it is counted."""
    keys = [_key(target), _ALL]
    counts, hour = _counts(keys, at)
    if not rules.may_enter(counts.get(keys[0], 0), counts.get(_ALL, 0), _first_of(target)):
        return False
    _count(keys, counts, hour)
    return True


def _key(target: Target) -> str:
    if target.line:
        return f"line/{target.line.id}"
    return f"step/{target.case.number if target.case else ''}/{target.node.id if target.node else ''}"


def _first_of(target: Target) -> bool:
    waiting = Objection.objects.filter(answered_on__isnull=True)
    if target.case:
        return not waiting.filter(case=target.case.number).exists()
    return not waiting.filter(line=target.line.id if target.line else "").exists()


def take_in_waiting(at: datetime) -> int:
    """Enter those whose turn has come, in the order in which they came; how many. The worker calls it at every pass.

    Step by step and line by line: those behind a flood on another do not wait for it.
    """
    targets = Queued.objects.filter(together__isnull=True).values("case", "step", "line")
    return sum(_turns(one, at) for one in targets.annotate(first=Min("pk")).order_by("first")[:BATCH])


def _turns(target: dict[str, Any], at: datetime) -> int:
    same = {name: target[name] for name in ("case", "step", "line")}
    waiting = Queued.objects.filter(**same, together__isnull=True).order_by("pk").values_list("pk", flat=True)
    entered = 0
    for pk in list(waiting[: rules.PER_TARGET_AN_HOUR]):
        if not _turn(pk, at):
            break
        entered += 1
    return entered


def _turn(pk: int, at: datetime) -> int:
    with transaction.atomic():
        hold(lodging.INTAKE)
        row = Queued.objects.filter(pk=pk, together__isnull=True).first()
        if row is None:
            return 0
        if _join(row):
            row.save(update_fields=["together", "text", "remedy"])
            return 1
        target = of_row(row)
        if not _may_enter(target, at):
            return 0
        values = {one.name: getattr(row, one.name) for one in Said._meta.get_fields()}
        row.delete()
        lodging.enter(target, values, None, at)
    return 1
