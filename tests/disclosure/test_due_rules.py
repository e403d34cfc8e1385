"""Duties to publish: dated situations that a jurist reads, and that every duty is in exactly one state on any day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mingbai.catalogue.queries import read_district
from mingbai.catalogue.rules import read_folder
from mingbai.disclosure.rules.due import Law, Owed, State, due_on, state_of
from mingbai.disclosure.rules.due_facts import Edition, Facts, Listed, Posting, Shown, Visit
from mingbai.disclosure.rules.due_file import Designated, check_due, load_due
from mingbai.kernel import BadFile, Confidence

pytestmark = pytest.mark.once

DISTRICT = Path(__file__).parents[2] / "districts" / "huaishang"
SITUATIONS = yaml.safe_load((Path(__file__).parent / "due_situations.yaml").read_text("utf-8"))
VILLAGE = "340311104201"
FILES = read_district(DISTRICT)
CATALOGUE = read_folder(FILES)
TABLE = load_due(FILES["due.yaml"])
assert CATALOGUE.publicity
POSTINGS = {
    place: Posting(row.kind, row.title, row.owner[0], row.citation)
    for row in CATALOGUE.publicity.notices
    for place in row.at
}
LAW = Law(TABLE, POSTINGS, CATALOGUE.calendar)


def facts_of(one: dict[str, Any]) -> Facts:
    """The facts of a situation."""
    shown = [
        {"publication": item.pop("id", ""), "on": item.pop("happened"), **item}
        for item in map(dict, one.get("shown", ()))
    ]
    visits = [
        Visit("C", "一件事", step=str(item["place"]).partition(".")[2], number=1, **item)
        for item in one.get("visits", ())
    ]
    return Facts(
        VILLAGE, one.get("began"), tuple(Shown(**item) for item in shown), tuple(visits),
        tuple(Listed(title="名单", **item) for item in one.get("lists", ())),
        tuple(Edition(**item) for item in one.get("editions", ())), one.get("lines", {}),
    )  # fmt: skip


def law_of(one: dict[str, Any]) -> Law:
    """The law of a situation: the district's own, with the village named as a monthly one where it says so."""
    if "designated" not in one:
        return LAW
    named = Designated(
        since=one["designated"], law="local-unknown", confidence=Confidence.assumed, villages=(VILLAGE,)
    )
    return Law(TABLE.model_copy(update={"designated": (named,)}), POSTINGS, CATALOGUE.calendar)


@pytest.mark.parametrize("one", SITUATIONS, ids=[one["name"] for one in SITUATIONS])
def test_a_situation(one: dict[str, Any]) -> None:
    found = {item.key: item for item in due_on(law_of(one), facts_of(one), one["day"], date(2025, 1, 1))}
    for key, state in one["expect"].items():
        assert (found[key].state.value if key in found else "none") == state, key
    for key, days in one.get("late", {}).items():
        assert found[key].late_days == days, key


def test_every_duty_of_the_district_has_a_situation_in_which_it_is_met_and_one_in_which_it_is_not() -> None:
    met, unmet = set(), set()
    for one in SITUATIONS:
        for key, state in one["expect"].items():
            duty = key.partition("/")[0]
            met |= {duty} if state == "published" else set()
            unmet |= {duty} if state in ("late", "missing") else set()
    assert met == unmet == {one.id for one in TABLE.duties}


def test_the_owner_of_a_notice_is_who_the_table_of_notices_says_and_what_is_not_verified_is_unsure() -> None:
    facts = Facts(
        VILLAGE,
        date(2026, 7, 1),
        visits=(Visit("C", "低保", "dibao.publicize", "publicize", 1, date(2026, 9, 7)),),
    )
    (one,) = [item for item in due_on(LAW, facts, date(2026, 9, 20), date(2026, 9, 1)) if item.case]
    assert (one.owner, one.title, one.citation.law) == ("town_government", "低保初审公示", "dibao-measures")
    assert one.unsure  # the days within which it must be posted are written nowhere


def test_a_year_without_holidays_leaves_the_last_day_open_and_accuses_nobody() -> None:
    facts = Facts(VILLAGE, date(2026, 7, 1), shown=())
    found = due_on(LAW, facts, date(2040, 2, 1), date(2039, 10, 1))
    late = [one for one in found if one.key == "accounts-quarter/2039-Q4"]
    assert [(one.due, one.state) for one in late] == [(None, State.waiting)]


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MONTHS = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(lambda day: f"{day:%Y-%m}")
KINDS = sorted(
    {
        act
        for duty in TABLE.duties
        for act in (*duty.trigger.acts, *(duty.done_by.acts if duty.done_by else ()))
    }
)


