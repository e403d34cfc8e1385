"""What a check says: what was proved, and each failure with its article and the path that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mingbai.kernel import Citation
from mingbai.procedures.rules.graph import Procedure


@dataclass(frozen=True)
class Failure:
    """What is unlawful or unsound, under which article, and the path on the chart that shows it."""

    rule: str
    sentence: str
    citation: Citation
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        path = f"（{' → '.join(self.path)}）" if self.path else ""
        return f"{self.sentence}{path}，{self.citation.text()}"


@dataclass(frozen=True)
class Report:
    """What was proved, in sentences, and what failed."""

    ok: bool
    proved: tuple[str, ...]
    failures: tuple[Failure, ...]


Rule = Callable[[Procedure], Iterator[Failure]]
