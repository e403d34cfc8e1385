"""A roll set from a village's own file: whole and right, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.journal.numbering import hold
from mingbai.kernel import Refused
from mingbai.meetings import queries
from mingbai.meetings.models import RollStanding, RollVersion
from mingbai.meetings.queries import RollBook, RollEntry
from mingbai.meetings.rules import BodyRule
from mingbai.meetings.rules.roll_rows import NAME, NUMBER, RollRow
from mingbai.meetings.rules.rolls import RowFault, may_keep, read_roll
from mingbai.meetings.services.rolling import LEGAL_TIME, set_roll
from mingbai.organisations import queries as organisations
from mingbai.organisations import services as people
from mingbai.organisations.rules import DEPARTURES, Actor, number_key

SHELL = Actor("", "命令行")


@dataclass(frozen=True)
class RollImport:
    """What a file would change, or has changed: names of who joins, leaves, and of whom something else is said.

    `linked` are registered people without a number who are taken for those of the same name in the file; `seen` is
    the digest of the roll in force, by which a later act knows that it is still the one looked at.
    """

    body: str
    title: str
    since: date
    count: int
    faults: tuple[RowFault, ...] = ()
    warnings: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    stays: int = 0
    seen: str = ""
    before: date | None = None
    new_term: bool = False

    @property
    def ok(self) -> bool:
        """Whether the file has no fault."""
        return not self.faults

    @property
    def changes(self) -> bool:
        """Whether setting it changes anything."""
        return self.ok and bool(self.joins or self.leaves or self.altered or self.new_term)


@dataclass(frozen=True)
class Found:
    """The rows of a file with the people they mean: known ones by number, and those registered without one."""

    rows: tuple[RollRow, ...]
    known: Mapping[str, str]
    linked: Mapping[str, str]

    def person(self, row: RollRow) -> str | None:
        """The id of a row's person; None when he is new."""
        return self.known.get(number_key(row.number)) or self.linked.get(row.number)


def import_roll(
    *, village: str, body: str, content: bytes, since: date, by: Actor, at: datetime, dry_run: bool,
    term_from: date | None = None, seen: str = "",
) -> RollImport:  # fmt: skip
    """Set the roll of a body from a file, .xlsx or CSV; with `dry_run` only say what that would change.

    A file with faults changes nothing, and neither does one that says what is in force already. People not known by
    the village's number are registered. `term_from` is the day of the election when a new term begins; `seen` the
    digest of the roll that the person looked at.

    Raises:
        Refused: no such body or village, no right to set its roll, another roll meanwhile or for a later day, or
            what `set_roll` refuses.
    """
    rule = rule_to_keep(village, body, since, by, at)
    return _import(village, rule, content, since, by, at, dry_run, term_from, seen)


def preview_roll(*, village: str, body: str, content: bytes, since: date, at: datetime) -> RollImport:
    """What a file would change, for whoever holds the data directory; nothing is kept.

    Raises:
        Refused: as `import_roll`, but for the right.
    """
    rule = _rule(body, since, at)
    return _import(village, rule, content, since, SHELL, at, dry_run=True, term_from=None, seen="")


def _rule(body: str, since: date, at: datetime) -> BodyRule:
    edition = catalogue.current(at.astimezone(LEGAL_TIME).date())
    return queries.body_rule(edition, body, since)


def rule_to_keep(village: str, body: str, since: date, by: Actor, at: datetime) -> BodyRule:
    """The rule of a body on a day. Raises `Refused` for who may not set its roll."""
    rule = _rule(body, since, at)
    if not may_keep(by, rule, village, at.astimezone(LEGAL_TIME).date()):
        offices = [organisations.office_title(one) for one in (*rule.offices, *rule.recorded_by)]
        raise Refused(
            f"您不能登记{rule.title}的名册",
            basis=rule.citation,
            remedy="由" + "、".join([*offices, "镇（街道）"]) + "登记",
        )
    return rule


def _import(
    village: str, rule: BodyRule, content: bytes, since: date, by: Actor, at: datetime, dry_run: bool,
    term_from: date | None, seen: str,
) -> RollImport:  # fmt: skip
    organisations.division(village)
    # A large file is read for seconds: before the transaction, so that nobody waits for its locks.
    checked = read_roll(content, rule, since, organisations.by_number(village))
    report = RollImport(rule.id, rule.title, since, checked.count, checked.faults, checked.warnings)
    if not report.ok:
        return report
    with transaction.atomic():
        report = _compare_and_set(village, rule, checked.rows, report, by, at, term_from, seen)
        if dry_run:
            # A trial does all that the act does, and is undone: what the act refuses, the trial has refused.
            transaction.set_rollback(True)
    return report


