"""Two officers edit one file: what each changed is put together, key by key and entry by entry.

The texts stay as they were written, comments and layout too: a file is cut into the lines of its keys and of the entries
of its lists (by id), and each piece is taken from the one who changed it. Where both changed the same piece, nothing is
decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

Path = tuple[str, ...]


class Conflict(Exception):
    """Both changed the same place; `path` says which."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True)
class _Piece:
    """Whole lines of a file under one key: `head` and then either the pieces below, or nothing more."""

    key: str
    head: str
    below: tuple[_Piece, ...] = ()

    def text(self) -> str:
        """Its lines."""
        return self.head + "".join(one.text() for one in self.below)


def merge(base: str, mine: str, theirs: str) -> str:
    """The text with what both changed since `base`.

    Raises:
        Conflict: both changed one place otherwise, or a text cannot be read as YAML in block form.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    try:
        found = _merged(_pieces_of(base), _pieces_of(mine), _pieces_of(theirs), ())
        text = found.text()
        yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise Conflict(()) from error
    return text


def _merged(base: _Piece, mine: _Piece, theirs: _Piece, path: Path) -> _Piece:
    if mine.text() in (base.text(), theirs.text()):
        return theirs
    if theirs.text() == base.text():
        return mine
    if not (base.below and mine.below and theirs.below):
        raise Conflict(path)
    head = _one_of(base.head, mine.head, theirs.head, path)
    return _Piece(theirs.key, head, tuple(_all(base.below, mine.below, theirs.below, path)))


def _one_of(base: str, mine: str, theirs: str, path: Path) -> str:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    raise Conflict(path)


def _all(
    base: Sequence[_Piece], mine: Sequence[_Piece], theirs: Sequence[_Piece], path: Path
) -> list[_Piece]:
    held, ours, other = ({one.key: one for one in pieces} for pieces in (base, mine, theirs))
    found = []
    for key in _order(list(held), list(ours), list(other), path):
        was, here, there = held.get(key), ours.get(key), other.get(key)
        where = (*path, key)
        if here is None or there is None:
            kept = there if here is None else here
            if was is not None and kept is not None and kept.text() != was.text():
                raise Conflict(where)
            if was is None and kept is not None:
                found.append(kept)
        elif was is None:
            if here.text() != there.text():
                raise Conflict(where)
            found.append(there)
        else:
            found.append(_merged(was, here, there, where))
    return found


def _order(base: list[str], mine: list[str], theirs: list[str], path: Path) -> list[str]:
    """Every key, in the order of whoever moved them; what only one has stands behind what it stood behind."""
    common = [key for key in base if key in mine and key in theirs]
    ours, other = ([key for key in keys if key in common] for keys in (mine, theirs))
    if ours not in (common, other) and other != common:
        raise Conflict(path)
    first, second = (theirs, mine) if ours == common else (mine, theirs)
    found = list(first)
    for place, key in enumerate(second):
        if key not in found:
            before = [one for one in second[:place] if one in found]
            found.insert(found.index(before[-1]) + 1 if before else 0, key)
    return found


def _pieces_of(text: str) -> _Piece:
    text = text if not text or text.endswith("\n") else text + "\n"
    lines = text.splitlines(keepends=True)
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    return _piece("", root, lines, 0, len(lines))


def _piece(key: str, node: yaml.Node | None, lines: list[str], first: int, last: int) -> _Piece:
    """The lines from `first` to `last` as one piece, cut further where the value is written in block form."""
    parts = _parts(node)
    starts = [start for _, _, start in parts]
    tidy = starts == sorted(set(starts)) and all(first <= one < last for one in starts)
    if not parts or not tidy or len({name for name, _, _ in parts}) < len(parts):
        return _Piece(key, "".join(lines[first:last]))
    ends = [*starts[1:], last]
    below = tuple(
        _piece(name, value, lines, start, end) for (name, value, start), end in zip(parts, ends, strict=True)
    )
    return _Piece(key, "".join(lines[first : starts[0]]), below)


def _parts(node: yaml.Node | None) -> list[tuple[str, yaml.Node | None, int]]:
    """Keys of a block mapping or entries of a block list, with the line each begins on."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        return [(str(key.value), value, key.start_mark.line) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return [(_named(one, place), one, one.start_mark.line) for place, one in enumerate(node.value)]
    return []


def _named(node: yaml.Node, place: int) -> str:
    """The id of an entry, the entry itself when it is a word, else its place."""
    if isinstance(node, yaml.MappingNode):
        held = {key.value: value.value for key, value in node.value if isinstance(value.value, str)}
        return str(held.get("id") or held.get("code") or held.get("law") or held.get("text") or place)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else str(place)
