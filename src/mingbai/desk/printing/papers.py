"""The kinds of paper a meeting has, and the press they go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mingbai.desk.printing import ballots, minutes, notice, resolution, roll
from mingbai.desk.printing.sources import Content, Source
from mingbai.printing import press

TEMPLATES = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Asked:
    """What may be asked besides: one item of the agenda, how many papers, a line to sign on."""

    item: int | None = None
    copies: int | None = None
    named: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its name, its template, what it says."""

    title: str
    template: str
    say: Callable[[Source, Asked], Content]


KINDS: Mapping[str, Kind] = {
    "notice": Kind("会议通知", "document.typ", lambda of, _: {"documents": [notice.content(of)]}),
    "roll": Kind("签到册", "roll.typ", lambda of, _: roll.content(of)),
    "ballots": Kind(
        "表决票", "ballots.typ", lambda of, asked: ballots.content(of, asked.item, asked.copies, asked.named)
    ),
    "minutes": Kind("会议记录", "document.typ", lambda of, _: {"documents": [minutes.content(of)]}),
    "resolution": Kind(
        "决议", "document.typ", lambda of, asked: {"documents": resolution.content(of, asked.item)}
    ),
}


def make_paper(of: Source, kind: str, asked: Asked = Asked(), *, demo: bool) -> bytes:
    """One paper as PDF; the same record gives the same bytes.

    Raises:
        Refused: there is nothing yet that such a paper could say, or a character that the print fonts lack.
        KeyError: no such kind.
    """
    paper = KINDS[kind]
    said = {**paper.say(of, asked), "demo": "演示" if demo else ""}
    return press.print_pdf(TEMPLATES / paper.template, said, of.meeting.recorded_at)
