"""The edition and the chart on which a case runs, once a process: neither ever changes."""

from __future__ import annotations

from dataclasses import replace

from mingbai.cases.models import Case
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.interpreter import from_json

OWN_AFFAIR = "00-"
"""How the numbers begin of cases that exercise no power: the district keeps its own list."""
_held: dict[tuple[int, str, str, str], tuple[Edition, Procedure]] = {}


def of(case: Case) -> tuple[Edition, Procedure]:
    """The case's edition and chart; the digest in the key keeps two databases in one process apart."""
    owner = _owner(case)
    key = (case.edition, case.edition_digest, case.procedure, owner)
    if key not in _held:
        chart = procedure(case.edition, case.procedure)
        _held[key] = catalogue.edition(case.edition), for_owner(chart, owner)
    return _held[key]


def for_owner(chart: Procedure, owner: str) -> Procedure:
    """The chart of a case that was opened for one office: what this office may do, no other may."""
    if not owner:
        return chart
    nodes = {
        id: replace(node, offices=(owner,)) if owner in node.offices else node
        for id, node in chart.nodes.items()
    }
    return replace(chart, nodes=nodes)


def _owner(case: Case) -> str:
    if not case.number.startswith(OWN_AFFAIR):
        return ""
    return str(from_json(case.state).facts.get("case", {}).get("owner", ""))
