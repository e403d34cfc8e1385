"""What an edition may not say, and what it may not leave unsaid on the day of a case: each refused in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from mingbai.cases import queries, services
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.services import confirm_edition
from mingbai.kernel import BadFile, Refused

POWER = "village-fund-approval"
TWICE = """        value: 5000
        citation:
          law: local-unknown
        confidence: assumed
        checked: 2026-11-22
      - since: 2020-01-01
        value: 8000
"""


def enact(world, **files: str) -> int:
    """The latest edition with other files, from tomorrow on."""
    held = {**catalogue.latest().files, **{name.replace("__", "."): text for name, text in files.items()}}
    tomorrow = date.fromordinal(world.day.toordinal() + 1)
    number = confirm_edition(files=held, since=tomorrow, by_person="", office="", at=world.at).number
    world.wait(1)
    return number


def test_two_figures_for_one_day_are_refused(world) -> None:
    text = catalogue.latest().files["parameters.yaml"]
    with pytest.raises(BadFile, match="不能同日") as caught:
        enact(world, parameters__yaml=text.replace("        value: 5000\n", TWICE, 1))
    assert caught.value.file == "parameters.yaml"
    entry = text[text.index("  - id: approve_dual_max") : text.index("  - id: approve_committee_max")]
    with pytest.raises(BadFile, match="approve_dual_max 写了两遍"):
        enact(world, parameters__yaml=text + entry)
    assert catalogue.latest().number == 1


def test_a_figure_that_nobody_set_decides_nothing(world) -> None:
    text = catalogue.latest().files["parameters.yaml"]
    at = text.index("  - id: approve_dual_max")
    head, body = text[:at], text[at:]
    cut = body.index("    values:")
    enact(world, parameters__yaml=head + body[:cut] + body[body.index("  - id: approve_committee_max") :])
    case = world.open("打印机", power=POWER)
    with pytest.raises(Refused, match="approve_dual_max") as caught:
        world.do(case, "request", amount="800.00")
    assert caught.value.remedy
    assert [step.step for step in queries.case(case).here] == ["request"]


def test_a_year_without_a_calendar_is_not_guessed(world) -> None:
    text = catalogue.latest().files["calendar.yaml"]
    enact(world, calendar__yaml=text[: text.index("  - year: 2027")])
    world.go_to(date(2026, 12, 30))
    with pytest.raises(Refused, match="2027年的放假安排还没有录入") as caught:
        world.open("打印机", power=POWER)
    assert "calendar.yaml" in caught.value.remedy


def test_a_case_is_not_opened_before_there_is_a_list(world) -> None:
    with pytest.raises(Refused, match="还没有生效的权力清单"):
        services.open_case(
            power=POWER, village="340311104201", title="打印机", occurred_on=date(2025, 12, 31),
            by=world.who("village_committee"), at=world.at,
        )  # fmt: skip
