"""How a sheet in somebody's hand stands today: what it says is compared with what the list says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.utils.translation import gettext as _

from mingbai.boards.sheets import codes, content
from mingbai.boards.sheets.codes import Sheet
from mingbai.catalogue import queries as catalogue
from mingbai.catalogue import wording
from mingbai.kernel import Refused

State = Literal["current", "same", "changed", "gone", "early"]


@dataclass(frozen=True)
class Standing:
    """One sheet today.

    `state`: current; same (a later edition, not a word of this changed); changed; gone (no longer on the list);
    early (not yet in force). `since` is the day of the change, `changed` what it touched, `now` the sheet that
    replaces it.
    """

    sheet: Sheet
    code: str
    name: str
    state: State
    since: date | None = None
    changed: tuple[str, ...] = ()
    now: Sheet | None = None

    @property
    def now_code(self) -> str:
        """The code of the sheet that replaces it."""
        return codes.code_of(self.now) if self.now else ""


def standing(sheet: Sheet, today: date) -> Standing:
    """Whether what the sheet says is what the list says today; if not, since when and what is new.

    Raises:
        Refused: no list is in force today.
    """
    code, name = codes.code_of(sheet), _name(sheet)
    edition = catalogue.current(today)
    now = Sheet(sheet.kind, edition, codes.figures_day(edition, today), sheet.power)
    if max(sheet.day, sheet.edition.since) > today:
        return Standing(sheet, code, name, "early", since=sheet.day)
    if now == sheet:
        return Standing(sheet, code, name, "current", now=now)
    said, after = _said(sheet), _said(now)
    if said == after:
        return Standing(sheet, code, name, "same", now=now)
    since = next(one.day for one in _stages(sheet, today) if _said(one) != said)
    if after is None:
        return Standing(sheet, code, name, "gone", since)
    return Standing(sheet, code, name, "changed", since, tuple(_changed(said or {}, after)), now)


def _name(sheet: Sheet) -> str:
    return catalogue.power(sheet.edition, sheet.power).name if sheet.power else ""


def _stages(sheet: Sheet, today: date) -> Iterator[Sheet]:
    """The sheet as it would have been printed later: at every edition and every new figure up to today, in order."""
    newest = catalogue.current(today).number
    editions = [catalogue.edition(number) for number in range(sheet.edition.number, newest + 1)]
    for place, edition in enumerate(editions):
        until = editions[place + 1].since if place + 1 < len(editions) else date.max
        for day in codes.figure_days(edition):
            if sheet.day <= day <= today and day < until:
                yield Sheet(sheet.kind, edition, day, sheet.power)


@lru_cache(maxsize=1024)
def _said(sheet: Sheet) -> Mapping[str, Any] | None:
    """What a sheet says, part by part under its title; None where the list lacks the power."""
    if not sheet.power:
        return _book(sheet)
    try:
        power = catalogue.power(sheet.edition, sheet.power)
    except Refused:
        return None
    return _parts(content.power_content(sheet.edition, power, sheet.day))


def _parts(said: Mapping[str, Any]) -> dict[str, Any]:
    """The content under the titles by which people know its parts."""
    return {
        _("名称"): [said["name"], said["category"], said["nature"], said["number"]],
        **{one["title"]: [one["text"], one["unsure"]] for one in said["facts"]},
        **{one["title"]: [one["said"], one["unsure"]] for one in said["groups"]},
        _("五公开"): said["levels"],
        _("凭什么"): said["bases"],
        _("流程图"): said["chart"],
        _("找谁问"): said["ask"],
    }


def _book(sheet: Sheet) -> dict[str, Any]:
    edition = sheet.edition
    cards = {one.name: Sheet("card", edition, sheet.day, one.id) for one in catalogue.powers(edition)}
    district = catalogue.district(edition)
    return {
        **{name: _said(card) for name, card in cards.items()},
        _("法律、文件登记"): wording.register(edition),
        _("有不对的，怎么提"): [wording.remedies(edition), content.ask(edition)],
        _("封面"): [district.name, district.disclaimer],
    }


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The titles of the parts that say something else, are new or are gone, in the order of the sheet."""
    return [title for title in {**after, **before} if before.get(title) != after.get(title)]
