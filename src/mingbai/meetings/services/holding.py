"""The act of holding a meeting whose figures are entered afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold, take_number
from mingbai.kernel import FieldKind, Refused
from mingbai.meetings import queries
from mingbai.meetings.events import RESOLVED, Resolution, RollMember
from mingbai.meetings.models import ResolutionName, ResolutionRow
from mingbai.meetings.rules import BodyRule, Decision, Share, check_notice, count_base, decide
from mingbai.meetings.services.rolling import LEGAL_TIME, check_names
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

LONGEST_MOTION = 500
RESULTS = {"passed": "通过", "not_passed": "未通过", "no_quorum": "到会人数不足"}


@transaction.atomic
def hold_meeting(
    *,
    village: str,
    body: str,
    case: str,
    motion: str,
    held_on: date,
    present: Sequence[str],
    recused: Sequence[str],
    agree: int,
    against: int,
    abstain: int,
    by: Actor,
    office: str,
    at: datetime,
    edition: Edition | None = None,
    notified_on: date | None = None,
    urgent_reason: str = "",
) -> Resolution:
    """Decide one motion by the roll and the rule of the day, and freeze the outcome under the next number.

    `edition` is the edition the case runs on (default: the one in force on `held_on`). The voters are
    `present` minus `recused`. Raises `Refused` for a meeting in the future, no roll, a stranger among those
    present, a name twice, votes that do not add up, or too short a notice.
    """
    if held_on > at.astimezone(LEGAL_TIME).date():
        raise Refused("会议日期在今天之后", remedy="请在会议召开之后再登记结果")
    if not motion.strip() or len(motion.strip()) > LONGEST_MOTION:
        raise Refused(f"表决事项没有写，或者超过{LONGEST_MOTION}个字", remedy="请写明这次会议表决什么")
    edition = edition or catalogue.current(held_on)
    rule = queries.body_rule(edition, body, held_on)
    check_notice(rule, notified_on=notified_on, held_on=held_on, urgent_reason=urgent_reason)
    # The roll is locked with the number: a roll set meanwhile cannot slip under a vote being counted.
    hold(f"roll/{village}/{body}")
    members = _members(rule, village, held_on, present, recused)
    decision, counts = _decide(rule, members, set(present), set(recused), (agree, against, abstain))
    serial = take_number(f"resolution/{village}/{body}/{held_on.year}")
    row = ResolutionRow.objects.create(
        number=f"{village}-{body}-{held_on.year}-{serial:03d}",
        village=village,
        body=body,
        body_title=rule.title,
        year=held_on.year,
        serial=serial,
        case=case,
        motion=motion.strip(),
        held_on=held_on,
        notified_on=notified_on,
        urgent_reason=urgent_reason.strip(),
        result=decision.result.value,
        roll_size=len(members),
        recused=len(set(recused)),
        entitled=counts.entitled,
        present=counts.present,
        agree=agree,
        against=against,
        abstain=abstain,
        needed_present=decision.needed_present,
        needed_agree=decision.needed_agree,
        edition=edition.number,
        rule_since=rule.since,
        citation=decision.citation.as_dict(),
        sentence=decision.sentence,
        person=by.person,
        office=office,
        recorded_at=at,
    )
    _copy_entitlement(row, members, set(present), set(recused))
    resolution = queries.as_resolution(row)
    _record(resolution, rule, by, office, at)
    return resolution


def _members(
    rule: BodyRule, village: str, on: date, present: Sequence[str], recused: Sequence[str]
) -> tuple[RollMember, ...]:
    members = queries.roll(village, rule.id, on)
    if not members:
        raise Refused(
            f"{on.isoformat()}没有{rule.title}的名册，不能计票", basis=rule.citation, remedy="请先登记名册"
        )
    entitled = {member.person for member in members}
    for label, persons in (("到会人员", present), ("回避人员", recused)):
        check_names(persons, label)
        strangers = [person for person in persons if person not in entitled]
        if strangers:
            names = "、".join(one.name for one in organisations.people(strangers)) or "没有登记的人"
            raise Refused(
                f"{label}中有{len(strangers)}人不在{rule.title}名册上：{names}",
                basis=rule.citation,
                remedy="列席人员不计入到会和表决，请只填名册上的人",
            )
    return members


def _decide(
    rule: BodyRule,
    members: tuple[RollMember, ...],
    present: set[str],
    recused: set[str],
    votes: tuple[int, int, int],
) -> tuple[Decision, Share]:
    voters = present - recused
    entitled = count_base(rule, roll=len(members), recused=len(recused))
    agree, against, abstain = votes
    decision = decide(
        rule,
        entitled=entitled,
        present=len(voters),
        agree=agree,
        against=against,
        abstain=abstain,
        households=_households(rule, members, voters, recused),
    )
    return decision, Share(entitled, len(voters))


def _households(
    rule: BodyRule, members: tuple[RollMember, ...], voters: set[str], recused: set[str]
) -> Share | None:
    """The same meeting by household; None unless every member's household is known: never half a count."""
    if not all(member.household for member in members):
        return None
    leaves = recused if rule.recused_leave_base else set[str]()
    entitled = {member.household for member in members if member.person not in leaves}
    came = {member.household for member in members if member.person in voters}
    return Share(len(entitled), len(came & entitled))


def _copy_entitlement(
    row: ResolutionRow, members: tuple[RollMember, ...], present: set[str], recused: set[str]
) -> None:
    ResolutionName.objects.bulk_create(
        ResolutionName(
            resolution=row,
            person=member.person,
            name=member.name,
            household=member.household,
            present=member.person in present,
            recused=member.person in recused,
        )
        for member in members
    )


def _record(resolution: Resolution, rule: BodyRule, by: Actor, office: str, at: datetime) -> None:
    whole = FieldKind.integer.value
    journal.record(
        act=RESOLVED,
        village=resolution.village,
        subject=f"case:{resolution.case}" if resolution.case else f"village:{resolution.village}",
        actor=by.person,
        office=office,
        occurred_on=resolution.held_on,
        at=at,
        fields=[
            TypedField("body", "会议", FieldKind.text.value, resolution.body_title),
            TypedField("motion", "表决事项", FieldKind.text.value, resolution.motion),
            TypedField("entitled", "应到", whole, str(resolution.entitled)),
            TypedField("present", "实到", whole, str(resolution.present)),
            TypedField("recused", "回避", whole, str(resolution.recused)),
            TypedField("agree", "同意", whole, str(resolution.agree)),
            TypedField("against", "反对", whole, str(resolution.against)),
            TypedField("abstain", "弃权", whole, str(resolution.abstain)),
            TypedField("result", "结果", FieldKind.choice.value, RESULTS[resolution.result]),
            TypedField("sentence", "计票说明", FieldKind.text.value, resolution.sentence),
        ],
        data={
            "number": resolution.number,
            "case": resolution.case,
            "body": resolution.body,
            "body_title": resolution.body_title,
            "result": resolution.result,
            "roll": resolution.roll,
            "recused": resolution.recused,
            "entitled": resolution.entitled,
            "present": resolution.present,
            "agree": resolution.agree,
            "against": resolution.against,
            "abstain": resolution.abstain,
            "needed_present": resolution.needed_present,
            "needed_agree": resolution.needed_agree,
            "to_be_confirmed": rule.to_be_confirmed,
        },
        citation=rule.citation,
    )