@st.composite
def some_facts(draw: Any) -> Facts:
    """Any village: publications of any kind, notices that were posted, fell and ended on any days."""
    count = draw(st.integers(0, 12))
    shown = tuple(
        Shown(
            draw(st.sampled_from(KINDS)), f"p{n}", on := draw(DAYS), on + timedelta(draw(st.integers(0, 60))), "题",
            draw(MONTHS), draw(st.sampled_from(["", *(one.id for one in TABLE.duties)])), draw(st.sampled_from(["", "C1", "C2"])),
        )
        for n in range(count)
    )  # fmt: skip
    visits = tuple(
        Visit(
            "C1", "题", draw(st.sampled_from(sorted(POSTINGS))), "s", n, asked := draw(DAYS),
            posted := draw(st.none() | st.integers(0, 30).map(lambda d, a=asked: a + timedelta(d))), "p",
            posted and posted + timedelta(15), draw(st.none() | DAYS), draw(st.none() | DAYS), "p", draw(st.none() | DAYS), "p",
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    months = draw(st.lists(MONTHS, unique=True, max_size=3))
    lists = tuple(Listed(f"dibao/{month}", "名单", draw(DAYS)) for month in months)
    return Facts(VILLAGE, draw(st.none() | DAYS), shown, visits, lists, (Edition(1, draw(DAYS)),), {})


def holds(one: Owed, day: date) -> list[State]:
    """The states that hold of a duty, each by its own definition."""
    in_time = one.published is not None and (one.due is None or one.published <= one.due)
    return [
        state
        for state, true in {
            State.published: in_time,
            State.late: one.published is not None and not in_time,
            State.waiting: one.published is None and (one.due is None or day <= one.due),
            State.missing: one.published is None and one.due is not None and day > one.due,
        }.items()
        if true
    ]


@settings(max_examples=120, deadline=None)
@given(some_facts(), DAYS)
def test_every_duty_is_in_exactly_one_state(facts: Facts, day: date) -> None:
    found = due_on(LAW, facts, day, date(2026, 1, 1))
    assert all(holds(one, day) == [one.state] for one in found)
    assert all(one.published is None or one.published <= day for one in found)
    assert len({one.key for one in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(some_facts(), DAYS, st.integers(1, 200))
def test_what_was_published_stays_published(facts: Facts, day: date, later: int) -> None:
    """Periods, lists and editions only: of acts told together the slowest decides, and a slower one may follow."""
    fixed = {one.id for one in TABLE.duties if one.trigger.kind in ("list", "edition")}
    before = {one.key: one for one in due_on(LAW, facts, day, date(2026, 1, 1)) if one.duty in fixed}
    after = {one.key: one for one in due_on(LAW, facts, day + timedelta(later), date(2026, 1, 1))}
    for key, one in before.items():
        if one.published:
            assert after[key].published == one.published


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_state_is_total(due: date | None, published: date | None, day: date) -> None:
    assert state_of(due, published, day) in State


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: village_committee\n", "owner: nobody\n", "nobody"),
        ("acts: [register.stock_take_closed]", "acts: [register.nothing_done]", "register.nothing_done"),
        ("acts: [meeting.resolved]", "acts: [disclosure.gap_found]", "disclosure.gap_found"),
        ("designated: []", "designated: [{since: 2026-01-01, villages: ['999'], law: vcol, confidence: assumed}]", "999"),
        ("id: accounts-quarter", "id: accounts-month", "写了两遍"),
        ("trigger: {kind: list}", "trigger: {kind: acts}", "acts"),
        ("    hands: [village_committee_director, village_clerk]\n", "", "hands"),
    ],
)  # fmt: skip
def test_a_file_that_promises_what_nothing_can_fulfil_is_refused(old: str, new: str, said: str) -> None:
    text = FILES["due.yaml"].replace(old, new, 1)
    assert text != FILES["due.yaml"]
    acts = dict.fromkeys([*KINDS, "disclosure.gap_found"])
    villages = {VILLAGE}
    with pytest.raises(BadFile, match=said):
        check_due(text, offices=set(CATALOGUE.offices), villages=villages, acts=acts)
