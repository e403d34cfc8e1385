"""A meeting called from a case's step and the browser of whoever runs it, for the tests of the hall."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from mingbai.meetings import queries
from mingbai.organisations.models import User
from mingbai.organisations.rules import Actor

BODY = "party_branch_general"
STEP = "decide__party_propose"
VILLAGE = "340311104201"


def signed_in(actor: Actor | str) -> Client:
    """A browser in which a person is signed in."""
    person = actor if isinstance(actor, str) else actor.person
    browser = Client()
    user, _made = User.objects.get_or_create(username=person[:12], person_id=person)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def words(page: Any) -> str:
    """What a page says."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page.content.decode())))


class Hall:
    """A meeting called from a case's step, and the browser of whoever runs it."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.case = world.open()
        world.forward(self.case, until=STEP)
        self.chair = signed_in(world.who("village_party_secretary"))
        self.number = ""

    def asked(self, **more: Any) -> dict[str, Any]:
        """A call that is as it should be."""
        day = self.world.day.isoformat()
        return {
            "village": VILLAGE, "body": BODY, "steps": f"{self.case}/{STEP}", "held_on": day, "starts_at": "9:00",
            "place": "村部会议室", "notified_on": day, "by": "person", **more,
        }  # fmt: skip

    def call(self, **more: Any) -> Any:
        """Send the form; the meeting's number is kept."""
        page = self.chair.post("/desk/meetings/call/", self.asked(**more))
        if page.status_code == 302:
            self.number = page.headers["Location"].split("/")[-2]
        return page

    @property
    def at(self) -> str:
        return f"/desk/meetings/{self.number}/"

    def enter(self, kind: str, form: str = "f", browser: Client | None = None, **said: Any) -> Any:
        """One plain form."""
        data = {"key": uuid4().hex, "form": form, "kind": kind, **said}
        return (browser or self.chair).post(f"{self.at}enter/", data)

    def everybody(self) -> list[str]:
        """Everyone on the roll signs in."""
        people = self.world.reps
        assert self.enter("came", people=people).status_code == 302
        return people

    @property
    def floor(self) -> Any:
        return queries.meeting(self.number).floor


@pytest.fixture
def hall(world, monkeypatch) -> Hall:
    """A village with a case that waits for its party members' assembly; the site's clock is the village's."""
    from mingbai.config import clock

    monkeypatch.setattr(clock, "now", lambda: world.at)
    return Hall(world)


@pytest.fixture
def called(hall) -> Hall:
    """The same, with the meeting called for today."""
    assert hall.call().status_code == 302
    return hall
