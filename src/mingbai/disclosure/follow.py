"""The follower: from its cursor through the journal; publications and cursor move in one transaction."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db import transaction

from mingbai.catalogue import queries as catalogue
from mingbai.disclosure.rules.profiles import Profiles, load_profiles
from mingbai.disclosure.rules.values import legal_day
from mingbai.disclosure.services import publish_entries
from mingbai.evidence.withdrawing import remove_withdrawn
from mingbai.journal import queries as journal
from mingbai.journal import services as cursors

NAME = "disclosure"
FILE = "disclosure.yaml"
BATCH = 200


def follow(now: datetime) -> int:
    """Publish all that is due by the journal as it stands; returns how many publications were made.

    May be run again at any time, also after a crash: what is published is never published twice.

    Raises:
        Refused: no edition of the list is in force yet, so nothing says what may be published.
    """
    made = 0
    while (step := _batch(now)) is not None:
        made += step
    if made:
        remove_withdrawn()  # what a crash left on disk
    return made


def _batch(now: datetime) -> int | None:
    with transaction.atomic():
        after = cursors.cursor(NAME)
        entries = journal.entries_after(after, limit=BATCH)
        if not entries:
            return None
        edition = catalogue.current(legal_day(now))
        titles = {law: entry.title for law, entry in catalogue.laws(edition).items()}
        made = publish_entries(entries, profiles=_profiles(edition.files[FILE]), titles=titles, now=now)
        cursors.move_cursor(NAME, entries[-1].seq)
    return made


@lru_cache(maxsize=4)
def _profiles(text: str) -> Profiles:
    return load_profiles(text, FILE)
