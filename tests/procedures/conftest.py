"""The district's own charts; `mingbai_test_charts` is the module beside this one, for what tests need to be written."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mingbai.catalogue.rules.law import ParametersFile
from mingbai.kernel import validate
from mingbai.procedures.rules.bodies import body_sentences
from mingbai.procedures.rules.compiler import compile_chart
from mingbai.procedures.rules.drawing import Figure, Sheet
from mingbai.procedures.rules.graph import Procedure
from mingbai.procedures.rules.text import Chart, charts_in

_spec = importlib.util.spec_from_file_location("mingbai_test_charts", Path(__file__).with_name("spoiling.py"))
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module
_spec.loader.exec_module(_module)
DISTRICT, FILES = _module.DISTRICT, _module.FILES


@pytest.fixture(scope="session")
def charts() -> dict[str, Chart]:
    """All charts as written."""
    return charts_in(FILES)


@pytest.fixture(scope="session")
def compiled(charts: dict[str, Chart]) -> Callable[[str], Procedure]:
    """A chart by id, flat."""
    return lambda id: compile_chart(charts[id], charts)


@pytest.fixture(scope="session")
def sheet(charts: dict[str, Chart]) -> Callable[[str], Sheet]:
    """A chart by id as it is drawn."""
    text = (DISTRICT / "parameters.yaml").read_text()
    figures = {}
    for one in validate(ParametersFile, text, "parameters.yaml").parameters:
        value = one.on(date(2026, 11, 1))
        if value is not None:
            figures[one.id] = Figure(one.say(value), value.confidence == "assumed")
    bodies = body_sentences((DISTRICT / "meetings.yaml").read_text(), "meetings.yaml")
    return lambda id: Sheet(compile_chart(charts[id], charts, folded=True), figures, bodies)
