"""Whole years of age on a day, the day of a birthday, and whether an age is within a scheme's range."""

from __future__ import annotations

from calendar import isleap
from datetime import date

from mingbai.kernel import Citation
from mingbai.relief.rules.schemes import AgeRange, Scheme


def age_on(birth: date, on: date) -> int:
    """Whole years (周岁), full on the birthday itself, as on the rolls; born on 29 February: on 1 March of other years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def birthday(birth: date, age: int) -> date:
    """The first day on which the person is that many whole years old."""
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return birth.replace(year=year)


def ages_on(scheme: Scheme, on: date) -> AgeRange | None:
    """The age range of a scheme in force on a day; None when there is none."""
    dated = [one for one in scheme.ages if one.since <= on]
    return max(dated, key=lambda one: one.since, default=None)


def out_of_range(scheme: Scheme, birth: date, on: date) -> tuple[str, Citation] | None:
    """Why a person's age does not allow a scheme on a day, with the article; None when it does."""
    limits, age = ages_on(scheme, on), age_on(birth, on)
    if limits is None:
        return None
    if limits.at_least is not None and age < limits.at_least:
        return f"{age}周岁，没有满{limits.at_least}周岁，不能领{scheme.title}", limits.citation()
    if limits.below is not None and age >= limits.below:
        return f"{age}周岁，已经满{limits.below}周岁，不能领{scheme.title}", limits.citation()
    return None
