"""What a village owes to publish: from its publications alone, drawn, listed, told by the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from mingbai.config import cli, clock
from mingbai.disclosure import queries as disclosure
from mingbai.disclosure.rules.due_facts import Shown
from mingbai.disclosure.rules.due_visits import Places, visits
from mingbai.kernel import Refused


def today() -> date:
    return clock.legal_day(clock.now())


def test_a_duty_is_met_late_or_missing_by_what_was_published_until_that_day(village) -> None:
    now = disclosure.due(village.code, today())
    states = {one.state.value for one in now}
    assert "published" in states and all(one.citation.law for one in now)
    paid = [one for one in now if one.duty == "five-result" and one.case == village.paid]
    # The world publishes everything at its end: what happened long before was published late.
    assert [one.state.value for one in paid] == ["late"] and paid[0].publication and paid[0].late_days > 0
    # In half a year the quarter's accounts are due and nobody has closed a month.
    later = disclosure.due(village.code, today() + timedelta(days=120))
    gaps = {one.duty for one in later if one.state.value == "missing"}
    assert "accounts-quarter" in gaps and "assistance" in gaps
    with pytest.raises(Refused, match="还没有生效的权力清单"):
        disclosure.due(village.code, date(2020, 1, 1))


def test_a_notice_that_hangs_is_met_and_its_end_is_still_to_come(village) -> None:
    mine = [one for one in disclosure.due(village.code, today()) if one.case == village.hanging]
    posted = [one for one in mine if one.duty == "notice-before"]
    kept = [one for one in mine if one.duty == "notice-kept"]
    assert [one.state.value for one in posted] == ["published"]
    assert [one.state.value for one in kept if one.since >= today()] == ["waiting"]
    assert posted[0].title == "工程、采购成交公示" and posted[0].citation.law == "bidding-reg"


def test_the_page_draws_a_year_and_names_what_is_missing(village, read, count_queries, settings) -> None:
    address = f"/v/{village.code}/due/"
    html = read(address)
    assert count_queries(address) <= 12
    assert 'class="due-grid"' in html and html.count("<thead>") == 1 and "没有。到了日子没有公开的" in html
    settings.MINGBAI_CLOCK_OFFSET += 120 * 24 * 3600
    html = read(address)
    assert 'class="missing"' in html and "村民委员会最晚" in html and "待确认" in html and "每季收支" in html
    assert f'href="{address}"' in read(f"/v/{village.code}/")


def test_the_command_says_it_in_words_and_in_json(village, capsys, monkeypatch) -> None:
    monkeypatch.setattr("mingbai.config.serving.open_data", lambda folder: None)
    later = (today() + timedelta(days=120)).isoformat()
    assert cli.main(["due", "--village", village.code, "--on", later, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["missing"] == sum(1 for one in told["duties"] if one["state"] == "missing") > 0
    assert {"key", "owner", "due", "basis", "late_days", "unsure"} <= set(told["duties"][0])
    assert cli.main(["due", "--on", later]) == 0
    said = capsys.readouterr().out
    assert "应公开而未公开" in said and "缺：每季收支" in said and "村民委员会" in said
    assert cli.main(["due", "--village", village.code, "--on", "明天"]) != 0
    assert "写成 2026-11-23 这样" in "".join(capsys.readouterr())


def test_a_village_that_publishes_nothing_owes_nothing_here(village, read) -> None:
    other = next(code for code in ("340311100200", "340311101200") if code != village.code)
    assert disclosure.due(other, today()) == () and "还没有开始公开" in read(f"/v/{other}/due/")


@pytest.mark.once
def test_a_visit_ends_when_the_step_waits_no_longer_and_begins_again() -> None:
    places = Places({("small-works", "decide"): "four-deliberations"})
    step = "decide__announce"
    waits = {"procedure": "small-works", "next": [{"step": step, "kind": "after"}], "here": [step]}
    gone = {"procedure": "small-works", "next": [], "here": ["request"]}
    days = [date(2026, 9, n) for n in range(1, 8)]

    def act(n: int, kind: str, **more: object) -> tuple[Shown, dict[str, object]]:
        return Shown(kind, f"v-{n}", days[n], days[n], "修路", case="c"), {"step": step, **more}

    found = visits(
        [
            act(0, "case.step_completed", **waits),
            act(1, "case.notice_started", notice={"until": "2026-09-20"}, **waits),
            act(2, "case.notice_interrupted", **waits),
            act(3, "case.notice_rehung", **waits),
            act(4, "case.step_returned", **gone),
            act(5, "case.step_completed", **waits),
        ],
        places,
    )
    first, second = found
    assert first.place == "four-deliberations.announce" and (first.asked, first.posted) == (days[0], days[1])
    assert (first.until, first.down, first.up, first.done) == (date(2026, 9, 20), days[2], days[3], days[4])
    assert (second.number, second.asked, second.posted, second.done) == (2, days[5], None, None)
