"""R02 for a village: awards of a year, looked at for those close together just below a limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mingbai.cases.models import Case, StepRun
from mingbai.cases.queries.splitting import WINNER, limits_on
from mingbai.cases.rules.nearing import Award, is_near, near_together
from mingbai.catalogue import queries as catalogue
from mingbai.procedures.rules.interpreter import from_json
from mingbai.procurement.queries.suppliers import declared, firms
from mingbai.procurement.rules.suppliers import related

POWER, PRICE = "procurement-small-works", "award_price"
_BACK = timedelta(days=365)


def near_limit(village: str, on: date) -> tuple[tuple[Award, ...], ...]:
    """Groups of awards of the last year that R02 speaks of; empty while its figures are not set.

    One query for the cases, and with two near a limit three for the suppliers, however many there are.
    """
    edition = catalogue.current(on)
    figures = catalogue.parameter_values(edition, on)
    percent, days = figures.get("near_limit_percent"), figures.get("near_limit_days")
    if percent is None or days is None:
        return ()
    limits = limits_on(edition, on)
    near = [one for one in _awards(village, on) if is_near(one.fen, limits, percent)]
    together = _together({one.supplier for one in near}) if len(near) > 1 else {}
    return near_together(near, together, limits, percent, days)


def _awards(village: str, on: date) -> Iterator[Award]:
    runs = StepRun.objects.filter(
        case__village=village, case__power=POWER, status=StepRun.Status.done, done_on__gte=on - _BACK
    ).exclude(case__status=Case.Status.withdrawn)
    for run in runs.select_related("case").order_by("id"):
        facts = from_json(run.case.state).facts.get(run.node, {})
        if WINNER in facts and PRICE in facts and run.done_on:
            yield Award(run.case.number, run.case.title, str(facts[WINNER]), int(facts[PRICE]), run.done_on)


def _together(names: set[str]) -> dict[str, frozenset[str]]:
    known = [one for one in firms().values() if one.name in names]
    said = declared([one.uscc for one in known])
    return {
        one.name: frozenset({one.name, *(other.name for other in known if related(one, other, said))})
        for one in known
    }
