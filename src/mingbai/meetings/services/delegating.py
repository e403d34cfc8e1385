"""Acts of delegation: the villagers' assembly lets its representatives decide a matter, or takes that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.kernel import Citation, FieldKind, Refused
from mingbai.meetings import queries
from mingbai.meetings.events import DELEGATED, UNDELEGATED
from mingbai.meetings.models import Delegation
from mingbai.meetings.rules.competence import Matter, find_matter
from mingbai.meetings.services.calling import convening_office
from mingbai.meetings.services.rolling import LEGAL_TIME
from mingbai.organisations.rules import Actor

BASIS = Citation("vcol", "第28条第2款")


def record_delegation(
    *, village: str, matters: Sequence[str], resolution: str, by: Actor, at: datetime, granted: bool = True
) -> None:
    """Put on record that the assembly delegated these matters from its resolution's day on, or took them back.

    Raises:
        Refused: a matter that may not be delegated, a resolution that is not the assembly's, of another village, not
            passed, or used for the same matter before; an office that does not convene the assembly.
    """
    today = at.astimezone(LEGAL_TIME).date()
    edition = catalogue.current(today)
    with transaction.atomic():
        held = queries.resolution(resolution)
        chosen = [_delegable(queries.matters(edition), one, held.body, held.held_on) for one in matters]
        _refuse_resolution(village, resolution, chosen)
        rule = queries.body_rule(edition, held.body, held.held_on)
        office = convening_office(rule, village, by, today)
        Delegation.objects.bulk_create(
            Delegation(
                village=village, matter=one.id, since=held.held_on, granted=granted, resolution=resolution,
                person=by.person, recorded_at=at,
            )
            for one in chosen
        )  # fmt: skip
        journal.record(
            act=DELEGATED if granted else UNDELEGATED,
            village=village,
            subject=f"village:{village}",
            actor=by.person,
            office=office,
            occurred_on=held.held_on,
            at=at,
            fields=[TypedField(one.id, "事项", FieldKind.text.value, one.title) for one in chosen],
            data={"resolution": resolution, "matters": [one.id for one in chosen]},
            citation=BASIS,
        )


def _delegable(matters: tuple[Matter, ...], id: str, body: str, on: date) -> Matter:
    matter = find_matter(matters, id, on)
    delegates = [one.body for one in matter.deciders if one.delegated]
    owners = [one.body for one in matter.deciders if not one.delegated and not one.no_collective]
    if not delegates:
        raise Refused(f"“{matter.title}”不能授权给别的会", matter.citation, "由法律写明的会自己决定")
    if body not in owners:
        raise Refused(f"这份决议不是能授权“{matter.title}”的会作出的", BASIS, "选村民会议的决议")
    return matter


def _refuse_resolution(village: str, number: str, chosen: Sequence[Matter]) -> None:
    held = queries.resolution(number)
    if held.village != village or held.result != "passed":
        raise Refused(f"决议{number}不是本村通过的", BASIS, "选本村村民会议通过的决议")
    if not chosen:
        raise Refused("没有选授权哪些事", BASIS, "至少选一类")
    if Delegation.objects.filter(resolution=number, matter__in=[one.id for one in chosen]).exists():
        raise Refused(f"决议{number}已经登记过这项授权", BASIS, "不必重复登记")
