"""Temporary assistance is not given in pieces: counted over the district, under a lock of the person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mingbai.cases.models import Case
from mingbai.cases.queries import charts
from mingbai.cases.rules.assisting import Granted, refuse_split
from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.catalogue import queries as catalogue
from mingbai.journal.numbering import hold
from mingbai.kernel import FieldKind
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.interpreter import State, from_json

# Names that charts give to these facts; a chart that names them otherwise is not bound by the rule.
_APPLY, _WAY, _BY_AMOUNT, _AMOUNT, _CAP = "apply", "way", "by_amount", "amount", "temp_town_cap"
_TWO_YEARS = timedelta(days=734)


def refuse_pieces(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Refuse that the town decides by the amount of this application alone when the year's sum is above its limit.

    The person is known by the identity number of the application, anywhere in the district.

    Raises:
        Refused: naming the earlier cases, the sum and the limit (社会救助暂行办法 第48条).
    """
    asked = running.state.facts.get(_APPLY, {})
    number = next((str(asked[id]) for id in _identities(running.chart) if asked.get(id)), "")
    if read.get(_WAY) != _BY_AMOUNT or not number or _AMOUNT not in asked:
        return
    cap = catalogue.parameter_values(running.edition, signed.occurred_on).get(_CAP)
    if cap is None or int(asked[_AMOUNT]) > cap:
        return
    hold(f"assistance/{hashlib.sha256(number.encode()).hexdigest()[:40]}")
    earlier = _granted(running, number, signed.occurred_on)
    refuse_split(int(asked[_AMOUNT]), earlier, cap, signed.occurred_on)


def _identities(chart: Procedure) -> Iterator[str]:
    fields = chart.nodes[_APPLY].fields if _APPLY in chart.nodes else ()
    return (one.id for one in fields if one.kind == FieldKind.id_number)


def _granted(running: Running, number: str, on: date) -> Iterator[Granted]:
    """What the same person's earlier cases granted; one still running counts with what was asked for."""
    rows = Case.objects.filter(power=running.row.power, opened_on__gte=on - _TWO_YEARS)
    rows = rows.exclude(status=Case.Status.withdrawn).exclude(number=running.row.number).order_by("number")
    for row in rows.iterator(chunk_size=200):
        chart, state = charts.of(row)[1], from_json(row.state)
        asked = state.facts.get(_APPLY, {})
        same = any(str(asked.get(id)) == number for id in _identities(chart))
        if same and not (row.ended and chart.nodes[row.ended].stopped):
            yield Granted(row.number, _sum(state), row.opened_on)


def _sum(state: State) -> int:
    """The newest sum that a step of the case fixed, in fen."""
    done = [state.facts[node][_AMOUNT] for node, _ in state.done if _AMOUNT in state.facts.get(node, {})]
    return int(done[-1]) if done else 0
