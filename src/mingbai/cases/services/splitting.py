"""A request is not made in pieces: counted under a lock, so that two at once cannot both slip under a limit."""

from __future__ import annotations

from collections.abc import Mapping

from mingbai.cases.queries.splitting import AMOUNT, KIND, WAY, counts, together_with
from mingbai.cases.rules.splitting import refuse_splitting
from mingbai.cases.rules.tendering import must_tender, refuse_untendered
from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.catalogue import queries as catalogue
from mingbai.journal.numbering import hold

BY_AMOUNT = "by_amount"


def refuse_pieces(running: Running, signed: Signed, read: Mapping[str, Value]) -> dict[str, Value]:
    """Refuse a request whose way is lighter than its sum with the earlier ones demands; else the way it takes.

    Raises:
        Refused: naming the earlier cases, the limit passed and the article.
    """
    if not counts(signed.node):
        return {}
    chosen = str(read.get(WAY, BY_AMOUNT))
    hold(f"requests/{running.row.village}/{running.row.power}")
    together, limits = together_with(
        running.row.number, str(read[KIND]), int(read[AMOUNT]), signed.occurred_on
    )
    figures = catalogue.parameter_values(running.edition, signed.occurred_on)
    if not must_tender(str(read[KIND]), together.amount, figures):
        refuse_untendered("", str(read[KIND]), together.total, figures)
    refuse_splitting(together, "" if chosen == BY_AMOUNT else chosen, limits)
    return {WAY: chosen}
