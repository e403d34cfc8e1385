"""From a meeting to the step it was held for: its resolution filled in, its photographs handed over as the step's papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingbai.desk.drafts import Kept
from mingbai.kernel import Refused
from mingbai.meetings import queries as meetings
from mingbai.meetings.events import Resolution
from mingbai.meetings.queries import MeetingLine

TAKEN = "meeting-"
"""How the fields begin by which a photograph of the meeting is taken for a paper of the step."""


def resolution_for(number: str, case: str, step: str) -> Resolution | None:
    """The resolution of that number, if it was made for this step of this case."""
    try:
        found = meetings.resolution(number) if number else None
    except Refused:
        return None
    return found if found and (found.case, found.step) == (case, step) else None


def with_resolution(kept: Kept, resolution: Resolution) -> Kept:
    """The draft of a step with the outcome of its meeting and the day on which it was held."""
    said = {"resolution": resolution.number, "occurred_on": resolution.held_on.isoformat()}
    return replace(kept, values={**kept.values, **said})


def shown_papers(resolution: Resolution | None) -> Sequence[tuple[str, str]]:
    """The photographs and signature pages shown at the meeting of a resolution: (paper, label)."""
    if resolution is None or not resolution.meeting:
        return ()
    return tuple(meetings.meeting(resolution.meeting).floor.papers)


def taken_papers(
    fields: Mapping[str, Sequence[str]], shown: Sequence[tuple[str, str]]
) -> Mapping[str, list[str]]:
    """The papers that a form takes from the meeting, by what the step asks for.

    Raises:
        Refused: a paper that was not shown at this meeting.
    """
    known = {paper for paper, _label in shown}
    taken = {
        name.removeprefix(TAKEN): [one for one in papers if one]
        for name, papers in fields.items()
        if name.startswith(TAKEN)
    }
    if any(one not in known for papers in taken.values() for one in papers):
        raise Refused("选的照片不是这次会议的", remedy="在会议的照片里重新选，或者另外上传")
    return {need: papers for need, papers in taken.items() if papers}


def open_meetings(case: str, step: str) -> Sequence[MeetingLine]:
    """The meetings called for a step, the latest first."""
    return meetings.meetings_for(case, step)
