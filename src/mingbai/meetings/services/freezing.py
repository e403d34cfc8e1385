"""Freezing an outcome: one motion decided becomes one numbered resolution, with the roll copied into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import take_number
from mingbai.kernel import FieldKind
from mingbai.meetings import queries
from mingbai.meetings.events import RESOLVED, Resolution
from mingbai.meetings.models import ResolutionName, ResolutionRow
from mingbai.meetings.rules import Decision
from mingbai.meetings.rules.entries import SECRET, Method, Way
from mingbai.meetings.rules.floor import Floor, Item
from mingbai.organisations.rules import Actor

RESULTS = {"passed": "通过", "not_passed": "未通过", "no_quorum": "到会人数不足"}
FEWEST = 5
"""Fewer secret ballots of one kind are not told apart in public (k-anonymity, security R11)."""
METHODS = {
    Method.hands: "举手", Method.paper: "记名票", Method.secret: "无记名票", Method.electronic: "电子票",
    Method.written: "会前书面意见",
}  # fmt: skip


@dataclass(frozen=True)
class Signing:
    """Who freezes it, in which office, when, under which edition of the list, for which village and meeting."""

    village: str
    meeting: str
    edition: int
    by: Actor
    office: str
    at: datetime


def freeze(floor: Floor, item: Item, signing: Signing) -> Resolution:
    """Decide an item, number the outcome and record it. Raises `Refused` when the figures do not add up."""
    decision = floor.decision(item)
    row = _row(floor, item, decision, signing)
    _copy_entitlement(row, floor, item)
    resolution = queries.as_resolution(row)
    _record(resolution, floor, signing)
    return resolution


def _row(floor: Floor, item: Item, decision: Decision, signing: Signing) -> ResolutionRow:
    rule, votes, ways = floor.rule, item.votes(), floor.ways(item)
    serial = take_number(f"resolution/{signing.village}/{rule.id}/{floor.held_on.year}")
    return ResolutionRow.objects.create(
        number=f"{signing.village}-{rule.id}-{floor.held_on.year}-{serial:03d}",
        village=signing.village,
        body=rule.id,
        body_title=f"{floor.group}{rule.title}",
        year=floor.held_on.year,
        serial=serial,
        case=item.case,
        step=item.step,
        matter=item.matter,
        meeting=signing.meeting,
        item=item.number,
        motion=item.motion,
        held_on=floor.held_on,
        notified_on=floor.notified_on,
        urgent_reason=floor.urgent_reason,
        result=decision.result.value,
        roll_size=len(floor.seats),
        recused=len(set(item.recused) & set(floor.seats)),
        entitled=floor.entitled(item),
        present=len(item.voters),
        agree=votes.agree,
        against=votes.against,
        abstain=votes.abstain,
        spoilt=votes.spoilt,
        not_cast=votes.not_cast,
        written=votes.written,
        proxies=ways[Way.proxy],
        remote=ways[Way.remote],
        methods=_methods(item),
        needed_present=decision.needed_present,
        needed_agree=decision.needed_agree,
        edition=signing.edition,
        rule_since=rule.since,
        citation=decision.citation.as_dict(),
        sentence=decision.sentence,
        person=signing.by.person,
        office=signing.office,
        recorded_at=signing.at,
    )


def _methods(item: Item) -> dict[str, dict[str, int]]:
    names = ("agree", "against", "abstain", "spoilt", "not_cast")
    return {str(method): {name: getattr(one, name) for name in names} for method, one in item.counts.items()}


def _copy_entitlement(row: ResolutionRow, floor: Floor, item: Item) -> None:
    ResolutionName.objects.bulk_create(
        ResolutionName(
            resolution=row,
            person=seat.person,
            name=seat.name,
            household=seat.household,
            present=seat.person in floor.came,
            recused=seat.person in item.recused,
            way=str(floor.came[seat.person].way) if seat.person in floor.came else "",
        )
        for seat in floor.seats.values()
    )


def _record(resolution: Resolution, floor: Floor, signing: Signing) -> None:
    journal.record(
        act=RESOLVED,
        village=resolution.village,
        subject=f"case:{resolution.case}" if resolution.case else f"meeting:{resolution.meeting}",
        actor=signing.by.person,
        office=signing.office,
        occurred_on=resolution.held_on,
        at=signing.at,
        fields=_fields(resolution),
        data=_data(resolution, to_be_confirmed=floor.rule.to_be_confirmed),
        citation=floor.rule.citation,
    )


def _fields(one: Resolution) -> list[TypedField]:
    text, whole = FieldKind.text.value, FieldKind.integer.value
    more = [
        ("proxies", "委托到会", one.proxies), ("remote", "远程参加", one.remote), ("spoilt", "废票", one.spoilt),
        ("not_cast", "没有投的", one.not_cast), ("written", "会前书面意见", one.written),
    ]  # fmt: skip
    return [
        TypedField("body", "会议", text, one.body_title),
        TypedField("motion", "表决事项", text, one.motion),
        TypedField("entitled", "应到", whole, str(one.entitled)),
        TypedField("present", "实到", whole, str(one.present)),
        TypedField("recused", "回避", whole, str(one.recused)),
        TypedField("agree", "同意", whole, str(one.agree)),
        TypedField("against", "反对", whole, str(one.against)),
        TypedField("abstain", "弃权", whole, str(one.abstain)),
        *(TypedField(id, label, whole, str(count)) for id, label, count in more if count),
        TypedField("result", "结果", FieldKind.choice.value, RESULTS[one.result]),
        TypedField("sentence", "计票说明", text, one.sentence),
    ]


def _data(one: Resolution, *, to_be_confirmed: bool) -> dict[str, object]:
    names = (
        "number", "case", "step", "meeting", "item", "matter", "body", "body_title", "result", "roll", "recused",
        "entitled", "present", "proxies", "remote", "agree", "against", "abstain", "spoilt", "not_cast", "written",
        "needed_present", "needed_agree",
    )  # fmt: skip
    methods = {METHODS[Method(name)]: counts for name, counts in _tellable(one).items()}
    return {
        **{name: getattr(one, name) for name in names},
        "methods": methods,
        "to_be_confirmed": to_be_confirmed,
    }


def _tellable(one: Resolution) -> Mapping[str, Mapping[str, int]]:
    """The counts of each way of voting, unless one of the secret ways was so small that it would tell on people."""
    small = (sum(counts.values()) < FEWEST for name, counts in one.methods.items() if Method(name) in SECRET)
    return {} if len(one.methods) > 1 and any(small) else one.methods
