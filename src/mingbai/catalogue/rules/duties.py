"""duties.yaml and negative.yaml: which office owes what in each power (责任清单), what nobody may do (负面清单)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mingbai.catalogue.rules.law import CitationText, Id, Text
from mingbai.catalogue.rules.powers import Fact
from mingbai.kernel import Citation

DUTIES, NEGATIVE = "duties.yaml", "negative.yaml"
Does = Literal[
    "compile", "guide", "propose", "handle", "review", "decide", "pay", "publish", "inform", "record", "supervise"
]  # fmt: skip
DOES: dict[str, str] = {
    "compile": "定规矩",
    "guide": "指导督查",
    "propose": "申请、提出",
    "handle": "经办",
    "review": "审核",
    "decide": "决定",
    "pay": "付款、发放",
    "publish": "公开",
    "inform": "告知",
    "record": "归档",
    "supervise": "监督",
}
"""What an office can owe, as the public reads it."""


class Duty(Fact):
    """One duty of one office; the text says what exactly."""

    office: str
    does: Does

    @property
    def does_title(self) -> str:
        """The sort of duty in Chinese."""
        return DOES[self.does]


class PowerDuties(Text):
    """The duties in one power."""

    power: str
    duties: tuple[Duty, ...] = Field(min_length=1)


class DutiesFile(Text):
    """duties.yaml; `everywhere` holds in every power."""

    everywhere: tuple[Duty, ...] = ()
    powers: tuple[PowerDuties, ...] = ()

    def of(self, power: str) -> tuple[Duty, ...]:
        """The duties of that power alone."""
        return next((one.duties for one in self.powers if one.power == power), ())


class Forbidden(Fact):
    """What must not be done, with the article that forbids it; without powers it holds everywhere."""

    id: str = Field(pattern=Id)
    powers: tuple[str, ...] = ()
    citation: CitationText

    def basis(self) -> Citation:
        """The kernel's citation."""
        return Citation(self.citation.law, self.citation.article, self.confidence)


class NegativeFile(Text):
    """negative.yaml."""

    rules: tuple[Forbidden, ...] = Field(min_length=1)
