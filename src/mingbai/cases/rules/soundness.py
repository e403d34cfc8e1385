"""What `mingbai check` proves of a district folder, for a case that is about to confirm one: pure, and whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mingbai.catalogue.rules import Catalogue, read_folder
from mingbai.catalogue.rules.readers import read_all
from mingbai.kernel import BadFile
from mingbai.meetings.rules import read_bodies
from mingbai.organisations.rules import read_offices
from mingbai.procedures.rules.checks import Failure, Known, check
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.crosswalk import check_crosswalks
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.text import charts_in


def first_fault(files: Mapping[str, str]) -> str | None:
    """The first sentence that speaks against using this folder; None when all of it is sound and lawful."""
    return next(_faults(files), None)


def _faults(files: Mapping[str, str]) -> Iterator[str]:
    try:
        said = read_folder(files)
        read_all(files, all_there=True)
        charts = charts_in(files)
        compiled = {id: compile_chart(chart, charts) for id, chart in charts.items()}
        check_crosswalks(files, {one.id: compiled[one.procedure] for one in said.powers if one.procedure})
    except BadFile as bad:
        yield str(bad)
        return
    yield from _unlawful(files, said, compiled)


def _unlawful(files: Mapping[str, str], said: Catalogue, compiled: Mapping[str, Procedure]) -> Iterator[str]:
    offices = read_offices(files["offices.yaml"], "offices.yaml").offices
    known = Known(
        frozenset(said.parameters),
        frozenset(one.id for one in read_bodies(files["meetings.yaml"])),
        {one.id: one.level for one in offices},
    )
    titles = {id: law.title for id, law in said.laws.items()}
    for id, chart in sorted(compiled.items()):
        for failure in _failures(_Whole(chart, known)):
            yield f"流程图“{chart.title}”（procedures/{id}.yaml）：{failure.text(titles)}"


@dataclass(frozen=True)
class _Whole:
    """A chart as a key: one that reads the same, in a district with the same figures and offices, proves the same."""

    chart: Procedure = field(compare=False)
    known: Known = field(compare=False)

    def _key(self) -> tuple[object, ...]:
        one, known = self.chart, self.known
        said = (one.digest, one.id, one.start, one.nature, one.part, one.children, one.disclosures)
        return *said, repr(one.given), known.parameters, known.bodies, tuple(known.offices.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


@lru_cache(maxsize=256)
def _failures(whole: _Whole) -> tuple[Failure, ...]:
    return check(whole.chart, whole.known).failures
