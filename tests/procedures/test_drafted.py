"""A chart in a draft: proved when it can be, drawn whenever it stands, its callers proved along with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from mingbai.catalogue.queries import read_district
from mingbai.procedures.drafted import Folder, Preview, file_of, folder, preview
from mingbai.procedures.rules.rows.editing import add_step
from mingbai.procedures.rules.rows.model import Table, read_table
from mingbai.procedures.rules.rows.sketch import OPEN_TITLE
from mingbai.procedures.rules.rows.text import write_table

pytestmark = pytest.mark.once
FILES = read_district(Path(__file__).parents[2] / "districts" / "huaishang")
DAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def around() -> Folder:
    return folder(FILES)


def read(id: str) -> Table:
    return read_table(FILES[file_of(id)], file_of(id))


def look(around: Folder, table: Table) -> Preview:
    return preview(around, table, write_table(table, FILES[file_of(table.procedure)]), DAY)


def shortened(id: str, step: str) -> Table:
    """The chart with a notice of one day."""
    table = read(id)
    row = table.step(step)
    return table.with_step(row.model_copy(update={"limit": row.limit.model_copy(update={"value": 1})}))


def test_every_chart_of_the_district_is_complete_and_proved(around) -> None:
    for id in around.charts:
        found = look(around, read(id))
        assert found.ok and "<svg" in found.drawing, (id, found.gaps, found.problem, found.failures)


def test_a_new_step_is_drawn_before_it_is_finished(around) -> None:
    table, id = add_step(read("small-works"), "if_three", "看现场", "task")
    found = look(around, table)
    assert found.report is None and not found.problem and not found.ok
    assert {one.part for one in found.gaps if one.step == id} >= {
        "next",
        "lane",
        "offices",
        "limit",
        "papers",
    }
    assert "看现场" in found.drawing and OPEN_TITLE in found.drawing


def test_what_is_unlawful_is_framed_on_the_drawing(around) -> None:
    found = look(around, shortened("dibao", "publicize"))
    assert found.report is not None and found.failures and not found.gaps
    assert found.drawing != preview(around, read("dibao"), FILES[file_of("dibao")], DAY).drawing


def test_what_a_called_chart_does_to_its_callers_is_told(around) -> None:
    found = look(around, shortened("four-deliberations", "publish_decision"))
    assert found.report is not None and len(found.callers) >= 3 and not found.ok
    assert all(failure.nodes and failure.citation for _, failure in found.callers)


def test_a_missing_office_is_said_once(around) -> None:
    table = read("small-works")
    bare = table.with_step(table.step("direct").model_copy(update={"offices": ()}))
    found = look(around, bare)
    assert [one.part for one in found.gaps] == ["offices"]
    assert "complete" not in {one.rule for one in found.failures}


def test_other_files_that_cannot_be_read_do_not_stand_in_the_way() -> None:
    broken = {**FILES, "parameters.yaml": "parameters: [", file_of("dibao"): "procedure: dibao\nnodes: 3\n"}
    found = look(folder(broken), read("small-works"))
    assert found.drawing and any("param." in one.sentence for one in found.gaps)


def test_looking_takes_less_than_a_blink(around) -> None:
    table = read("collective-assets")
    look(around, table)
    begun = perf_counter()
    look(around, table)
    assert perf_counter() - begun < 0.5
