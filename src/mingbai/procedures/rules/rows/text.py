"""From rows back to the text of a chart: what was not changed stays as it was written, with its comments and layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from mingbai.procedures.rules.rows.model import Plain, StepRow, Table, plain, read_table

_LISTED = ("nodes", "lanes", "fields", "papers", "branches")
"""Lists written one entry a line."""
_LONG = 100
Key = tuple[str, int]


def write_table(table: Table, before: str = "") -> str:
    """The text of a table, written into `before`, the text it was read from; from nothing when that is empty.

    Raises:
        BadFile: `before` is no chart.
    """
    new = plain(table)
    if not before:
        return _dumped(_styled_map(new))
    old = plain(read_table(before, f"procedures/{table.procedure}.yaml"))
    if old == new:
        return before
    document = _yaml().load(before)
    _write(document, old, new, tuple(Table.model_fields))
    return _dumped(document)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(document: Any) -> str:
    out = StringIO()
    _yaml().dump(document, out)
    return out.getvalue()


def _write(held: Any, old: Plain, new: Plain, order: tuple[str, ...]) -> None:
    """Change in a mapping what is not the same any more; `order` says where a new key stands."""
    for key in old:
        if key not in new:
            del held[key]
    for key, value in new.items():
        if key not in old:
            held.pop(key, None)
            held.insert(_place(held, key, order), key, _styled(key, value))
        elif old[key] != value:
            held[key] = _nodes(held[key], old[key], value) if key == "nodes" else _styled(key, value)


def _place(held: Any, key: str, order: tuple[str, ...]) -> int:
    later = set(order[order.index(key) :])
    return next((place for place, one in enumerate(held) if one in later), len(held))


def _nodes(held: Any, old: list[Plain], new: list[Plain]) -> Any:
    """Steps by their ids: each that was there is changed in its place, and then all are put in the new order."""
    were = {key: (one, said) for (key, said), one in zip(_keyed(old), held, strict=True)}
    found = CommentedSeq()
    for key, said in _keyed(new):
        if key in were:
            step, before = were[key]
            if before != said:
                _write(step, before, said, tuple(StepRow.model_fields))
            found.append(step)
        else:
            found.append(_styled_step(said))
    found.ca.comment, found.ca.end = held.ca.comment, held.ca.end
    return found


def _keyed(steps: list[Plain]) -> Iterator[tuple[Key, Plain]]:
    """An id that was written twice by mistake is kept twice."""
    seen: dict[str, int] = {}
    for one in steps:
        id = str(one.get("id", ""))
        seen[id] = seen.get(id, 0) + 1
        yield (id, seen[id]), one


def _styled_step(step: Plain) -> Any:
    made = _styled_map(step)
    if step.get("kind") == "end":
        made.fa.set_flow_style()
    return made


def _styled_map(data: Mapping[str, Any]) -> Any:
    made = CommentedMap()
    for key, value in data.items():
        made[key] = _styled(key, value)
    return made


def _styled(key: str, value: Any) -> Any:
    """A value as the charts are written: conditions in quotes, small things in one line."""
    if key == "when":
        return DoubleQuotedScalarString(value)
    if key == "disclosures":
        return _styled_map(value)
    if isinstance(value, Mapping):
        return _in_line(_styled_map(value))
    if isinstance(value, list):
        made = CommentedSeq(_entry(key, one) for one in value)
        return made if key in _LISTED else _in_line(made)
    return value


def _entry(key: str, one: Any) -> Any:
    if key == "nodes":
        return _styled_step(one)
    if not isinstance(one, Mapping):
        return _in_line(CommentedSeq(one)) if isinstance(one, list) else one
    made = _styled_map(one)
    return made if key == "branches" and len(str(one)) > _LONG else _in_line(made)


def _in_line(made: Any) -> Any:
    made.fa.set_flow_style()
    return made
