"""A members' assembly with some who vote from afar, for the tests of ballots and of their pages."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from mingbai.meetings import queries, services
from mingbai.meetings.services import Motion, Plan, Sent
from mingbai.organisations.rules import Actor, Mandate

VILLAGE = "340311104201"
DAY = date(2026, 10, 9)
THEN = datetime(2026, 10, 9, 1, 30, tzinfo=UTC)
CHAIR = Actor("c" * 32, "王理事长", (Mandate("rce_chair", VILLAGE, date(2026, 1, 1), None),))
STRANGER = Actor("d" * 32, "外人", (Mandate("village_clerk", "340311104202", date(2026, 1, 1), None),))


def prepare() -> Any:
    """The village of tests/meetings, for tests elsewhere."""
    name = "mingbai_test_hall"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("conftest.py"))
        assert spec and spec.loader
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name].prepare()


class Away:
    """A members' assembly with some in the hall and some who vote from afar, on one motion."""

    def __init__(self, hall: Any, here: int = 4, away: int = 12) -> None:
        self.people = hall.add(here + away)
        self.here, self.away = self.people[:here], self.people[here:]
        hall.roll("rce_members", self.people)
        plan = Plan(DAY, "09:00", "村部会议室", date(2026, 9, 20))
        motions = [Motion("用二十万元集体资金入股粮食烘干厂", matter="investment")]
        called = services.call_meeting(
            village=VILLAGE, body="rce_members", plan=plan, motions=motions, by=CHAIR, at=hall.at
        )
        self.number, self.keys = called.number, 0

    def note(self, kind: str, **data: Any) -> Any:
        """Write down one thing; a refusal is raised."""
        self.keys += 1
        sent = [Sent(f"k{self.keys}", {"kind": kind, **data})]
        done = services.note(meeting=self.number, sent=sent, by=CHAIR, at=THEN)[0]
        if done.refusal:
            raise done.refusal
        return done

    def open(self, first: int = 0) -> Away:
        """Everybody is here in his way, the `first` of them since before; the vote begins, by hands and by ballot."""
        self.note("came", people=self.here[first:])
        self.note("came", people=self.away, way="remote")
        self.note("opened", item=1, methods=["hands", "electronic"])
        return self

    def name(self, person: str) -> str:
        """What a member is called."""
        return queries.meeting(self.number).floor.seats[person].name

    def codes(self, **more: Any) -> tuple[str, ...]:
        """Make the codes."""
        return services.make_codes(meeting=self.number, item=1, by=CHAIR, at=THEN, **more)

    def close(self) -> Any:
        """Those in the hall agreed; the vote ends. The resolution."""
        self.note("counted", item=1, method="hands", agree=len(self.here), against=0, abstain=0)
        return self.resolved(self.note("closed", item=1))

    @staticmethod
    def resolved(closed: Any) -> Any:
        """The resolution that came of closing a vote."""
        return queries.resolution(closed.resolution)
