"""Handing a draft to review: a case of the district's own procedure is opened, with what is known of the draft filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from mingbai.cases import services as cases
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries.drafts import DraftView
from mingbai.catalogue.services import refuse_stale_draft
from mingbai.desk import drafts as kept
from mingbai.kernel import Refused
from mingbai.organisations.rules import Actor
from mingbai.procedures.queries import procedure
from mingbai.procedures.rules.graph import Node, Procedure

COMPILE = "compile"
"""The stage at which a department signs one draft as it stands (`cases`, adjusting the list)."""


@dataclass(frozen=True)
class Review:
    """A procedure by which a draft is decided: its chart, and the step at which the draft is signed."""

    id: str
    title: str
    step: str


def reviews(actor: Actor, today: date) -> tuple[Review, ...]:
    """The procedures of the district that this person may begin with a draft."""
    edition = catalogue.current(today)
    held = {one.office for one in actor.mandates if one.active(today)}
    found = []
    for name in edition.files:
        if name.startswith("procedures/") and name.endswith(".yaml"):
            chart = procedure(edition.number, name.removeprefix("procedures/").removesuffix(".yaml"))
            step = _signing(chart)
            if step is not None and held & set(step.offices):
                found.append(Review(chart.id, chart.title, step.id))
    return tuple(found)


def _signing(chart: Procedure) -> Node | None:
    """The first step of the chart, where a draft is signed there."""
    first = chart.nodes[chart.start]
    asks = any(one.id == "draft" for one in first.fields)
    return first if chart.nature == "administrative" and first.stage == COMPILE and asks else None


def begin_review(
    user: Any, draft: DraftView, review: str, by: Actor, today: date, at: datetime
) -> tuple[str, str]:
    """Open the case and fill in the draft's number and reason; the case's number and the step to be signed.

    Raises:
        Refused: the draft is closed, unsound, unchanged or behind the newest edition, or the person may not begin it.
    """
    chosen = next((one for one in reviews(by, today) if one.id == review), None)
    if chosen is None:
        raise Refused(_("您的单位不能用这个办法送审"), remedy=_("请制定单位送审"))
    refuse_stale_draft(draft.id)
    if not draft.changed:
        raise Refused(_("草案一个字也没有改"), remedy=_("先改好再送审"))
    district = catalogue.district(catalogue.latest()).code
    opened = cases.open_case(
        power=chosen.id, village=district, title=draft.name, occurred_on=today, by=by, at=at
    )
    values = {"draft": str(draft.id), "summary": draft.reason}
    kept.keep(user, opened.number, chosen.step, kept.Kept(values), at)
    return opened.number, chosen.step
