"""Objections as the public may see them: what was published of each, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mingbai.disclosure.models import PublicationRow
from mingbai.disclosure.queries.reading import Publication, of_case, views

LODGED, JOINED, EXTENDED, OVERDUE, ANSWERED = (
    "objection.lodged",
    "objection.joined",
    "objection.extended",
    "objection.overdue",
    "objection.answered",
)
KINDS = (LODGED, JOINED, EXTENDED, OVERDUE, ANSWERED)


@dataclass(frozen=True)
class PublicObjection:
    """An objection and what became of it. `lodged` and `answered` are permalinks; no name stands anywhere.

    `words` and `wish` are empty unless the sender asked that they be published. `joined` counts those who said the
    same. `passed_on` when a last day passed without an answer.
    """

    number: str
    step: str
    step_title: str
    line: str
    asked: str
    channel: str
    words: str
    wish: str
    lodged_on: date
    due: date | None
    joined: int
    extended: bool
    passed_on: bool
    lodged: str
    answered: str = ""
    answered_on: date | None = None
    answer: str = ""
    upheld: bool | None = None
    office_title: str = ""


def objections_in(published: Iterable[Publication]) -> tuple[PublicObjection, ...]:
    """The objections among these publications, in the order in which they came."""
    found: dict[str, PublicObjection] = {}
    for one in published:
        number = str(one.data.get("objection") or "")
        if one.kind == LODGED:
            found[number] = _lodged(number, one)
        elif one.kind in KINDS and number in found:
            found[number] = _moved(found[number], one)
    return tuple(found.values())


def objections_to(publication: Publication) -> tuple[PublicObjection, ...]:
    """The objections to one published line, or to the step of which it tells; one query."""
    if publication.case:
        known = objections_in(of_case(publication.case))
    else:
        rows = PublicationRow.objects.filter(village=publication.village, kind__in=KINDS, case="")
        known = objections_in(views(rows.order_by("order")))
    step = str(publication.data.get("step") or "") if publication.kind.startswith("case.") else ""
    return tuple(one for one in known if one.line == publication.id or (step and one.step == step))


def _lodged(number: str, one: Publication) -> PublicObjection:
    texts = ("step", "step_title", "line", "asked", "channel", "words", "wish")
    return PublicObjection(
        number=number,
        lodged_on=one.occurred_on,
        due=_day(one),
        joined=0,
        extended=False,
        passed_on=False,
        lodged=one.id,
        **{name: str(one.data.get(name) or "") for name in texts},
    )


def _moved(known: PublicObjection, one: Publication) -> PublicObjection:
    match one.kind:
        case "objection.joined":
            return replace(known, joined=int(one.data.get("joined") or 0))
        case "objection.extended":
            return replace(known, extended=True, due=_day(one))
        case "objection.overdue":
            return replace(known, passed_on=True, due=_day(one))
    answer = next((field.value for field in one.fields if field.label == "答复"), None)
    return replace(
        known,
        joined=int(one.data.get("joined") or known.joined),
        answered=one.id,
        answered_on=one.occurred_on,
        answer=answer or "",
        upheld=one.data.get("upheld"),
        office_title=one.office_title,
    )


def _day(one: Publication) -> date | None:
    due = one.data.get("due")
    return date.fromisoformat(due) if due else None
