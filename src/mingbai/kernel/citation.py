"""An article of law as a value: which law, which article, how sure we are of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How a fact was checked: against the text, by a second source, or not yet (shown as 待确认)."""

    verified = "verified"
    likely = "likely"
    assumed = "assumed"


@dataclass(frozen=True)
class Citation:
    """`law` is an id of the legal register; `article` is written as in the law, e.g. 第28条第2款."""

    law: str
    article: str
    confidence: Confidence = Confidence.verified

    def text(self, titles: Mapping[str, str] | None = None) -> str:
        """The citation in words, with the law's title where `titles` knows it, and 待确认 when assumed."""
        mark = "（待确认）" if self.confidence is Confidence.assumed else ""
        return f"{(titles or {}).get(self.law, self.law)}{self.article}{mark}"

    def as_dict(self) -> dict[str, str]:
        """The form stored in records."""
        return {"law": self.law, "article": self.article, "confidence": self.confidence.value}

    @classmethod
    def from_dict(cls, stored: Mapping[str, str]) -> Citation:
        """The citation that `as_dict` stored."""
        return cls(stored["law"], stored["article"], Confidence(stored.get("confidence", "verified")))
