"""Objections stand beside what they are about: the line, or the latest word of the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.queries import Publication, PublicObjection
from mingbai.portal.pages.telling import Event


def beside(events: Sequence[Event], published: Sequence[Publication]) -> tuple[Event, ...]:
    """The events of a case, each with the objections to it; no query."""
    objections = disclosure.objections_in(published)
    if not objections:
        return tuple(events)
    steps = {one.id: str(one.data.get("step") or "") for one in published if one.kind.startswith("case.")}
    shown = {event.publication for event in events}
    latest = {steps[event.publication]: event.publication for event in events if event.publication in steps}
    found: dict[str, list[PublicObjection]] = {}
    for one in objections:
        place = one.line if one.line in shown else latest.get(one.step, "")
        found.setdefault(place, []).append(one)
    return tuple(replace(event, objections=tuple(found.get(event.publication, ()))) for event in events)
