"""What a check says: each obligation with its articles, whether it holds, and the path that shows where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mingbai.kernel import Citation
from mingbai.procedures.rules.paths import titles
from mingbai.procedures.rules.runs import Runs


@dataclass(frozen=True)
class Failure:
    """What is unlawful or unsound, under which article, and the path on the chart that shows it.

    path: the titles of what is done on it; nodes: the ids of all its boxes, for the drawing.
    """

    rule: str
    sentence: str
    citation: Citation
    path: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text()

    def text(self, laws: Mapping[str, str] | None = None) -> str:
        """In one line: what is wrong, the path, the article (with the law's title where `laws` knows it)."""
        path = f"（{' → '.join(self.path)}）" if self.path else ""
        return f"{self.sentence}{path}，{self.citation.text(laws)}"


Find = Callable[[Runs], Iterator[Failure]]
Applies = Callable[[Runs], bool]


Cites = Callable[[Runs], Iterable[Citation]]


@dataclass(frozen=True)
class Obligation:
    """What a chart owes: its name, the articles that say so, to which charts it says anything, and how it is broken."""

    id: str
    cites: Cites
    applies: Applies
    find: Find

    @property
    def sentence(self) -> str:
        """What is said when it holds: the first line of the docstring."""
        return (self.find.__doc__ or "").splitlines()[0]


def obligation(
    id: str, *articles: Citation, by: Cites = lambda _: (), when: Applies = lambda _: True
) -> Callable[[Find], Obligation]:
    """Makes an obligation of a function that finds its failures; what does not apply is not claimed as proved.

    articles: what it always rests on; by: what it rests on besides in one chart, where the chart itself says so.
    """
    return lambda find: Obligation(id, lambda runs: (*articles, *by(runs)), when, find)


@dataclass(frozen=True)
class Finding:
    """One obligation on one chart; held when there is no failure."""

    id: str
    sentence: str
    articles: tuple[Citation, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Report:
    """All obligations that apply to a chart."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.failures

    @property
    def proved(self) -> tuple[str, ...]:
        """What holds, in sentences."""
        return tuple(one.sentence for one in self.findings if not one.failures)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What does not."""
        return tuple(failure for one in self.findings for failure in one.failures)


def failed(runs: Runs, rule: str, sentence: str, article: Citation, nodes: Iterable[str] = ()) -> Failure:
    """A failure that is shown by these boxes of the chart."""
    shown = tuple(nodes)
    return Failure(rule, sentence, article, titles(runs.procedure, shown), shown)
