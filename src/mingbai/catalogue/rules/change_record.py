"""The whole record of what changed between two editions: powers, charts, figures, laws, and every other file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingbai.catalogue.rules.changes import Change, changed_entries, changes_between, short_titles
from mingbai.catalogue.rules.chart_changes import chart_changes
from mingbai.catalogue.rules.folder import Catalogue
from mingbai.organisations.rules import read_offices

AREAS: dict[str, str] = {
    "power": "权力事项", "chart": "流程图", "parameter": "限额标准", "law": "法律依据", "file": "其他规则",
}  # fmt: skip
_TOLD = ("laws.yaml", "parameters.yaml")
Files = Mapping[str, str]


def change_record(
    before: Files, said_before: Catalogue, after: Files, said_after: Catalogue
) -> tuple[Change, ...]:
    """Everything that changed, in the order of `AREAS`; empty when the words are the same."""
    found = [
        *changes_between(said_before, said_after),
        *_charts(before, after, short_titles(said_before.laws, said_after.laws)),
        *_others(before, after),
    ]
    return tuple(sorted(found, key=lambda one: list(AREAS).index(one.area)))


def _charts(before: Files, after: Files, laws: Mapping[str, str]) -> Iterator[Change]:
    offices = {**_titles(before), **_titles(after)}
    for file in sorted({*before, *after}):
        if file.startswith("procedures/") and before.get(file) != after.get(file):
            yield from chart_changes(file, before.get(file), after.get(file), offices, laws)


def _titles(files: Files) -> dict[str, str]:
    return {one.id: one.title for one in read_offices(files["offices.yaml"], "offices.yaml").offices}


def _others(before: Files, after: Files) -> Iterator[Change]:
    for file in sorted({*before, *after}):
        if file in _TOLD or file.startswith(("powers/", "procedures/")):
            continue
        old, new = before.get(file), after.get(file)
        if old is None or new is None:
            kind, word = ("added", "增加") if old is None else ("removed", "去掉")
            yield Change("file", file, file, kind, f"{word}文件 {file}")
        elif old != new and file.endswith(".yaml"):
            yield from changed_entries(file, old, new)
        elif old != new:
            yield from _rows(file, old, new)


def _rows(file: str, before: str, after: str) -> Iterator[Change]:
    old, new = before.splitlines(), after.splitlines()
    for line in old:
        if line not in new:
            yield Change("file", file, file, "removed", f"{file} 去掉一行：{line}", line)
    for line in new:
        if line not in old:
            yield Change("file", file, file, "added", f"{file} 增加一行：{line}", after=line)
