"""Every branch of every chart, taken to its end through the services: right offices, real votes, papers, notices."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import walks
from django.db import transaction

from mingbai.cases import queries as cases
from mingbai.catalogue.queries import current, parameter_values, power, powers, read_district
from mingbai.catalogue.rules import read_folder
from mingbai.kernel import Money
from mingbai.procedures.queries import procedure

# Once: what differs between databases is tested step by step elsewhere; this is about the charts.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
POWERS = [one.id for one in read_folder(read_district(DISTRICT)).powers if one.procedure]


class Player:
    """Plays a planned walk in the village, and gives everything back afterwards."""

    def __init__(self, world, power_id: str) -> None:
        self.world, self.power = world, power_id
        edition = current(world.day)
        self.chart = procedure(edition.number, power(edition, power_id).procedure)
        self.parameters = parameter_values(edition, world.day)

    def play(self, walk: walks.Walk) -> str:
        kept = {**vars(self.world), "person": dict(self.world.person)}
        with transaction.atomic():
            self.world.wait()
            end = self._play(walk)
            transaction.set_rollback(True)
        vars(self.world).update(kept)
        return end

    def _play(self, walk: walks.Walk) -> str:
        number = self.world.open("演练", power=self.power)
        for step, answers in walk.steps:
            waiting = [one.step for one in cases.case(number).here]
            assert step in waiting, f"planned {step}, waiting {waiting}"
            self.world.ready(number, step)
            if step == "warranty":
                self.world.wait(400)  # the works have lasted the twelve months agreed
            self.world.do(number, step, **self._entered(step, walks.as_agreed(walk, step, answers)))
            self.world.wait()
        return str(cases.case(number).ended)

    def _entered(self, step: str, answers) -> dict[str, str]:
        node = self.chart.nodes[step]
        kinds = {one.id: str(one.kind) for one in node.fields}
        entered = {
            name: Money(value).yuan() if kinds.get(name) == "money" else str(value)
            for name, value in answers.items()
            if name != "result" and value != ""
        }
        return {**entered, **self._votes(node, answers)}

    def _votes(self, node, answers) -> dict[str, str]:
        if node.kind != "meeting":
            return {}
        present = self.world.values_of_votes(node.body)["present"].split(",")
        if answers["result"] == "no_quorum":
            present = present[:1]
        agree = 0 if answers["result"] == "not_passed" else len(present)
        return {
            "present": ",".join(present),
            "agree": str(agree),
            "against": str(len(present) - agree),
            "notified_on": (self.world.day - timedelta(days=20)).isoformat(),
        }


@pytest.mark.parametrize("power_id", POWERS)
def test_every_branch_is_taken_to_its_end_through_the_services(whole_world, power_id) -> None:
    player = Player(whole_world, power_id)
    planned = walks.plan(player.chart, player.parameters)
    taken = set().union(*(walk.taken for walk in planned))
    assert taken == walks.branches(player.chart)
    for walk in planned:
        assert player.play(walk) == walk.end, walk


def test_all_twenty_powers_have_a_chart(whole_world) -> None:
    assert len(POWERS) == len(powers(current(whole_world.day))) == 20
