"""The act of writing down what happens at a meeting: a batch of entries, each taken once, refused alone.

The tablet keeps what it could not send and sends it later, perhaps twice and perhaps after another tablet; a key of
the sender's own makes the second time nothing, and an entry that may not be taken does not take others with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.journal import services as journal
from mingbai.journal.events import TypedField
from mingbai.journal.numbering import hold
from mingbai.kernel import FieldKind, Refused
from mingbai.meetings import queries
from mingbai.meetings.events import CANCELLED, ENDED, MOVED, Noted, Resolution
from mingbai.meetings.queries import Meeting
from mingbai.meetings.rules import BodyRule, entries
from mingbai.meetings.rules.entries import Method, Way, read_entry
from mingbai.meetings.rules.taking import take, take_tally
from mingbai.meetings.services import balloting
from mingbai.meetings.services.deciding import passing_for
from mingbai.meetings.services.freezing import Signing, freeze
from mingbai.meetings.services.rolling import LEGAL_TIME
from mingbai.meetings.services.writing import OWN_KEYS, keep, writing_office
from mingbai.organisations.rules import Actor

LONGEST_KEY = 64
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Sent:
    """One entry as a form or a tablet sends it; `key` is its own and never used twice."""

    key: str
    data: Mapping[str, Any]


def note(*, meeting: str, sent: Sequence[Sent], by: Actor, at: datetime) -> tuple[Noted, ...]:
    """Take in entries in their order; what each came to.

    A vote closed here freezes its resolution in the same transaction. An entry sent before is nothing new.

    Raises:
        Refused: no such meeting, an office that may not write there, or too many at once; then nothing is taken.
    """
    if len(sent) > MOST_AT_ONCE:
        raise Refused(f"一次最多登记{MOST_AT_ONCE}条", remedy="分几次发")
    with transaction.atomic():
        hold(f"meeting/{meeting}")
        now = queries.meeting(meeting)
        desk = _Desk(now, by, writing_office(now, by, at), at, now.last)
        return tuple(desk.take(one) for one in sent)


@dataclass
class _Desk:
    """Writing in one meeting: the meeting as it stands after what was taken so far, by whom, when."""

    meeting: Meeting
    by: Actor
    office: str
    at: datetime
    last: int

    @property
    def today(self) -> date:
        """The legal day."""
        return self.at.astimezone(LEGAL_TIME).date()

    def take(self, one: Sent) -> Noted:
        """One entry; a refusal is handed back, not raised, and leaves everything as it was."""
        if not one.key or len(one.key) > LONGEST_KEY or one.key.startswith(OWN_KEYS):
            return Noted(
                one.key[:LONGEST_KEY], False, refusal=Refused("这一条没有合用的编号", remedy="刷新页面再登记")
            )
        if one.key in self.meeting.keys:
            return Noted(one.key, True, again=True)
        last = self.last
        try:
            with transaction.atomic():
                resolution = self._take(one.key, read_entry(one.data))
        except Refused as refusal:
            self.meeting, self.last = queries.meeting(self.meeting.number), last
            return Noted(one.key, False, refusal=refusal)
        return Noted(one.key, True, resolution=resolution.number if resolution else "")

    def _take(self, key: str, entry: Any) -> Resolution | None:
        floor = self.meeting.floor
        if isinstance(entry, entries.Closed):
            self._count_box(entry.item)
        if isinstance(entry, entries.Moved):
            queries.seats(self.meeting.village, floor.rule, entry.held_on, floor.group)
        take(floor, entry, self.today)
        self._keep(key, entry)
        return self._consequence(entry)

    def _keep(self, key: str, entry: Any) -> None:
        self.last += 1
        keep(self.meeting.number, self.last, key, entry, person=self.by.person, at=self.at)
        self.meeting = replace(self.meeting, last=self.last, keys=self.meeting.keys | {key})

    def _count_box(self, number: int) -> None:
        """What the electronic box holds enters the meeting as a count, before the vote closes."""
        item = self.meeting.floor.item(number)
        if item is None or Method.electronic not in item.methods or Method.electronic in item.counts:
            return
        entry = balloting.close_box(self.meeting.number, number)
        take_tally(self.meeting.floor, entry)
        self._keep(f"box-{number}", entry)

    def _consequence(self, entry: Any) -> Resolution | None:
        floor = self.meeting.floor
        match entry:
            case entries.Opened() if Method.electronic in entry.methods:
                item = floor.item(entry.item)
                assert item is not None
                away = [person for person in item.voters if floor.came[person].way is Way.remote]
                balloting.open_box(self.meeting.number, entry.item, voters=len(away))
            case entries.Closed():
                return self._freeze(entry.item)
            case entries.Moved():
                self._record(MOVED, entry.reason, held_on=entry.held_on.isoformat(), starts_at=entry.starts_at,
                             place=entry.place)  # fmt: skip
            case entries.Cancelled():
                self._record(CANCELLED, entry.reason)
            case entries.Ended():
                self._record_end()
        return None

    def _freeze(self, number: int) -> Resolution:
        item = self.meeting.floor.item(number)
        assert item is not None
        hold(f"roll/{self.meeting.village}/{self.meeting.body}")
        edition = catalogue.edition(self.meeting.edition)
        rule, village, on = self.meeting.floor.rule, self.meeting.village, self.meeting.floor.held_on
        passing_for(edition, rule, village, item.matter, on, item.case)
        signing = Signing(
            self.meeting.village, self.meeting.number, self.meeting.edition, self.by, self.office, self.at
        )
        return freeze(self.meeting.floor, item, signing)

    def _record(self, act: str, reason: str, **data: object) -> None:
        fields = [TypedField("reason", "原因", FieldKind.text.value, reason)]
        self._write(act, fields, {"reason": reason, **data})

    def _record_end(self) -> None:
        floor = self.meeting.floor
        counts = {
            "roll": len(floor.seats), "present": len(floor.came), "approved": len(floor.approved),
            "declined": len(floor.declined), **{str(way): count for way, count in floor.ways().items()},
        }  # fmt: skip
        labels = {
            "roll": "名册",
            "present": "到会",
            "proxy": "委托到会",
            "remote": "远程参加",
            "approved": "核对了记录",
        }
        whole = FieldKind.integer.value
        fields = [TypedField(id, label, whole, str(counts[id])) for id, label in labels.items()]
        self._write(ENDED, fields, counts)

    def _write(self, act: str, fields: Sequence[TypedField], data: Mapping[str, object]) -> None:
        rule: BodyRule = self.meeting.floor.rule
        journal.record(
            act=act,
            village=self.meeting.village,
            subject=f"meeting:{self.meeting.number}",
            actor=self.by.person,
            office=self.office,
            occurred_on=min(self.meeting.floor.held_on, self.today) if act == ENDED else self.today,
            at=self.at,
            fields=list(fields),
            data={
                "meeting": self.meeting.number,
                "body": rule.id,
                "body_title": self.meeting.body_title,
                **data,
            },
            citation=rule.citation,
        )
