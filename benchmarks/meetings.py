"""A hall of villagers signing in one by one, and the vote that closes on them, beside plain rows of the same.

    MINGBAI_DATA=/some/empty/folder [DATABASE_URL=postgresql://…] python benchmarks/meetings.py [SIZE]

Prints milliseconds of a sign-in at the beginning and at the end of a hall of SIZE (1,500), of closing the vote, of reading
the meeting again, and of the peer: one ORM insert of a row (person, meeting) with a unique constraint and nothing else,
in its own transaction, same process, same database. Not a timed test: it passes no judgement.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "cases"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")
BODY = "villagers_meeting"


def main() -> int:
    """Run it and print."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    for line in _run(size):
        print(line)
    return 0


def _run(size: int) -> list[str]:
    from world import BEGAN, LOADER, VILLAGE, World

    from mingbai.meetings import queries
    from mingbai.meetings.services import Motion, Plan, Sent, call_meeting, note, set_roll
    from mingbai.organisations.services import add_person

    world = World()
    now = world.at
    people = [add_person(name=f"村民{n}", village=VILLAGE, by=LOADER, at=now) for n in range(size)]
    set_roll(village=VILLAGE, body=BODY, persons=people, since=BEGAN, by=LOADER, at=world.at)
    held_on = world.day + timedelta(days=12)
    plan = Plan(held_on, "09:30", "小学操场", world.day)
    by = world.who("village_committee_director")
    number = call_meeting(
        village=VILLAGE, body=BODY, plan=plan, motions=[Motion("修路")], by=by, at=world.at
    ).number
    world.go_to(held_on)
    at = world.at

    def say(key: str, **entry: object) -> float:
        start = time.perf_counter()
        (told,) = note(meeting=number, sent=[Sent(key, entry)], by=by, at=at)
        assert told.taken, told.refusal
        return (time.perf_counter() - start) * 1000

    came = [say(f"came-{n}", kind="came", people=[one]) for n, one in enumerate(people)]
    say("open", kind="opened", item=1, methods=["hands"])
    say("count", kind="counted", item=1, method="hands", agree=size, against=0, abstain=0)
    closed = say("close", kind="closed", item=1)
    start = time.perf_counter()
    queries.meeting(number)
    read = (time.perf_counter() - start) * 1000
    peer = _peer(size)
    first, last = statistics.median(came[:50]), statistics.median(came[-50:])
    return [
        f"{size} members sign in one by one: first {first:.1f} ms, last {last:.1f} ms each",
        f"the vote closes and freezes its resolution: {closed:.1f} ms; the meeting is read again: {read:.1f} ms",
        f"peer, one plain row in its own transaction: {peer:.1f} ms; ratio at the end {last / peer:.1f}",
    ]


def _peer(size: int) -> float:
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction

    times = []
    for n in range(min(size, 300)):
        start = time.perf_counter()
        with transaction.atomic():
            ContentType.objects.create(app_label="benchmark", model=f"row{n}")
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
