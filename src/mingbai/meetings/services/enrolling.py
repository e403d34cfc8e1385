"""One person put on a roll, or taken off it, with the reason: the whole roll is set anew, by the one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from mingbai.evidence.sheets import Sheet
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import FieldKind, Refused
from mingbai.meetings import queries
from mingbai.meetings.events import ROLL_CHANGED
from mingbai.meetings.queries import RollEntry
from mingbai.meetings.rules import BodyRule
from mingbai.meetings.rules.roll_rows import COLUMNS, RollRow
from mingbai.meetings.rules.rolls import check_roll
from mingbai.meetings.services.importing import find_people, keep_entries, refuse_later_roll, rule_to_keep
from mingbai.meetings.services.rolling import LEGAL_TIME
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import DEPARTURES, Actor

LONGEST_REASON = 200


@transaction.atomic
def put_on_roll(
    *, village: str, body: str, cells: Mapping[str, str], since: date, reason: str, by: Actor, at: datetime,
    back: bool = False,
) -> str:  # fmt: skip
    """Put one person on a roll from a day on; `cells` are what a row of a sheet would say, by heading.

    `back`: who is known to have died or left has come back that day, or it had been recorded by mistake. Returns
    the name.

    Raises:
        Refused: no right, no reason, a cell that a sheet's row could not have, or on the roll already.
    """
    rule = rule_to_keep(village, body, since, by, at)
    said = _reason(reason)
    row = _row(village, rule, cells, since)
    before = _before(village, rule, since)
    if back:
        _bring_back(village, row, since, by, at)
    found, faults = find_people(village, rule, (row,), since)
    if faults:
        raise Refused(str(faults[0]), basis=rule.citation)
    person = found.person(row)
    if any(one.person == person for one in before):
        raise Refused(f"{row.name}已经在{rule.title}的名册上", remedy="不用再登记")
    if person is None:
        person = people.add_people(village=village, names={row.number: row.name}, by=by, at=at)[row.number]
    elif found.linked:
        people.give_numbers(village=village, numbers=found.linked, by=by, at=at)
    new = RollEntry(person, row.name, row.household, row.group, row.standing, row.number)
    keep_entries(village, body, [*before, new], since, by, at)
    _record(village, rule, since, "进", said, by, at)
    return row.name


@transaction.atomic
def take_off_roll(
    *, village: str, body: str, person: str, why: str, since: date, reason: str, by: Actor, at: datetime
) -> str:
    """Take one person off a roll from a day on. Returns the name.

    `why` is a departure (`died`, `moved_away`, `left_membership`), recorded as such of the same day unless it is
    known, or `other`: resigned, recalled, not elected again.

    Raises:
        Refused: no right, no reason, nobody of the kind on the roll, the last one on it, or a day to come for one
            who departed.
    """
    rule = rule_to_keep(village, body, since, by, at)
    said = _reason(reason)
    before = _before(village, rule, since)
    leaving = next((one for one in before if one.person == person), None)
    if leaving is None:
        raise Refused(f"{rule.title}的名册上没有这个人", remedy="名册可能刚被别人改过，刷新再看")
    if why != "other" and why not in DEPARTURES:
        raise Refused("没有选为什么离开名册", remedy="选一项")
    if why in DEPARTURES and person not in organisations.departed([person], since):
        people.record_departure(person=person, kind=why, on=since, by=by, at=at)
    keep_entries(village, body, [one for one in before if one is not leaving], since, by, at)
    _record(village, rule, since, "出", said, by, at)
    return leaving.name


def _bring_back(village: str, row: RollRow, since: date, by: Actor, at: datetime) -> None:
    known = organisations.find_by_number(village, row.number)
    if known is not None and known.name == row.name:
        people.record_return(person=known.id, on=since, by=by, at=at)


def _reason(text: str) -> str:
    if not text.strip() or len(text.strip()) > LONGEST_REASON:
        raise Refused(f"没有写理由，或者超过{LONGEST_REASON}个字", remedy="写明凭什么：哪次推选、哪份辞职书")
    return text.strip()


def _row(village: str, rule: BodyRule, cells: Mapping[str, str], since: date) -> RollRow:
    """The row, checked as a sheet of one."""
    given = {title: cells.get(title, "") for title in COLUMNS if cells.get(title, "").strip()}
    sheet = Sheet("", (tuple(given), tuple(given.values())))
    checked = check_roll([sheet], rule, since, organisations.by_number(village))
    if checked.faults:
        told = "；".join(f"“{one.column}”{one.message}" for one in checked.faults)
        raise Refused(told, basis=rule.citation, remedy="改好再登记")
    return checked.rows[0]


def _before(village: str, rule: BodyRule, since: date) -> tuple[RollEntry, ...]:
    hold(f"roll/{village}/{rule.id}")
    refuse_later_roll(village, rule, since)
    return queries.roll_book(village, rule.id, since).entries


def _record(
    village: str, rule: BodyRule, since: date, way: str, reason: str, by: Actor, at: datetime
) -> None:
    today = at.astimezone(LEGAL_TIME).date()
    journal.record(
        act=ROLL_CHANGED,
        village=village,
        subject=f"village:{village}",
        actor=by.person,
        office=next(iter(by.offices_in(village, today)), ""),
        occurred_on=today,
        at=at,
        fields=[
            TypedField("body", "会议", FieldKind.text.value, rule.title),
            TypedField("since", "从哪天起", FieldKind.date.value, since.isoformat()),
            TypedField("way", "进出", FieldKind.choice.value, way),
            # A reason says who and why: it is of the person, and wears that mask.
            TypedField("reason", "理由", FieldKind.person.value, reason),
        ],
        data={"body": rule.id, "since": since.isoformat(), "way": way},
        citation=rule.citation,
    )
