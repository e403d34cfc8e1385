"""How the desk writes dates, places and articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from mingbai.cases import queries as cases
from mingbai.catalogue import queries as catalogue
from mingbai.kernel import Citation
from mingbai.organisations import queries as organisations

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """2026年8月10日, as official papers write it."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def village_name(code: str) -> str:
    """The short name of a division."""
    return organisations.division(code).short


@register.filter
def case_title(number: str) -> str:
    """What a case is about."""
    return cases.case(number).title


@register.filter
def article(citation: Citation) -> str:
    """A citation with the law's title in words."""
    edition = catalogue.latest()
    return citation.text({key: law.title for key, law in catalogue.laws(edition).items()})


@register.filter
def unit(name: str) -> str:
    """A unit of time as people say it: 天, 个工作日."""
    words = {"working_day": _("个工作日"), "calendar_day": _("天"), "month": _("个月"), "year": _("年")}
    return words.get(name, name)


@register.filter
def notice_word(text: str) -> str:
    """公示, 公布 and the proofs of a posting, in the reader's language."""
    words = {
        "公示": _("公示"),
        "公布": _("公布"),
        "公开栏照片": _("公开栏照片"),
        "公开栏照片，纸上的编号核对过": _("公开栏照片，纸上的编号核对过"),
        "网上公布": _("网上公布"),
    }
    return words.get(text, text)


@register.filter
def pairs(options: Iterable[Any]) -> list[tuple[str, str]]:
    """Options of a choice as (value, label)."""
    return [(one.id, one.label) for one in options]


@register.filter
def at(values: Mapping[str, Any], name: str) -> Any:
    """What a mapping has under a name; nothing where it has nothing."""
    return values.get(name, "") if values else ""


@register.filter
def cell(row: Any, day: date) -> dict[int, Any]:
    """The half days of a worker on a day of a grid, by half."""
    return {half: told for (on, half), told in row.cells.items() if on == day.day}


@register.filter
def part(halves: Mapping[int, Any], half: int) -> Any:
    """One half of a day; nothing when the worker was not there."""
    return halves.get(half)
