"""Rules of a case, from situations: numbers, days, periods, places, what may be entered."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mingbai.cases.rules import days, values
from mingbai.kernel import Citation, FieldKind, Refused, WorkingCalendar
from mingbai.procedures.rules.graph import Field, Limit, Node, Option

CALENDAR = WorkingCalendar(
    holidays=frozenset(date(2026, 10, d) for d in range(1, 8)),
    workdays=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
    years=frozenset({2026}),
    provisional=frozenset(),
)
ARTICLE = Citation("vcol", "第35条")


def limit(bound: str, value: int, unit: str) -> Limit:
    return Limit(bound, value, unit, ARTICLE)


def node(**more) -> Node:
    return Node(**{"id": "pay", "kind": "task", "title": "付款", "citation": ARTICLE, **more})


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 9, 1, 15, 59, tzinfo=UTC), date(2026, 9, 1)),
        (datetime(2026, 9, 1, 16, 0, tzinfo=UTC), date(2026, 9, 2)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_legal_day_is_the_day_in_shanghai(instant, day):
    assert days.legal_day(instant) == day


def test_case_number():
    assert days.case_number(5, "340311104201", 2026, 1) == "05-340311104201-2026-001"
    assert days.case_number(12, "340311104201", 2026, 1234) == "12-340311104201-2026-1234"


def test_places_of_a_village_are_itself_its_town_and_its_district():
    assert days.places_of("340311104201") == ("340311104201", "340311104", "340311")


@pytest.mark.parametrize(
    ("what", "since", "last"),
    [
        (
            limit("max", 5, "working_day"),
            date(2026, 9, 28),
            date(2026, 10, 10),
        ),  # a holiday, then a Saturday worked
        (limit("max", 3, "calendar_day"), date(2026, 9, 1), date(2026, 9, 4)),
        (
            limit("max", 3, "calendar_day"),
            date(2026, 9, 30),
            date(2026, 10, 8),
        ),  # ends on a holiday: moves on
        (limit("min", 3, "calendar_day"), date(2026, 9, 1), None),
        (None, date(2026, 9, 1), None),
    ],
)
def test_due_day(what, since, last):
    assert days.due_on(what, CALENDAR, since) == last


def test_a_step_before_its_shortest_time_names_the_first_day():
    early = node(limit=limit("min", 20, "calendar_day"))
    first = days.first_day(early.limit, CALENDAR, date(2026, 9, 1))
    assert first == date(2026, 9, 21)
    with pytest.raises(Refused, match="2026-09-21起才能办") as caught:
        days.refuse_early(early, date(2026, 9, 20), first)
    assert caught.value.basis == ARTICLE
    days.refuse_early(early, date(2026, 9, 21), first)


def test_the_last_day_of_a_notice_belongs_to_it():
    notice = node(kind="publicity", limit=limit("min", 15, "calendar_day"))
    with pytest.raises(Refused, match="2026-09-17起才能办结"):
        days.refuse_cut_short(notice, date(2026, 9, 16), until=date(2026, 9, 16))
    days.refuse_cut_short(notice, date(2026, 9, 17), until=date(2026, 9, 16))


def test_late_entry_satisfies_an_ordinary_step_but_never_a_payment():
    decision = days.Earlier("村民代表会议决议", date(2026, 9, 1), date(2026, 9, 20))
    days.refuse_before(node(), date(2026, 9, 5), [decision], binding=False)
    with pytest.raises(Refused, match="先付后议"):
        days.refuse_before(node(), date(2026, 9, 5), [decision], binding=True)
    days.refuse_before(node(), date(2026, 9, 20), [decision], binding=True)


def test_dates_out_of_order_are_refused():
    decision = days.Earlier("村民代表会议决议", date(2026, 9, 10), date(2026, 9, 10))
    with pytest.raises(Refused, match="先后颠倒"):
        days.refuse_before(node(), date(2026, 9, 9), [decision], binding=False)


def field(kind: str, **more) -> Field:
    return Field("x", "内容", FieldKind(kind), **more)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("money", "36,800.00", 3_680_000),
        ("money", "0.5", 50),
        ("integer", "3", 3),
        ("date", "2026-09-01", "2026-09-01"),
        ("text", " 修渠 ", "修渠"),
        ("firm", "蚌埠市禾丰建筑队", "蚌埠市禾丰建筑队"),
        ("bank_account", "6222020200112233445", "6222020200112233445"),
    ],
)
def test_values_are_read_by_kind(kind, raw, value):
    assert values.read_value(field(kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("money", "-1"),
        ("money", "+5"),
        ("money", "1.005"),
        ("money", "NaN"),
        ("money", "1e3"),
        ("money", "１００"),
        ("integer", "三"),
        ("integer", "-3"),
        ("integer", "3.0"),
        ("date", "2026-02-30"),
        ("date", "昨天"),
        ("choice", "maybe"),
        ("text", "a\x00b"),
        ("text", "长" * 3000),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_label(kind, raw):
    options = (Option("yes", "同意"), Option("no", "不同意")) if kind == "choice" else ()
    with pytest.raises(Refused, match="内容"):
        values.read_value(field(kind, options=options), raw)


def test_a_personal_number_in_free_text_is_refused_saying_where():
    with pytest.raises(Refused, match="第 5 至 22 个字像是身份证号码"):
        values.read_value(field("text"), "经办张三11010519491231002X已核")


def test_illness_is_refused_in_a_text_and_taken_where_no_profile_shows_it():
    with pytest.raises(Refused, match="像是病情"):
        values.read_value(field("text"), "本人患尿毒症")
    assert (
        values.read_value(field("household"), "本人患尿毒症，住演示村三组15号")
        == "本人患尿毒症，住演示村三组15号"
    )
    with pytest.raises(Refused, match="电话"):
        values.read_value(field("household"), "儿子 13800138000")


def test_what_was_not_asked_for_is_not_taken_and_what_is_missing_is_said():
    asked = node(fields=(field("text"),))
    assert values.read_values(asked, {"x": "a", "village": "340311104202"}) == {"x": "a"}
    with pytest.raises(Refused, match="还缺“内容”"):
        values.read_values(asked, {"x": "  "})
