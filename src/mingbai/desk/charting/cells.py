"""How a value of a chart is said in a cell and read back: titles for codes, names of steps for their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingbai.procedures.drafted import Folder
from mingbai.procedures.rules.rows import words
from mingbai.procedures.rules.rows.model import Table

YES, NO = "是", ""
BETWEEN, OR = "；", " 或 "


class BadCell(ValueError):
    """A cell that says what the district does not have; the message says what and what to write."""


@dataclass(frozen=True)
class Names:
    """Titles by id of everything that cells name; `steps` are those of the table, by a name that is theirs alone."""

    offices: Mapping[str, str]
    laws: Mapping[str, str]
    bodies: Mapping[str, str]
    charts: Mapping[str, str]
    lanes: Mapping[str, str]
    steps: Mapping[str, str]


def names_of(table: Table, around: Folder) -> Names:
    """What cells of this table may name."""
    offices, laws, bodies = (alone(around.titles[kind]) for kind in ("offices", "laws", "bodies"))
    charts = alone({id: one.title for id, one in around.known.charts.items()})
    lanes = alone({one.id: one.title for one in table.lanes})
    steps = alone({one.id: one.title for one in table.nodes})
    return Names(offices, laws, bodies, charts, lanes, steps)


def alone(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles that say which one is meant: where two have one title, or a title is another's id, the id stands instead."""
    said = list(titles.values())
    return {
        id: title if title and said.count(title) == 1 and title not in titles and not _parted(title) else id
        for id, title in titles.items()
    }


def _parted(title: str) -> bool:
    return BETWEEN in title or OR in title or ";" in title


@dataclass(frozen=True)
class Cell:
    """A plain text."""

    longest: int = 400

    def say(self, value: object, _names: Names) -> str:
        """What stands in the cell."""
        return str(value)

    def read(self, text: str, _names: Names) -> object:
        """The value.

        Raises:
            BadCell: too long.
        """
        if len(text) > self.longest:
            raise BadCell(f"最多 {self.longest} 个字")
        return text


@dataclass(frozen=True)
class Number(Cell):
    """A whole number, or nothing."""

    def read(self, text: str, _names: Names) -> object:
        """The number; Excel may hand over `10.0`.

        Raises:
            BadCell: no whole number.
        """
        plain = text.removesuffix(".0")
        if plain and not (plain.isascii() and plain.isdigit() and len(plain) < 7):
            raise BadCell(f"“{text[:20]}”要写成整数")
        return int(plain) if plain else ""


@dataclass(frozen=True)
class YesNo(Cell):
    """是, or an empty cell."""

    def say(self, value: object, _names: Names) -> str:
        """是 or nothing."""
        return YES if value else NO

    def read(self, text: str, _names: Names) -> object:
        """Whether it says 是.

        Raises:
            BadCell: another word.
        """
        if text not in (YES, NO, "否"):
            raise BadCell(f"“{text[:20]}”看不懂，写“是”，或者空着")
        return text == YES


@dataclass(frozen=True)
class Coded(Cell):
    """One of a fixed list of words."""

    titles: words.Titles | None = None

    def say(self, value: object, _names: Names) -> str:
        """The word for the code."""
        return (self.titles or {}).get(str(value), str(value))

    def read(self, text: str, _names: Names) -> object:
        """The code.

        Raises:
            BadCell: none of the words.
        """
        return one_of(text, self.titles or {})


@dataclass(frozen=True)
class Named(Cell):
    """Something of the district or of the chart, by its title."""

    what: str = "steps"
    said: str = "步骤"

    def say(self, value: object, names: Names) -> str:
        """The title."""
        return getattr(names, self.what).get(str(value), str(value))  # type: ignore[no-any-return]

    def read(self, text: str, names: Names) -> object:
        """The id.

        Raises:
            BadCell: nothing is called so.
        """
        return one_of(text, getattr(names, self.what), self.said)


@dataclass(frozen=True)
class Several(Named):
    """Several of them, parted by ；."""

    def say(self, value: object, names: Names) -> str:
        """The titles."""
        return BETWEEN.join(Named.say(self, one, names) for one in value)  # type: ignore[attr-defined]

    def read(self, text: str, names: Names) -> object:
        """The ids.

        Raises:
            BadCell: nothing is called so.
        """
        parts = [one.strip() for one in text.replace(";", BETWEEN).split(BETWEEN)]
        return tuple(Named.read(self, one, names) for one in parts if one)


@dataclass(frozen=True)
class Groups(Several):
    """What comes first: groups parted by ；, the steps of one group, of which one is enough, by 或."""

    def say(self, value: object, names: Names) -> str:
        """The groups."""
        return BETWEEN.join(OR.join(Named.say(self, one, names) for one in group) for group in value)  # type: ignore[attr-defined]

    def read(self, text: str, names: Names) -> object:
        """The groups by id.

        Raises:
            BadCell: no step is called so.
        """
        groups = [one.strip() for one in text.replace(";", BETWEEN).split(BETWEEN)]
        return tuple(
            tuple(Named.read(self, one.strip(), names) for one in group.split(OR))
            for group in groups
            if group
        )


def one_of(text: str, titles: Mapping[str, str], said: str = "") -> str:
    """The code of a title, or the code itself.

    Raises:
        BadCell: neither.
    """
    if not text or text in titles:
        return text
    found = [code for code, title in titles.items() if title == text]
    if len(found) != 1:
        few = f"，只能写{'、'.join(titles.values())}" if not said and len(titles) < 20 else "，照名单里的写"
        raise BadCell(f"没有叫“{text[:20]}”的{said}{few}")
    return found[0]
