"""Acts in any order, some entered late, some refused: register and public page always say what the acts add up to."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from mingbai.disclosure.follow import follow
from mingbai.disclosure.queries import objects_in
from mingbai.kernel import Money, Refused
from mingbai.registers import services
from mingbai.registers.queries.objects import object_of, objects, totals
from mingbai.registers.rules.objects import NewObject

VILLAGE = "340311104201"


@dataclass
class Model:
    """What was accepted of one object: (day, order, what, figure)."""

    value: int
    acts: list[tuple[date, int, str, object]] = field(default_factory=list)

    def stand(self, on: date | None = None) -> tuple[str, int, int]:
        """State, cost and net on a day, added up in the plainest way."""
        state, value, worn = "in_use", self.value, 0
        for day, _order, what, figure in sorted(self.acts, key=lambda one: one[:2]):
            if on is not None and day > on:
                continue
            if what == "use":
                state = str(figure)
            elif what == "revalue":
                value, worn = int(figure), 0
            else:
                worn += int(figure)
        return state, value, value - worn


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_register_and_public_page_are_the_sum_of_the_acts(world, seed):
    chance, models, refused, days = random.Random(seed), {}, 0, []
    for order in range(60):
        world.wait(chance.randrange(2))
        days.append(world.day)
        told = {"by": world.who("bookkeeper"), "occurred_on": world.day, "at": world.at}
        if not models or chance.random() < 0.15:
            fen = chance.randrange(0, 50_000)
            new = NewObject(
                family="asset", kind="tool", name=f"物{order}", custodian="bookkeeper", management="public",
                photos=(world.paper("照片"),), acquired="bought", acquired_on=world.day, value=Money(fen),
            )  # fmt: skip
            models[services.register_object(village=VILLAGE, new=new, **told).number] = Model(fen)
            continue
        number = chance.choice(sorted(models))
        told |= {"number": number, "occurred_on": world.day - timedelta(days=chance.randrange(4))}
        what, fen = chance.choice(["use", "revalue", "depreciate"]), chance.randrange(0, 20_000)
        state = chance.choice(["in_use", "idle"])
        try:
            if what == "use":
                services.change_use(state=state, **told)
            elif what == "revalue":
                services.revalue(value=Money(fen), basis="评估", **told)
            else:
                services.depreciate(amount=Money(fen), **told)
        except Refused:
            refused += 1
            continue
        models[number].acts.append((told["occurred_on"], order, what, state if what == "use" else fen))
    follow(world.at)
    assert refused and any(len(model.acts) > 3 for model in models.values())
    public = {one.number: one for one in objects_in(VILLAGE, limit=100).items}
    for number, model in models.items():
        state, value, net = model.stand()
        mine, theirs = object_of(number), public[number]
        assert (mine.standing.state, mine.value.fen, mine.net.fen) == (state, value, net)
        assert (theirs.state, theirs.value.fen, theirs.net.fen) == (state, value, net)
        assert all(model.stand(day)[2] >= 0 for day in days), "never worth less than nothing, on any day"
    assert totals(VILLAGE).net.fen == sum(model.stand()[2] for model in models.values())
    on = days[len(days) // 2]
    for one in objects(VILLAGE, on, limit=100).items:
        assert (one.standing.state, one.value.fen, one.net.fen) == models[one.number].stand(on)
