"""Confirming editions, and asking them by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from mingbai.catalogue import queries, services
from mingbai.journal import queries as journal
from mingbai.kernel import BadFile, Refused

pytestmark = pytest.mark.django_db
DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
AT = datetime(2026, 8, 31, 17, tzinfo=UTC)
FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return dict(queries.read_district(DISTRICT))


def raised(files: dict[str, str]) -> dict[str, str]:
    """The folder with the ceiling for direct purchases at 8,000 from October."""
    old = "    values:\n      - since: 2020-01-01\n        value: 5000\n"
    new = (
        "    values:\n      - since: 2020-01-01\n        value: 5000\n        citation:\n          law: local-unknown\n"
        "        confidence: assumed\n        checked: 2026-11-22\n      - since: 2026-10-01\n        value: 8000\n"
    )
    text = files["parameters.yaml"].replace(old, new, 1)
    assert text != files["parameters.yaml"]
    return {**files, "parameters.yaml": text}


def confirm(files: dict[str, str], since: date = FIRST):
    return services.confirm_edition(
        files=files, since=since, by_person="", office="district_government", at=AT
    )


def test_an_edition_is_in_force_from_its_day_and_the_one_before_stays(files) -> None:
    assert confirm(files).number == 1
    assert confirm(raised(files), SECOND).number == 2
    assert queries.current(date(2026, 9, 30)).number == 1
    assert queries.current(SECOND).number == 2
    assert queries.latest().number == 2
    assert queries.edition(1).files["parameters.yaml"] == files["parameters.yaml"]
    with pytest.raises(Refused, match="还没有生效"):
        queries.current(date(2026, 8, 31))
    with pytest.raises(Refused, match="没有第 3 版"):
        queries.edition(3)


def test_figures_are_asked_with_a_day_and_amounts_are_fen(files) -> None:
    confirm(raised(files))
    edition = queries.latest()
    before, after = (queries.parameter_values(edition, day) for day in (date(2026, 9, 30), SECOND))
    assert (before["procurement_direct_max"], after["procurement_direct_max"]) == (500_000, 800_000)
    assert before["award_publicity_days"] == 3
    assert "dibao_standard_monthly" not in before


def test_an_edition_is_recorded_in_the_journal(files) -> None:
    confirmed = confirm(files)
    entry = journal.entries_of("district:340311")[-1]
    assert (entry.seq, entry.act, entry.occurred_on) == (confirmed.entry, "edition.confirmed", FIRST)
    assert entry.data["digest"] == confirmed.digest
    assert entry.data["powers"] == 20


def test_asking_twice_costs_one_small_query(files, django_assert_num_queries) -> None:
    confirm(files)
    queries.powers(queries.current(FIRST))
    with django_assert_num_queries(1):
        edition = queries.current(FIRST)
        assert queries.power(edition, "dibao").number == 12
        queries.laws(edition), queries.calendar(edition), queries.parameter_values(edition, FIRST)
        assert queries.district(edition).code == "340311"
    with pytest.raises(Refused, match="清单外"):
        queries.power(edition, "anything-else")


def test_a_bad_folder_keeps_nothing(files) -> None:
    with pytest.raises(BadFile):
        confirm({**files, "laws.yaml": "laws: []"})
    assert journal.head().seq == 0
    with pytest.raises(Refused):
        queries.latest()


def test_an_edition_cannot_start_before_the_last_nor_repeat_it(files) -> None:
    confirm(files, SECOND)
    with pytest.raises(Refused, match="不能更早"):
        confirm(raised(files), FIRST)
    with pytest.raises(Refused, match="一字不差"):
        confirm(files, SECOND)


@pytest.mark.parametrize(
    "sql", ["UPDATE catalogue_editionrow SET digest = 'x'", "DELETE FROM catalogue_editionrow"]
)
def test_the_database_refuses_to_change_an_edition(files, sql: str) -> None:
    confirm(files)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def edited(files: dict[str, str], name: str, old: str, new: str) -> dict[str, str]:
    text = files[name].replace(old, new, 1)
    assert text != files[name]
    return {**files, name: text}


def test_a_power_stands_as_it_is_since_the_edition_that_last_changed_text_chart_or_figure(files) -> None:
    power = "procurement-small-works"
    confirm(files)
    second = edited(files, "powers/12-dibao.yaml", "name: ", "name: 新")
    confirm(second, SECOND)
    assert queries.stands_since(queries.edition(2), power) == 1
    assert queries.stands_since(queries.edition(2), "dibao") == 2
    third = raised(second)
    confirm(third, date(2026, 11, 1))
    assert queries.power_changed_in(range(1, 4), power) == (3, 1)
    fourth = edited(third, "procedures/small-works.yaml", "title: ", "title: 新")
    confirm(fourth, date(2026, 12, 1))
    assert queries.power_changed_in([2, 3, 4], power) == (4, 3)
    assert queries.stands_since(queries.edition(3), "dibao") == 2


def test_what_is_to_come_is_announced_and_read_together(files, django_assert_max_num_queries) -> None:
    confirm(files)
    confirm(edited(files, "powers/12-dibao.yaml", "name: ", "name: 新"), SECOND)
    assert [one.number for one in queries.coming(FIRST)] == [2]
    assert queries.coming(SECOND) == ()
    with django_assert_max_num_queries(4):
        found = queries.changes_of([1, 2, 3])
        assert [one.number for one in queries.editions()] == [2, 1]
    assert found[1] == () and any("新" in one.after for one in found[2]) and set(found) == {1, 2}
