"""What stands in the form of a step: parts, lines and single controls; the template only shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Group:
    """Options under one heading; without a heading when that is empty."""

    title: str
    options: Options


@dataclass(frozen=True)
class Control:
    """One control. `form`: text, area, select, check, checks (several of a list), hidden, or note (words only)."""

    form: str
    name: str
    label: str = ""
    value: str = ""
    groups: tuple[Group, ...] = ()
    hint: str = ""
    longest: int = 60
    on: bool = False
    chosen: frozenset[str] = frozenset()
    blank: str = ""
    place: int = 0
    narrow: bool = False

    @property
    def opened(self) -> tuple[Group, ...]:
        """The groups in which something is ticked; all of them while nothing is."""
        ticked = tuple(one for one in self.groups if any(code in self.chosen for code, _title in one.options))
        return ticked or self.groups

    @property
    def id(self) -> str:
        """Its id on the page: several controls may have one name."""
        return f"f-{self.name}-{self.place}" if self.place else f"f-{self.name}"


@dataclass(frozen=True)
class Line:
    """Controls that stand side by side; `title` names the line where it is one of several."""

    controls: tuple[Control, ...]
    title: str = ""
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of the form; `id` is what gaps call it. `folded`: shut until somebody opens it."""

    id: str
    title: str
    lines: tuple[Line, ...]
    hint: str = ""
    folded: bool = False
    summary: str = ""
    gaps: tuple[str, ...] = field(default=())


def text(name: str, label: str, value: str, *, hint: str = "", longest: int = 60) -> Control:
    """A line to write in."""
    return Control("text", name, label, value, hint=hint, longest=longest)


def area(name: str, label: str, value: str, *, hint: str = "", longest: int = 400) -> Control:
    """Several lines to write in."""
    return Control("area", name, label, value, hint=hint, longest=longest)


def number(name: str, label: str, value: str) -> Control:
    """A number; anything else may be typed and is told as missing."""
    return Control("number", name, label, value, longest=12)


def check(name: str, label: str, on: bool) -> Control:
    """A box to tick."""
    return Control("check", name, label, "1", on=on)


def hidden(name: str, value: str) -> Control:
    """What the form carries along."""
    return Control("hidden", name, value=value)


def note(words: str) -> Control:
    """Words between the controls."""
    return Control("note", "", words)


def select(
    name: str,
    label: str,
    value: str,
    titles: Mapping[str, str] | Iterable[Group],
    *,
    blank: str = "",
    place: int = 0,
) -> Control:
    """One of a list. A value that the list does not have is shown as such, so that it is not lost unseen."""
    groups = (Group("", tuple(titles.items())),) if isinstance(titles, Mapping) else tuple(titles)
    if value and not any(value == code for group in groups for code, _title in group.options):
        groups = (Group(_("名单里没有的"), ((value, value),)), *groups)
    return Control("select", name, label, value, groups, blank=blank or _("请选"), place=place)


def several(
    name: str, label: str, values: Iterable[str], titles: Mapping[str, str], more: str
) -> tuple[Control, ...]:
    """A select for each value and one more, blank."""
    chosen = [*values, ""]
    return tuple(
        select(name, label if not place else f"{label} {place + 1}", value, titles, blank=more, place=place)
        for place, value in enumerate(chosen)
    )


def checks(name: str, label: str, chosen: Iterable[str], groups: Iterable[Group]) -> Control:
    """Several of a list, each a box to tick; what the list does not have stays ticked in a group of its own."""
    held, listed = frozenset(chosen), tuple(groups)
    strange = sorted(held - {code for group in listed for code, _title in group.options})
    extra = (Group(_("名单里没有的"), tuple((one, one) for one in strange)),) if strange else ()
    return Control("checks", name, label, groups=(*extra, *listed), chosen=held)
