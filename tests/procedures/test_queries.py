"""Charts of an edition: compiled once, drawn from the same files, and one query at most."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from mingbai_test_charts import DISTRICT

from mingbai.catalogue.queries import current, read_district
from mingbai.catalogue.services import confirm_edition
from mingbai.kernel import Refused
from mingbai.procedures import queries
from mingbai.procedures.rules.drawing import as_list, draw


@pytest.fixture
def edition(db):
    """The district's own folder, confirmed."""
    at = datetime(2026, 2, 20, 2, 0, tzinfo=UTC)
    confirm_edition(
        files=read_district(DISTRICT), since=date(2026, 3, 1), by_person="0" * 32, office="", at=at
    )
    return current(date(2026, 9, 1)).number


def test_a_chart_of_an_edition_is_compiled_once(edition, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        first = queries.procedure(edition, "small-works")
    assert queries.procedure(edition, "small-works") is first
    assert first.start == "request" and "decide__villager_vote" in first.nodes


def test_the_names_that_others_rely_on_are_there(edition):
    nodes = queries.procedure(edition, "small-works").nodes
    assert {
        "request",
        "quote",
        "award_publicity",
        "contract",
        "accept",
        "pay",
        "publish_result",
        "archive",
    } <= set(nodes)
    kinds = {one.id: str(one.kind) for one in nodes["request"].fields}
    assert kinds == {"project_kind": "choice", "amount": "money", "fund_source": "text", "way": "choice"}
    paid = {one.id: str(one.kind) for one in nodes["pay"].fields}
    assert paid == {"amount": "money", "payee": "firm", "method": "choice"}
    assert nodes["award_publicity"].limit.value == 3 and nodes["publish_result"].limit.value == 15


def test_the_drawing_of_an_edition_carries_its_figures_and_voting_rules(edition):
    sheet = queries.chart(edition, "small-works")
    svg = draw(sheet)
    assert sheet.title in svg and "5,000元以下" in svg and "到会的人过半数同意" in svg
    assert len(as_list(sheet)) > 14


def test_a_power_without_a_chart_is_refused_in_words(edition):
    for asked in (queries.procedure, queries.chart):
        with pytest.raises(Refused, match="还没有能办的流程图"):
            asked(edition, "no-such-chart")