def _compare_and_set(
    village: str, rule: BodyRule, rows: tuple[RollRow, ...], report: RollImport, by: Actor, at: datetime,
    term_from: date | None, seen: str,
) -> RollImport:  # fmt: skip
    hold(f"roll/{village}/{rule.id}")
    found, faults = find_people(village, rule, rows, report.since)
    if faults:
        return replace(report, faults=faults)
    before = queries.roll_book(village, rule.id, report.since)
    report = _compared(report, found, before, term_from)
    if report.changes:
        _refuse_stale(village, rule, report.since, before, seen)
        _set(village, rule, found, report.since, by, at, term_from)
    return report


def find_people(
    village: str, rule: BodyRule, rows: tuple[RollRow, ...], on: date
) -> tuple[Found, tuple[RowFault, ...]]:
    """Whom rows mean, and which rows cannot mean whom they name: another's number, one who has gone.

    The village's numbers stay locked until the transaction ends: who is new now is new when the roll is set.
    """
    people.hold_numbers(village)
    known = organisations.by_number(village)
    linked = _linked(village, [one for one in rows if number_key(one.number) not in known])
    found = Found(rows, {key: one.id for key, one in known.items()}, linked)
    gone = organisations.departed([one for row in rows if (one := found.person(row))], on)
    faults: list[RowFault] = []
    for row in rows:
        other = known.get(number_key(row.number))
        if other is not None and other.name != row.name:
            said = f"“{row.number}”已经是{other.name}的编号：核对编号；一个编号不能换人"
            faults.append(RowFault(row.row, NUMBER, said))
        left = gone.get(found.person(row) or "")
        if left is not None and left.kind in rule.left_by:
            said = f"{row.name}已经登记{left.on.isoformat()}{DEPARTURES[left.kind]}：从表里删去；登记错的先登记回来"
            faults.append(RowFault(row.row, NAME, said))
    return found, tuple(faults)


def _linked(village: str, rows: Sequence[RollRow]) -> dict[str, str]:
    """Registered people without a number, taken for the only ones of that name in the file, by the file's number."""
    registered = organisations.unnumbered(village)
    times = Counter(one.name for one in rows)
    return {
        one.number: registered[one.name][0]
        for one in rows
        if len(registered.get(one.name, ())) == 1 and times[one.name] == 1
    }


def _compared(report: RollImport, found: Found, before: RollBook, term_from: date | None) -> RollImport:
    here = {one.person: one for one in before.entries}
    pairs = [(row, here.get(found.person(row) or "")) for row in found.rows]
    stay = {was.person for _row, was in pairs if was is not None}
    return replace(
        report,
        joins=tuple(row.name for row, was in pairs if was is None),
        leaves=tuple(one.name for one in before.entries if one.person not in stay),
        altered=tuple(row.name for row, was in pairs if was is not None and was.said != _said(row)),
        linked=tuple(row.name for row in found.rows if row.number in found.linked),
        stays=len(stay),
        seen=before.digest,
        before=before.since,
        new_term=term_from is not None and term_from != before.term_from,
    )


def _said(row: RollRow) -> tuple[str, str, str]:
    return row.household, row.group, row.standing


def _refuse_stale(village: str, rule: BodyRule, since: date, before: RollBook, seen: str) -> None:
    if seen and seen != before.digest:
        raise Refused("名册刚才被别人改过，没有登记", remedy="照下面新的对比再核对一遍")
    refuse_later_roll(village, rule, since)


def refuse_later_roll(village: str, rule: BodyRule, since: date) -> None:
    """Refuse a roll that another, already set for a later day, would put out of force."""
    later = queries.later_roll(village, rule.id, since)
    if later is not None:
        raise Refused(
            f"{rule.title}已经有{later.isoformat()}起的名册", remedy=f"生效日期写{later.isoformat()}或者以后"
        )


def _set(
    village: str, rule: BodyRule, found: Found, since: date, by: Actor, at: datetime, term_from: date | None
) -> None:
    new = {row.number: row.name for row in found.rows if found.person(row) is None}
    added = people.add_people(village=village, names=new, by=by, at=at) if new else {}
    if found.linked:
        people.give_numbers(village=village, numbers=found.linked, by=by, at=at)
    entries = [
        RollEntry(found.person(row) or added[row.number], row.name, *_said(row), row.number)
        for row in found.rows
    ]
    keep_entries(village, rule.id, entries, since, by, at, term_from)


def keep_entries(
    village: str, body: str, entries: Iterable[RollEntry], since: date, by: Actor, at: datetime,
    term_from: date | None = None,
) -> None:  # fmt: skip
    """Set a roll with what is said of its members. Raises `Refused` as `set_roll` does."""
    members = tuple(entries)
    households = {one.person: one.household for one in members}
    set_roll(
        village=village, body=body, persons=[one.person for one in members], since=since, by=by, at=at,
        households=households, term_from=term_from,
    )  # fmt: skip
    version = RollVersion.objects.filter(village=village, body=body, since=since).latest("id")
    RollStanding.objects.bulk_create(
        RollStanding(roll=version, person=one.person, group=one.group, standing=one.standing)
        for one in members
        if one.group or one.standing
    )
