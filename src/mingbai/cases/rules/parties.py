"""Who stands on the other side of a case: whoever is paid, supplied by, contracted with or helped in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingbai.procedures.rules.graph import Procedure

# Fields of kind `person` that name the other side; a handler or a witness is not the other side.
OTHER_SIDE = frozenset({"payee", "party", "supplier", "winner", "contractor", "applicant", "beneficiary"})


def interested(chart: Procedure, facts: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Names of whoever stands on the other side by what the steps entered: they and their kin decide nothing in it."""
    return frozenset(
        str(said[one.id])
        for place, said in facts.items()
        if place in chart.nodes
        for one in chart.nodes[place].fields
        if one.id in said and one.id in OTHER_SIDE
    )
