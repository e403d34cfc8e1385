"""What a village asked for within twelve months, for the rule against buying in pieces (化整为零)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mingbai.cases.models import Case
from mingbai.cases.queries import charts
from mingbai.cases.rules.categories import CATEGORIES_FILE, read_categories
from mingbai.cases.rules.splitting import LIMITS, Request, Together, count_together
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.kernel import Money, Refused
from mingbai.procedures.rules.graph import Node, Procedure
from mingbai.procedures.rules.interpreter import State, from_json

# A request that says which way it takes is one whose sums are counted together.
WAY, KIND, AMOUNT, WINNER = "way", "project_kind", "amount", "winner"
_LONGEST = timedelta(days=367)


def counts(node: Node) -> bool:
    """Whether a step is the request of a purchase, whose sum counts with earlier ones."""
    return {WAY, KIND, AMOUNT} <= {one.id for one in node.fields}


def limits_on(edition: Edition, on: date) -> Mapping[str, int]:
    """The amounts up to which each way may be taken that day, in fen."""
    values = catalogue.parameter_values(edition, on)
    return {name: values[name] for name in LIMITS if name in values}


def earlier_requests(village: str, power: str, on: date) -> Iterator[Request]:
    """Requests of a village within about a year before a day, running and ended; not withdrawn, nor voted down.

    Read in portions by number; the rule counts the twelve months to the day.
    """
    rows = (
        Case.objects.filter(village=village, power=power, opened_on__gte=on - _LONGEST * 2)
        .exclude(status=Case.Status.withdrawn)
        .order_by("number")
    )
    for row in rows.iterator(chunk_size=200):
        chart = charts.of(row)[1]
        if row.ended and chart.nodes[row.ended].stopped:
            continue
        asked = _request(row, chart)
        if asked is not None:
            yield asked


def _request(row: Case, chart: Procedure) -> Request | None:
    """What a case asked for, once its request was made; on the day on which the case was opened."""
    state = from_json(row.state)
    facts = state.facts.get(chart.start, {})
    if AMOUNT not in facts or KIND not in facts:
        return None
    return Request(
        row.number, row.title, str(facts[KIND]), int(facts[AMOUNT]), row.opened_on, _winner(chart, state)
    )


def _winner(chart: Procedure, state: State) -> str:
    done = [state.facts[node][WINNER] for node, _ in state.done if WINNER in state.facts.get(node, {})]
    return str(done[-1]) if done else ""


def together_with(case: str, kind: str, amount: int, on: date) -> tuple[Together, Mapping[str, int]]:
    """A request that is being written, with what it is counted together with, and the limits of that day.

    `amount` is in fen. Source: 政府采购法实施条例 第28条.
    """
    row = Case.objects.get(number=case)
    edition = charts.of(row)[0]
    text = edition.files.get(CATEGORIES_FILE)
    words = read_categories(text).words() if text else {}
    limits = limits_on(edition, on)
    now = Request(row.number, row.title, kind, amount, on)
    return count_together(now, earlier_requests(row.village, row.power, on), limits, words), limits


def awarded_together(case: str, kind: str, price: int, on: date, supplier: str) -> Together:
    """An award with the earlier requests it counts together with, those of the same supplier among them (R01).

    `price` is in fen.
    """
    row = Case.objects.get(number=case)
    edition = charts.of(row)[0]
    text = edition.files.get(CATEGORIES_FILE)
    words = read_categories(text).words() if text else {}
    now = Request(row.number, row.title, kind, price, on, supplier)
    return count_together(now, earlier_requests(row.village, row.power, on), limits_on(edition, on), words)


def while_written(case: str, node: Node, values: Mapping[str, str], today: date) -> Together | None:
    """The same for a half-filled form; None for other steps or while kind or amount cannot be read yet."""
    if not counts(node) or not values.get(KIND):
        return None
    try:
        amount = Money.parse(values.get(AMOUNT, "")).fen
    except Refused:
        return None
    return together_with(case, values[KIND], amount, today)[0]
