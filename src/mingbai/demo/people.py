"""Invented people in real villages: who holds which office, who is on which roll."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mingbai.meetings import services as meetings
from mingbai.organisations import services as organisations
from mingbai.organisations.rules import Actor

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = [
    "建国",
    "秀英",
    "德才",
    "桂兰",
    "长河",
    "玉珍",
    "立新",
    "春梅",
    "守田",
    "淑芬",
    "传根",
    "红霞",
    "家旺",
    "爱华",
    "永福",
    "翠莲",
    "明亮",
    "巧云",
    "志远",
    "素琴",
]
MORE_GIVEN = [
    "海涛",
    "雪梅",
    "东升",
    "月娥",
    "学文",
    "彩霞",
    "广才",
    "凤英",
    "庆丰",
    "小燕",
    "正义",
    "兰芝",
    "大勇",
    "冬梅",
    "有田",
    "银环",
    "世昌",
    "金花",
    "怀德",
    "玲玲",
]

ROLL_SIZES = {"liangwei": 7, "party_branch_general": 23, "villager_reps_meeting": 41}
"""Members on the roll of each body that the demo convenes."""
SAME_PEOPLE = {
    "party_branch_admission": ("party_branch_general", 23), "rce_members": ("villager_reps_meeting", 41),
    "rce_reps": ("villager_reps_meeting", 21), "villagers_meeting": ("villager_reps_meeting", 41),
    "land_contract_two_thirds": ("villager_reps_meeting", 41), "appraisal_group": ("villager_reps_meeting", 9),
    "rce_council": ("liangwei", 5),
}  # fmt: skip
"""Bodies made up, in the demo, of people who sit on another one already, and how many of them."""


@dataclass
class Cast:
    """The people of one village and of the town and district above it, by office; and its rolls."""

    village: str
    by_office: dict[str, list[str]] = field(default_factory=dict)
    rolls: dict[str, list[str]] = field(default_factory=dict)


def names(randomness: random.Random) -> Iterator[str]:
    """Invented names, no two alike in one season."""
    pairs = [surname + given for surname in SURNAMES for given in GIVEN + MORE_GIVEN]
    randomness.shuffle(pairs)
    yield from pairs


def division_for(level: str, village: str) -> str:
    """The division in which an office of that level is held for this village."""
    return {"village": village, "town": village[:9], "district": village[:6]}[level]


@dataclass
class Casting:
    """Gives the offices of villages, towns and the district to people, each office once a division."""

    levels: dict[str, str]
    supply: Iterator[str]
    by: Actor
    at: datetime
    since: date
    holders: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def cast(self, village: str, offices: Sequence[str]) -> Cast:
        """Everyone a village's cases need, with their rolls."""
        cast = Cast(village)
        for office in offices:
            cast.by_office[office] = self._fill(office, division_for(self.levels[office], village), village)
        officers = [
            person
            for office in offices
            if self.levels[office] == "village"
            for person in cast.by_office[office]
        ]
        for body, size in ROLL_SIZES.items():
            cast.rolls[body] = self._roll(village, body, size, officers)
        for body, (other, size) in SAME_PEOPLE.items():
            cast.rolls[body] = self._set_roll(village, body, cast.rolls[other][:size])
        return cast

    def _fill(self, office: str, division: str, village: str) -> list[str]:
        key = (office, division)
        if key not in self.holders:
            self.holders[key] = [self._appoint(office, division, village) for _ in range(_seats(office))]
        return self.holders[key]

    def _appoint(self, office: str, division: str, village: str) -> str:
        person = self._person(village)
        organisations.give_mandate(
            person=person,
            office=office,
            division=division,
            since=self.since,
            until=None,
            by=self.by,
            at=self.at,
        )
        return person

    def _person(self, village: str) -> str:
        return organisations.add_person(name=next(self.supply), village=village, by=self.by, at=self.at)

    def _roll(self, village: str, body: str, size: int, officers: Sequence[str]) -> list[str]:
        persons = list(officers[: min(7, size)])
        persons += [self._person(village) for _ in range(size - len(persons))]
        return self._set_roll(village, body, persons)

    def _set_roll(self, village: str, body: str, persons: list[str]) -> list[str]:
        meetings.set_roll(
            village=village, body=body, persons=persons, since=self.since, by=self.by, at=self.at
        )
        return persons


def _seats(office: str) -> int:
    """Committees have three seats here; an office of one person has one."""
    single = ("secretary", "director", "chair", "bookkeeper", "commissioner", "clerk")
    return 1 if any(word in office for word in single) else 3
