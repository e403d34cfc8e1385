"""Mandates by day, exclusions in both directions, places and offices as files."""

from __future__ import annotations

from datetime import date

import pytest

from mingbai.kernel import BadFile, Citation
from mingbai.organisations.rules import (
    Actor,
    Incompatible,
    Mandate,
    find_conflict,
    may_see,
    pinyin_initials,
    read_divisions,
    read_offices,
)

pytestmark = pytest.mark.once
VILLAGE, TOWN, DISTRICT = "340311104201", "340311104", "340311"
BOTH = Incompatible("watch", "cadre", True, Citation("vcol", "第37条"))
ALONE = Incompatible("watch", "clerk", False, Citation("vcol", "第37条"))


def actor(*mandates: Mandate) -> Actor:
    return Actor("p", "张三", mandates)


@pytest.mark.parametrize(
    ("day", "held"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_an_office_is_held_from_its_first_to_its_last_day(day: str, held: bool) -> None:
    one = actor(Mandate("bookkeeper", VILLAGE, date(2026, 1, 1), date(2026, 6, 30)))
    assert one.holds("bookkeeper", VILLAGE, date.fromisoformat(day)) is held
    assert not one.holds("bookkeeper", TOWN, date.fromisoformat(day))
    assert one.offices_in(VILLAGE, date.fromisoformat(day)) == (("bookkeeper",) if held else ())


@pytest.mark.parametrize(
    ("division", "village", "sees"),
    [
        (VILLAGE, VILLAGE, True),
        (VILLAGE, "340311104202", False),
        (TOWN, VILLAGE, True),
        (TOWN, "340311103212", False),
        (DISTRICT, "340311103212", True),
    ],
)
def test_whoever_is_above_sees_what_is_below(division: str, village: str, sees: bool) -> None:
    one = actor(Mandate("o", division, date(2026, 1, 1)))
    assert may_see(one, village, date(2026, 2, 1)) is sees
    assert not may_see(one, village, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("office", "own", "kin", "found"),
    [
        ("watch", ["cadre"], [], BOTH),
        ("cadre", ["watch"], [], BOTH),
        ("watch", [], ["cadre"], BOTH),
        ("cadre", [], ["watch"], BOTH),
        ("watch", ["clerk"], [], ALONE),
        ("watch", [], ["clerk"], None),
        ("watch", ["other"], ["other"], None),
        ("cadre", ["clerk"], ["cadre"], None),
    ],
)
def test_excluded_offices(office: str, own: list[str], kin: list[str], found: Incompatible | None) -> None:
    conflict = find_conflict([BOTH, ALONE], office, own, kin)
    assert (conflict[0] if conflict else None) == found


def test_initials_know_every_reading() -> None:
    assert " dbc" in pinyin_initials("大柏村")
    assert " mhk" in pinyin_initials("沫河口村")


HEAD = "code,name,short,level,parent,committee,since,until\n"
TOP = HEAD + "34,安徽省,安徽省,province,,,,\n3403,蚌埠市,蚌埠市,city,34,,,\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("code,name\n", 1, "表头"),
        (HEAD, 1, "一个村也没有"),
        (TOP + "3403,又一个,又一个,city,34,,,\n", 4, "写了两遍"),
        (TOP + "34031,淮上区,淮上区,district,3403,,,\n", 4, "不合级别"),
        (TOP + "３４０３１１,淮上区,淮上区,district,3403,,,\n", 4, "不合级别"),
        (TOP + "340311,淮上区,淮上区,district,3404,,,\n", 4, "上级"),
        (TOP + "340311,淮上区,,district,3403,,,\n", 4, "简称"),
        (TOP + "340311,淮上区,淮上区,district,3403,villagers,,\n", 4, "committee"),
        (TOP + "340311,淮上区,淮上区,district,3403,,2026-13-01,\n", 4, "日期"),
        (TOP + "340311,淮上区,淮上区\n", 4, "列数"),
        (TOP + "340311,淮上区,淮上区,district,3403,,,,9\n", 4, "列数"),
    ],
)
def test_a_bad_row_names_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_divisions(text, "divisions.csv")
    assert (caught.value.line, reason in caught.value.reason) == (line, True), caught.value


OFFICE = "  - {id: ID, title: 职, level: village, duty: 办, source: 法, confidence: verified}\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("offices:\n" + OFFICE.replace("ID", "a") * 2, 3, "写了两遍"),
        ("offices:\n" + OFFICE.replace("ID", "a").replace("village", "county"), 2, "level"),
        ("offices:\n" + OFFICE.replace("ID", "a").replace("}", ", dutty: 办}"), 2, "dutty"),
        (
            "offices:\n  - id: a\n    title: 职\n    level: village\n    duty: 办\n    source: 法\n"
            "    confidence: verified\n    incompatible_with:\n      - office: b\n"
            "        citation: {law: vcol, article: 第37条}\n",
            9,
            "不在本文件中",
        ),
    ],
)
def test_a_bad_office_names_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_offices(text, "offices.yaml")
    assert (caught.value.line, reason in str(caught.value)) == (line, True), caught.value
