"""Each of the twenty powers told once, in dated acts that a jurist can read: who does what when, what is refused on the
way, how it ends, what the public then reads and what it must never read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from mingbai.cases import queries as cases
from mingbai.disclosure import queries as disclosure
from mingbai.kernel import Refused
from mingbai.organisations import queries as organisations
from mingbai.worker import run_once

# Once: what differs between databases is tested act by act elsewhere; this is about the powers.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]
STORIES = sorted((Path(__file__).parent / "powers").glob("*.yaml"))
PERSONAL = {
    "person": "王秀英", "id_number": "340311195803122547", "household": "两口人，老伴常年吃药", "phone": "13905521234",
    "bank_account": "6217001234567890123", "address": "大柏村三组十二号", "minor": "王小明",
}  # fmt: skip
"""What stands in fields of these kinds; none of it may ever be published."""


class Teller:
    """Plays a story in the village."""

    def __init__(self, world, story: dict) -> None:
        self.world, self.story = world, story
        self.world.go_to(date.fromisoformat(str(story["acts"][0]["day"])))
        self.number = world.open(story.get("title", ""), power=story["power"])
        self.offices = {one.title: one.code for one in organisations.offices()}

    def tell(self) -> None:
        for act in self.story["acts"]:
            self.world.go_to(date.fromisoformat(str(act["day"])))
            if "tries" in act:
                self._refused(act)
            elif "hangs" in act:
                until = self.world.post(self.number, act["hangs"]).until
                assert until == date.fromisoformat(str(act["until"])), act
            else:
                self._done(act)

    def _done(self, act: dict) -> None:
        step = act["step"]
        done = self.world.do(self.number, step, by=self._by(act, step), **self._said(act, step))
        expected = act.get("then", [])
        assert list(done.entered) == ([expected] if isinstance(expected, str) else expected), act

    def _refused(self, act: dict) -> None:
        step = act["tries"]
        with pytest.raises(Refused, match=act["refused"]):
            self.world.do(self.number, step, by=self._by(act, step), **self._said(act, step))

    def _by(self, act: dict, step: str):
        """Somebody of that office: for a refusal its first holder, else one who has a free hand."""
        office = self.offices[act["by"]]
        if "tries" in act and act.get("hand") != "free":
            return self.world.who(office)
        return self.world.fitting(self.number, self.world.node(self.number, step))

    def _said(self, act: dict, step: str) -> dict[str, str]:
        node = self.world.node(self.number, step)
        said = {one.id: PERSONAL[str(one.kind)] for one in node.fields if str(one.kind) in PERSONAL}
        entered = {name: str(value) for name, value in act.get("says", {}).items()}
        return {**said, **entered, **(self._came(node, entered) if node.kind == "meeting" else {})}

    def _came(self, node, entered: dict[str, str]) -> dict[str, str]:
        """Everybody on the roll, or the first so many; told twenty days before."""
        roll = self.world.values_of_votes(node.body)["present"].split(",")
        came = roll[: int(entered.pop("came", len(roll)))]
        return {"present": ",".join(came), "notified_on": (self.world.day - timedelta(days=20)).isoformat()}


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)
def test_a_power_is_exercised_as_told(whole_world, file, settings, tmp_path) -> None:
    settings.MINGBAI_DATA = tmp_path
    story = yaml.safe_load(file.read_text("utf-8"))
    teller = Teller(whole_world, story)
    teller.tell()
    view = cases.case(teller.number)
    assert view.ended == story["ends"]
    run_once(whole_world.at)
    published = disclosure.of_case(teller.number)
    bodies = "".join(one.body.decode() for one in published)
    assert [word for word in PERSONAL.values() if word in bodies] == []
    if story["public"] == "nothing":
        assert published == ()
    else:
        titles = [one.data.get("step_title") for one in published if one.kind == "case.step_completed"]
        assert [title for title in story["public"] if title not in titles] == []


def test_every_power_has_its_story() -> None:
    assert len(STORIES) == 20
