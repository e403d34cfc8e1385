"""Who may sign a step: the office, on the day, in the right place, with separate hands and no kin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mingbai.cases.rules import days, parties
from mingbai.cases.rules.values import Value
from mingbai.cases.services.running import Running, Signed
from mingbai.kernel import Citation, Confidence, FieldKind, Refused
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor
from mingbai.procedures.rules.graph import Node
from mingbai.procurement.queries.suppliers import people_behind

# Kinship with a supplier: the article binds government buyers; villages apply it by analogy.
_HANDS = Citation("gov-procurement-reg", "第9条", Confidence.likely)
_SECOND_HAND = "second_hand"


def signing_office(
    offices: Iterable[str], village: str, by: Actor, occurred_on: date, recorded_on: date
) -> str | None:
    """The office under which the person signs: held on the day claimed and on the day of recording.

    Both days, so that nobody can sign for a day on which they no longer, or did not yet, hold the office.
    """
    for office in offices:
        for place in days.places_of(village):
            if by.holds(office, place, occurred_on) and by.holds(office, place, recorded_on):
                return office
    return None


def require_office(running: Running, node: Node, by: Actor, occurred_on: date) -> str:
    """The office that signs this step, or a refusal naming those that may."""
    office = signing_office(node.offices, running.row.village, by, occurred_on, running.today)
    if office is not None:
        return office
    titles = "、".join(organisations.office_title(one) for one in node.offices)
    raise Refused(
        f"“{node.title}”由{titles}办理，您在{occurred_on}不担任该职务",
        basis=node.citation,
        remedy=f"请{titles}登录办理",
    )


def refuse_recused(running: Running, signed: Signed, read: Mapping[str, Value]) -> None:
    """Refuse a signer who is kin of the other side, or of somebody whose step this one checks.

    Raises:
        Refused: declared kinship, or the signer is the other side himself.
    """
    if str(read.get(_SECOND_HAND, "")) in (signed.by.name, signed.by.person):
        raise Refused("另一位经办人不能是您本人", signed.node.citation, "两个人以上经办，另填一位")
    others = {run.person for run in running.done_steps() if kept_apart(running, signed.node, run.node)}
    names = set(_other_side(running, signed.node, read))
    names |= people_behind(names)
    if signed.by.name in names or signed.by.person in names:
        raise Refused(
            f"“{signed.node.title}”的相对人就是您本人，应当回避",
            basis=_HANDS,
            remedy="由同一职务的其他人办理；没有其他人的，报镇（街）指定",
        )
    kin = organisations.kin_of([signed.by.person]) if others or names else frozenset()
    if not kin:
        return
    kin_names = {one.name for one in organisations.people(sorted(kin))}
    days.refuse_kin(signed.node, kin | kin_names, others | names, _HANDS)


def interested(running: Running) -> frozenset[str]:
    """Names of whoever stands on the other side of the case so far: they and their kin decide nothing in it."""
    return parties.interested(running.chart, running.state.facts)


def _other_side(running: Running, node: Node, read: Mapping[str, Value]) -> Iterator[str]:
    """Whoever stands on the other side of the case so far and in this act: firms, payees, suppliers."""
    for place, facts in {**running.state.facts, node.id: read}.items():
        fields = running.chart.nodes[place].fields if place in running.chart.nodes else ()
        for one in fields:
            if one.id in facts and (one.kind == FieldKind.firm or one.id in parties.OTHER_SIDE):
                yield str(facts[one.id])


def kept_apart(running: Running, node: Node, other: str) -> bool:
    """Whether the doers of two steps must be two persons; the chart may say it at either."""
    return other in node.separate_from or node.id in running.chart.nodes[other].separate_from
