"""How well the recognisers do on the labelled corpus: precision and recall for each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mingbai.evidence.recognising import Finding, Personal, recognise

CORPUS = Path(__file__).with_name("corpus.tsv")


@dataclass(frozen=True)
class Score:
    """Of one kind: how many are labelled, how many of these wholly covered, how many findings, how many of these right."""

    labelled: int
    covered: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """The part of what is labelled that is covered to its last character."""
        return self.covered / self.labelled

    @property
    def precision(self) -> float:
        """The part of the findings that touch something labelled so."""
        return self.right / self.found if self.found else 1.0

    def row(self) -> str:
        """As a row of the table in the docs."""
        return f"{self.labelled} | {self.recall:.3f} | {self.precision:.3f}"


def corpus() -> list[tuple[str, list[Finding]]]:
    """The lines with their labels."""
    rows = (line.split("\t") for line in CORPUS.read_text("utf-8").splitlines())
    return [(text.replace("\\n", "\n"), [_label(one) for one in labels.split()]) for text, labels in rows]


def _label(text: str) -> Finding:
    kind, _, span = text.partition(":")
    start, end = span.split("-")
    return Finding(Personal(kind), int(start), int(end))


def scores() -> dict[str, Score]:
    """Every kind that the corpus has, and `all` for the number lines that are innocent and left alone."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, labels in corpus():
        found = recognise(text)
        for one in labels:
            counts[one.kind, "labelled"] += 1
            counts[one.kind, "covered"] += any(f.start <= one.start and one.end <= f.end for f in found)
        for one in found:
            counts[one.kind, "found"] += 1
            counts[one.kind, "right"] += any(
                one.kind == it.kind and one.start < it.end and it.start < one.end for it in labels
            )
    kinds = dict.fromkeys(kind for kind, _ in counts)
    return {
        kind: Score(*(counts[kind, part] for part in ("labelled", "covered", "found", "right")))
        for kind in kinds
    }


def misses() -> list[str]:
    """The lines on which the recognisers are wrong, for a person to look at."""
    wrong = []
    for text, labels in corpus():
        found = recognise(text)
        bare = [one for one in labels if not any(f.start <= one.start and one.end <= f.end for f in found)]
        extra = [
            one
            for one in found
            if not any(one.kind == it.kind and one.start < it.end and it.start < one.end for it in labels)
        ]
        wrong += [f"{text!r} missed {bare} extra {extra}"] if bare or extra else []
    return wrong
