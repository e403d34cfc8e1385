"""From a submitted form to a draft, and from a step's form to its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from mingbai.cases import queries as cases
from mingbai.cases.queries import splitting
from mingbai.cases.services import quoting
from mingbai.catalogue import queries as catalogue
from mingbai.desk.drafts import Kept
from mingbai.desk.meetings import convening, handing
from mingbai.evidence.services import keep_paper
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.rules.entries import Method
from mingbai.meetings.services.freezing import METHODS
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import offices_above

_NOT_VALUES = {"csrfmiddlewaretoken", "do", "seen"}
_PAPER = "paper-"


@dataclass(frozen=True)
class Entry:
    """A field of the step with what has been entered so far."""

    field: Any
    value: str


@dataclass(frozen=True)
class Tile:
    """A paper the step asks for, and the papers handed in for it."""

    need: Any
    given: tuple[str, ...]


@dataclass(frozen=True)
class Seat:
    """A member of the roll, and what was ticked for them."""

    person: str
    name: str
    present: bool
    recused: bool


def seen_version(request: HttpRequest) -> int | None:
    """The version of the case the person was looking at; a later one means somebody was quicker."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def receive(request: HttpRequest, kept: Kept) -> Kept:
    """Add what was submitted to the draft; photographs are sealed as evidence at once.

    Raises:
        Refused: a file is not what it says, or may not be taken.
    """
    values = {
        key: ",".join(request.POST.getlist(key)).strip()
        for key in request.POST
        if key not in _NOT_VALUES and not key.startswith((_PAPER, "label-", handing.TAKEN))
    }
    # Boxes left unticked are not sent at all: an empty list must replace the earlier one.
    boxes = {name: values.get(name, "") for name in ("present", "recused") if "roll" in request.POST}
    values.pop("roll", None)
    papers = {**kept.papers, **_taken(request, values.get("resolution", "")), **_papers(request)}
    return Kept({**kept.values, **values, **boxes}, papers, request.now)


def _taken(request: HttpRequest, resolution: str) -> Mapping[str, list[str]]:
    """What the step takes over from its meeting; nothing without a meeting's resolution."""
    held = handing.resolution_for(resolution, request.case.number, request.resolver_match.kwargs["step"])
    return handing.taken_papers(dict(request.POST.lists()), handing.shown_papers(held))


def _papers(request: HttpRequest) -> Mapping[str, list[str]]:
    return {
        key.removeprefix(_PAPER): [_seal(request, file, key) for file in request.FILES.getlist(key)]
        for key in request.FILES
        if key.startswith(_PAPER)
    }


def _seal(request: HttpRequest, file: Any, key: str) -> str:
    paper = keep_paper(
        content=file.read(),
        name=file.name,
        label=request.POST.get(f"label-{key}", key.removeprefix(_PAPER)),
        village=request.case.village,
        actor=request.actor.person,
        at=request.now,
        subject=f"case:{request.case.number}",
    )
    return paper.id


def page(request: HttpRequest, form: Any, kept: Kept, refusal: Refused | None) -> dict[str, Any]:
    """Everything the step's page shows."""
    return {
        "case": request.case,
        "form": form,
        "node": form.node,
        "entries": [Entry(field, kept.values.get(field.id, "")) for field in _asked(form)],
        "sealed": quoting.is_sealed(form.node),
        "counts": splitting.counts(form.node),
        "tiles": [Tile(need, tuple(kept.papers.get(need.id, ()))) for need in form.papers],
        "seats": _seats(request, form, kept),
        **_of_meeting(request, form, kept),
        "votes": [(name, kept.values.get(name, "")) for name in ("agree", "against", "abstain")],
        "occurred_on": kept.values.get("occurred_on", request.today.isoformat()),
        "signatures": cases.signatures_of(request.case.number, form.node.id),
        "offices": organisations.offices(),
        "may_extend": bool(offices_above(request.actor, request.case.village, request.today)),
        "kept": kept,
        "refusal": refusal or form.refusal,
        "today": request.today,
        "together": cases.while_written(request.case.number, form.node, kept.values, request.today),
    }


def _asked(form: Any) -> list[Any]:
    """The fields that a person fills in: what an opening of sealed quotes says is not among them."""
    said = quoting.FIELDS if quoting.is_sealed(form.node) else ()
    return [field for field in form.fields if field.id not in said]


def _of_meeting(request: HttpRequest, form: Any, kept: Kept) -> dict[str, Any]:
    """For a step that a body decides: the outcome taken from its meeting, what was shown there, who is called."""
    if form.node.kind != "meeting":
        return {}
    number = request.case.number
    held = handing.resolution_for(kept.values.get("resolution", ""), number, form.node.id)
    return {
        "held": held,
        "shown": handing.shown_papers(held),
        "called": handing.open_meetings(number, form.node.id),
        "matters": convening.matters_of(
            organisations.division(request.case.village), form.node.body, request.today
        ),
        "methods": [(str(one), METHODS[one]) for one in (Method.hands, Method.paper, Method.secret)],
    }


def _seats(request: HttpRequest, form: Any, kept: Kept) -> list[Seat]:
    if form.node.kind != "meeting":
        return []
    ticked = {name: set(kept.values.get(name, "").split(",")) for name in ("present", "recused")}
    rule = meetings.body_rule(catalogue.current(request.today), form.node.body, request.today)
    roll = meetings.members(request.case.village, rule, request.today)
    return [
        Seat(
            member.person, member.name, member.person in ticked["present"], member.person in ticked["recused"]
        )
        for member in roll
    ]
