"""The follower that comes last: every journal entry is put before the risk rules once."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.disclosure import queries as disclosure
from mingbai.journal import queries as journal
from mingbai.journal import services as cursors
from mingbai.journal.queries import Entry
from mingbai.kernel import WorkingCalendar
from mingbai.supervision.rules import RiskRule, RuleBook, Situation, late_entry, load_rules
from mingbai.supervision.services import legal_day, raise_finding

NAME = "supervision"
FILE = "risk_rules.yaml"
BATCH = 200
LATE_ENTRY = "R59"


def follow(now: datetime) -> int:
    """Put what was recorded since the last pass before the rules; returns how many findings came of it.

    Findings, journal entries and cursor move in one transaction per batch; again finds nothing new.
    """
    raised = 0
    while (step := _batch(now)) is not None:
        raised += step
    return raised


def _batch(now: datetime) -> int | None:
    with transaction.atomic():
        after = cursors.cursor(NAME)
        entries = journal.entries_after(after, limit=BATCH)
        if not entries:
            return None
        edition = catalogue.current(legal_day(now))
        rule = _book(edition.files[FILE]).rule(LATE_ENTRY)
        raised = _examine(entries, rule, catalogue.calendar(edition), now) if rule else 0
        cursors.move_cursor(NAME, entries[-1].seq)
    return raised


def _examine(entries: tuple[Entry, ...], rule: RiskRule, calendar: WorkingCalendar, now: datetime) -> int:
    raised = 0
    at = max(now, _last_recorded())
    for entry in entries:
        found = late_entry(rule, _situation(entry), calendar)
        if found:
            publication = disclosure.id_of_entry(entry.seq) or ""
            raised += bool(raise_finding(rule=rule, found=found, entry=entry, publication=publication, at=at))
    return raised


def _last_recorded() -> datetime:
    """The journal takes no entry older than its last, which may have come in after this pass began."""
    return journal.entries_after(journal.head().seq - 1, limit=1)[0].recorded_at


def _situation(entry: Entry) -> Situation:
    of_case = entry.subject.startswith("case:")
    return Situation(entry.act, entry.occurred_on, legal_day(entry.recorded_at), of_case)


@lru_cache(maxsize=4)
def _book(text: str) -> RuleBook:
    return load_rules(text, FILE)
