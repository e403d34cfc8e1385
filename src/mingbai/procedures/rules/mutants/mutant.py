"""A damaged chart, and what was known of it before it was proved."""

from __future__ import annotations

from dataclasses import dataclass

from mingbai.procedures.rules.graph import Procedure


@dataclass(frozen=True)
class Mutant:
    """A damaged chart by name (`operator:node`).

    article: the law that this damage breaks; empty when it breaks none, then `harmless` says why.
    """

    name: str
    chart: Procedure
    article: str
    harmless: str = ""

    @property
    def unlawful(self) -> bool:
        """Whether this damage breaks the law."""
        return bool(self.article)

    @property
    def operator(self) -> str:
        """The kind of damage."""
        return self.name.partition(":")[0]
