"""The public change record: every edition of the list with its reason and authority, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mingbai.catalogue import queries as catalogue
from mingbai.catalogue.queries import Edition, Reason
from mingbai.kernel import Refused
from mingbai.portal.pages.changed import Group, groups_of

A_PAGE = 5
OPEN_AT_MOST = 12


@dataclass(frozen=True)
class Told:
    """One edition: why, on whose authority, how an emergency stands, and what it changed, by power.

    `late`: an emergency edition that nobody ratified in time. `brief`: few enough changes to stand open on a phone.
    """

    reason: Reason
    authority: str
    late: bool
    to_come: bool
    groups: tuple[Group, ...]
    brief: bool


@dataclass(frozen=True)
class ChangesPage:
    """A page of the record, newest first; of one power only when `id` is set. `older` is the edition to go on before."""

    id: str
    name: str
    told: tuple[Told, ...]
    older: int | None
    edition: Edition


def changes_page(today: date, power: str = "", before: str = "") -> ChangesPage:
    """The change record, or what changed in one power; at most eight queries.

    Raises:
        Refused: no edition ever listed such a power, or none is in force yet.
    """
    current = catalogue.current(today)
    reasons = {one.number: one for one in catalogue.editions()}
    numbers: Iterable[int] = catalogue.power_changed_in(reasons, power) if power else reasons
    wanted = [one for one in numbers if not before.isdecimal() or one < int(before[:9])]
    shown, rest = wanted[:A_PAGE], wanted[A_PAGE:]
    held = catalogue.together({*shown, *(number - 1 for number in shown)})
    told = tuple(_told(reasons[one], held, power, today) for one in shown)
    name = _name(current, power, held) if power else ""
    return ChangesPage(power, name, told, shown[-1] if rest else None, current)


def _name(current: Edition, power: str, held: dict[int, Edition]) -> str:
    for edition in (current, *(held[number] for number in sorted(held, reverse=True))):
        for one in catalogue.powers(edition):
            if one.id == power:
                return one.name
    raise Refused(_("清单里没有这项权力"), remedy=_("从权力清单里选"))


def _told(reason: Reason, held: dict[int, Edition], power: str, today: date) -> Told:
    after = held[reason.number]
    groups = groups_of(held[reason.number - 1], after, get_language() or "") if reason.number > 1 else ()
    groups = tuple(one for one in groups if not power or one.power == power)
    laws = {id: law.title for id, law in catalogue.laws(after).items()}
    return Told(
        reason=reason,
        authority=reason.citation.text(laws) if reason.citation else "",
        late=reason.unratified(today),
        to_come=reason.since > today,
        groups=groups,
        brief=sum(len(one.lines) for one in groups) <= OPEN_AT_MOST,
    )
