"""The edition and the chart on which a case runs, once a process: neither ever changes."""

from __future__ import annotations

from mingbai.cases.models import Case
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.graph import Procedure

_held: dict[tuple[int, str, str], tuple[Edition, Procedure]] = {}


def of(case: Case) -> tuple[Edition, Procedure]:
    """The case's edition and chart; the digest in the key keeps two databases in one process apart."""
    key = (case.edition, case.edition_digest, case.procedure)
    if key not in _held:
        _held[key] = catalogue.edition(case.edition), procedure(case.edition, case.procedure)
    return _held[key]
