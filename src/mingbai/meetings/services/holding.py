"""The act of holding a meeting whose figures are entered afterwards, from its sign-in sheet and count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition
from mingbai.journal.numbering import hold
from mingbai.kernel import Refused
from mingbai.meetings import queries
from mingbai.meetings.events import Resolution
from mingbai.meetings.rules import BodyRule, Votes, check_notice
from mingbai.meetings.rules.entries import Came, Method, read_entry
from mingbai.meetings.rules.floor import Floor, Item, Seat, Stage
from mingbai.meetings.services.calling import read_motion
from mingbai.meetings.services.deciding import matter_of_case, passing_for
from mingbai.meetings.services.freezing import Signing, freeze
from mingbai.meetings.services.kinship import kin_seats
from mingbai.meetings.services.rolling import LEGAL_TIME, check_names
from mingbai.organisations import queries as organisations
from mingbai.organisations.rules import Actor

_ASIDE = "declared"
_COUNTS = ("agree", "against", "abstain", "spoilt", "not_cast")


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
    votes: Votes,
    by: Actor,
    office: str,
    at: datetime,
    step: str = "",
    matter: str = "",
    method: Method | None = None,
    interested: Collection[str] = (),
    edition: Edition | None = None,
    notified_on: date | None = None,
    urgent_reason: str = "",
) -> Resolution:
    """Decide one motion by the roll and the rule of the day, and freeze the outcome under the next number.

    `edition` is the edition the case runs on (default: the one in force on `held_on`). The voters are
    `present` minus `recused`. `interested` are names or ids of whoever the matter is about: they and their
    declared kin must be among the recused.

    Raises:
        Refused: a matter the body may not decide, a meeting in the future, no roll, a term run out, a stranger among
            those present, a name twice, kin who did not stand aside, votes that do not add up, or too short a notice.
    """
    if held_on > at.astimezone(LEGAL_TIME).date():
        raise Refused("会议日期在今天之后", remedy="请在会议召开之后再登记结果")
    edition = edition or catalogue.current(held_on)
    rule = queries.body_rule(edition, body, held_on)
    check_notice(rule, notified_on=notified_on, held_on=held_on, urgent_reason=urgent_reason)
    # The roll is locked with the number: a roll set meanwhile cannot slip under a vote being counted.
    hold(f"roll/{village}/{body}")
    seats = queries.seats(village, rule, held_on)
    _check_people(rule, seats, present, recused)
    _refuse_kin(rule, seats, interested, recused)
    floor = Floor(
        rule, held_on, "", "", notified_on, seats, [], urgent_reason=urgent_reason.strip(),
        came=dict.fromkeys(present, Came(people=tuple(present))) if present else {},
    )  # fmt: skip
    matter = matter or matter_of_case(edition, body, village, case, held_on)
    passing = passing_for(edition, rule, village, matter, held_on, case)
    motion_item = Item(1, read_motion(motion), case, step, matter, passing)
    item = _item(floor, motion_item, recused, votes, method)
    return freeze(floor, item, Signing(village, "", edition.number, by, office, at))


def _item(floor: Floor, item: Item, recused: Sequence[str], votes: Votes, method: Method | None) -> Item:
    """The item as its vote closed; how it was taken is 无记名 where the rule asks for that, 举手 unless said."""
    way = method or (Method.secret if floor.rule.secret else Method.hands)
    item.recused = dict.fromkeys(recused, _ASIDE)
    item.voters, item.stage = floor.voters(item), Stage.voting
    if votes.total:
        counts = {name: getattr(votes, name) for name in _COUNTS}
        item.counts[way] = read_entry({"kind": "counted", "item": 1, "method": way, **counts})
    return item


def _check_people(
    rule: BodyRule, seats: dict[str, Seat], present: Sequence[str], recused: Sequence[str]
) -> None:
    for label, persons in (("到会人员", present), ("回避人员", recused)):
        check_names(persons, label)
        strangers = [person for person in persons if person not in seats]
        if strangers:
            names = "、".join(one.name for one in organisations.people(strangers)) or "没有登记的人"
            raise Refused(
                f"{label}中有{len(strangers)}人不在{rule.title}名册上：{names}",
                basis=rule.citation,
                remedy="列席人员不计入到会和表决，请只填名册上的人",
            )


def _refuse_kin(
    rule: BodyRule, seats: dict[str, Seat], interested: Collection[str], recused: Sequence[str]
) -> None:
    for person, why in kin_seats(seats, interested).items():
        if person not in recused:
            raise Refused(
                f"{seats[person].name}{why}，应当回避，不能计入表决",
                basis=rule.citation,
                remedy="在名册上勾选回避，按回避以后的人数重新计票",
            )
