"""What a chart said at each time it was kept, so that a mistake can be put right by going back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mingbai.catalogue.queries import drafts
from mingbai.desk.charting.scope import Desk
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations

SHOWN = 12


@dataclass(frozen=True)
class Kept:
    """One time the chart was kept: at which revision of the draft, by whom, when."""

    revision: int
    who: str
    at: datetime


def kept(desk: Desk) -> tuple[Kept, ...]:
    """The last times the chart was kept before now, latest first."""
    found = [
        one for one in drafts.writings(desk.draft.id, desk.file) if not one.aside and one.text is not None
    ]
    earlier = found[-SHOWN - 1 : -1]
    names = {one.id: one.name for one in organisations.people({one.author for one in earlier})}
    return tuple(Kept(one.revision, names.get(one.author, ""), one.written_at) for one in reversed(earlier))


def text_of(desk: Desk, revision: str) -> str:
    """The chart as it stood at a revision; at 0, as the edition has it on which the draft stands.

    Raises:
        Refused: it was not there then.
    """
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1
    text = drafts.text_at(desk.draft.id, desk.file, number) if number >= 0 else None
    if text is None:
        raise Refused(_("那时候还没有这张流程图"), remedy=_("从列出的几份里选"))
    return text
