"""What binds an award, the contract after it and the acceptance: R01, R03, R05, R06, R07, R58 as refusals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingbai.cases.queries.splitting import KIND, WINNER, awarded_together, limits_on
from mingbai.cases.rules import tendering
from mingbai.cases.rules.splitting import refuse_splitting
from mingbai.cases.rules.values import Value
from mingbai.cases.services import signing
from mingbai.cases.services.running import Running, Signed, notice_of
from mingbai.catalogue import queries as catalogue
from mingbai.organisations import queries as organisations
from mingbai.procedures.rules.graph import Node

PRICE, ISSUED, CLOSED, SECOND = "award_price", "issued_on", "closed_on", "second_hand"
COMPETE, AWARD_NOTICE, ACCEPT = "compete", "award_publicity", "accept"


def check(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Refuse what an award, an acceptance or the end of an award publicity may not be.

    Raises:
        Refused: naming the figure, the dated parameter and the article.
    """
    node, figures = signed.node, _figures(running, signed)
    if {PRICE, WINNER} <= set(read):
        _check_award(running, signed, read, figures)
    if {ISSUED, CLOSED} <= set(read):
        issued, closed = (date.fromisoformat(str(read[name])) for name in (ISSUED, CLOSED))
        tendering.refuse_short_tender(
            issued, min(closed, signed.occurred_on), figures.get("tender_notice_days")
        )
    if node.stage == AWARD_NOTICE and (posted := notice_of(signed.run)) is not None:
        days = (posted.until - posted.counted_from).days
        tendering.refuse_short_publicity(days, figures.get("award_publicity_days"))
    if node.hand == ACCEPT and read.get(SECOND):
        tendering.refuse_alone(node.title, str(read[SECOND]), _handlers(running, node))


def refuse_late_contract(running: Running, signed: Signed) -> None:
    """R07: refuse a contract signed later after a competition's award than the dated parameter allows.

    Raises:
        Refused: 招标投标法 第46条.
    """
    done = running.done_steps()
    if any(running.chart.nodes[one.node].stage == COMPETE for one in done):
        most = _figures(running, signed).get("tender_contract_days")
        tendering.refuse_late_contract(signed.occurred_on, signed.run.entered_on, signed.run.due, most)


def _figures(running: Running, signed: Signed) -> Mapping[str, int]:
    return catalogue.parameter_values(running.edition, signed.occurred_on)


def _check_award(
    running: Running, signed: Signed, read: Mapping[str, Value], figures: Mapping[str, int]
) -> None:
    way, price = signed.node.id, int(read[PRICE])
    kind = str(running.state.facts.get(running.chart.start, {}).get(KIND, ""))
    tendering.refuse_untendered(way, kind, price, figures)
    tendering.refuse_over_way(way, price, figures)
    if way == "direct":
        # Sealed quotes of three are no way to slip under a limit; one bought from directly again and again is.
        limits = limits_on(running.edition, signed.occurred_on)
        together = awarded_together(running.row.number, kind, price, signed.occurred_on, str(read[WINNER]))
        refuse_splitting(together, way, limits)


def _handlers(running: Running, node: Node) -> frozenset[str]:
    """Names of whoever did a step from which this one is kept apart, and of the second hands of those."""
    apart = [one for one in running.done_steps() if signing.kept_apart(running, node, one.node)]
    people = {one.name for one in organisations.people(sorted({one.person for one in apart}))}
    second = {str(running.state.facts.get(one.node, {}).get(SECOND, "")) for one in apart}
    return frozenset(people | second | {one.person for one in apart}) - {""}
