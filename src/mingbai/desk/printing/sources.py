"""What every paper of a meeting is made from, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.catalogue import queries as catalogue
from mingbai.desk.printing import words
from mingbai.kernel import Citation
from mingbai.meetings.queries import Meeting
from mingbai.meetings.rules import BodyRule
from mingbai.meetings.rules.floor import Floor
from mingbai.organisations import queries as organisations

Content = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A meeting, the village it is of, the short titles of laws, the day on which it is printed."""

    meeting: Meeting
    village: str
    laws: Mapping[str, str]
    today: date

    @property
    def floor(self) -> Floor:
        """The meeting as it stands."""
        return self.meeting.floor

    @property
    def rule(self) -> BodyRule:
        """The rule under which it meets."""
        return self.floor.rule

    @property
    def body(self) -> str:
        """The body with its village: 大柏村村民代表会议."""
        return words.of_village(self.village, self.meeting.body_title)

    def cite(self, citation: Citation) -> str:
        """An article with the short title of its law."""
        return citation.text(self.laws)


def source(meeting: Meeting, today: date) -> Source:
    """Read what the papers of a meeting need."""
    laws = catalogue.laws(catalogue.edition(meeting.edition))
    titles = {id: law.short for id, law in laws.items()}
    return Source(meeting, organisations.division(meeting.village).short, titles, today)


def para(text: str) -> Content:
    """A paragraph, its first line indented by two characters."""
    return {"kind": "para", "text": text}


def head(text: str) -> Content:
    """A heading of the first level: 一、 in 黑体."""
    return {"kind": "head", "text": text}
