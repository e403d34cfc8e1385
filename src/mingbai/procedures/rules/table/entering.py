"""From the table back to the chart: each cell read in the words it was said in, each mistake named by row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mingbai.procedures.rules.table.cells import COLUMNS, say_field, say_paper
from mingbai.procedures.rules.table.conditions import read_condition
from mingbai.procedures.rules.table.words import (
    FIELD_KINDS,
    OPTIONAL,
    OTHERWISE,
    Unknown,
    Words,
    names,
    read_limit,
)
from mingbai.procedures.rules.text import (
    BranchText,
    Chart,
    FieldText,
    LimitText,
    NodeText,
    OptionText,
    PaperText,
    SourceText,
)

Cells = Mapping[str, str]
_WAY = re.compile(r"(.+?)\s*→\s*(.+?)\s*[：:]\s*(.+)")
_RETURN = re.compile(r"(\w+)\s*→\s*(.+)")
_FIELD = re.compile(r"(.+?)[：:]\s*([^（(]+)(?:[（(](.+)[）)])?")


class BadCell(ValueError):
    """A cell that cannot be read: the row's name, the column's title and what to do."""

    def __init__(self, row: str, column: str, reason: str) -> None:
        super().__init__(f"“{row}”的“{COLUMNS[column]}”：{reason}")
        self.row, self.column, self.reason = row, column, reason


def enter(chart: Chart, table: Mapping[str, Cells], words: Words) -> tuple[Chart, tuple[BadCell, ...]]:
    """The chart with the cells of each row (by id) written in; a cell that cannot be read stays as it was and is told.

    Columns and rows that are not given stay as they were.
    """
    known, bad = names(chart), list[BadCell]()
    nodes = tuple(
        _node(chart, one, table[one.id], words, known, bad) if one.id in table else one for one in chart.nodes
    )
    return chart.model_copy(update={"nodes": nodes}), tuple(bad)


def _node(
    chart: Chart, node: NodeText, cells: Cells, words: Words, known: Mapping[str, str], bad: list[BadCell]
) -> NodeText:
    changed: dict[str, Any] = {}
    for column, read in _READERS.items():
        if column in cells:
            try:
                changed |= read(chart, node, cells[column].replace("\r\n", "\n").strip(), words, known)
            except Unknown as problem:
                bad.append(BadCell(known[node.id], column, str(problem)))
    limit = _limit(node, cells, words, known, bad)
    return node.model_copy(update={**changed, **limit})


Reader = Callable[[Chart, NodeText, str, Words, Mapping[str, str]], dict[str, Any]]


def _title(_c: Chart, _n: NodeText, text: str, _w: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    if len(text) > 40:
        raise Unknown("太长，最多四十个字")
    return {"title": text}


def _who(_c: Chart, _n: NodeText, text: str, words: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    return {"offices": tuple(words.office(one) for one in split(text))}


def _fields(_c: Chart, node: NodeText, text: str, _w: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    return {"fields": tuple(_field(node, line, at) for at, line in enumerate(lines(text), 1))}


def _field(node: NodeText, line: str, at: int) -> FieldText:
    for one in node.fields:
        if say_field(one) == line:
            return one
    found = _FIELD.fullmatch(line.replace(OPTIONAL, ""))
    kind = next((id for id, word in FIELD_KINDS.items() if found and word == found[2].strip()), None)
    if found is None or kind is None:
        raise Unknown(f"“{line[:20]}”看不懂，写成“名称：种类”，种类有{'、'.join(FIELD_KINDS.values())}")
    before = next((one for one in node.fields if one.label == found[1].strip()), None)
    options = _options(found[3] or "", before)
    if (kind == "choice") != bool(options):
        raise Unknown(f"“{found[1]}”：选择题才写、也必须写选项，如（合格/不合格）")
    return FieldText(
        id=before.id if before else f"field_{at}", label=found[1].strip(), kind=kind,
        optional=OPTIONAL in line, options=options,
    )  # fmt: skip


def _options(text: str, before: FieldText | None) -> tuple[OptionText, ...]:
    held = {one.label: one.id for one in before.options} if before else {}
    labels = [one.strip() for one in text.split("/") if one.strip()]
    return tuple(
        OptionText(id=held.get(label, f"answer_{at}"), label=label) for at, label in enumerate(labels, 1)
    )


def _papers(_c: Chart, node: NodeText, text: str, _w: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    held = {one.label: one.id for one in node.papers}
    found: list[PaperText] = []
    for at, line in enumerate(lines(text), 1):
        same = next((one for one in node.papers if say_paper(one) == line), None)
        label = line.replace(OPTIONAL, "").strip()
        if not label or len(label) > 60:
            raise Unknown("单据名称要有一到六十个字")
        found.append(
            same or PaperText(id=held.get(label, f"paper_{at}"), label=label, optional=OPTIONAL in line)
        )
    return {"papers": tuple(found)}


def _discipline(_c: Chart, _n: NodeText, text: str, _w: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    return {"discipline": " ".join(text.split())}


def _source(_c: Chart, node: NodeText, text: str, words: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    return {"source": words.source(text, node.source)}


def _apart(_c: Chart, _n: NodeText, text: str, _w: Words, known: Mapping[str, str]) -> dict[str, Any]:
    return {"separate_from": tuple(step(one, known) for one in split(text))}


def _body(_c: Chart, _n: NodeText, text: str, words: Words, _k: Mapping[str, str]) -> dict[str, Any]:
    return {"body": words.body(text) if text else ""}


def _next(_c: Chart, node: NodeText, text: str, _w: Words, known: Mapping[str, str]) -> dict[str, Any]:
    to = tuple(step(one, known) for one in split(text))
    return {"next": to if node.kind == "both" else (to[0] if len(to) == 1 else to or None)}


def _branches(chart: Chart, node: NodeText, text: str, _w: Words, known: Mapping[str, str]) -> dict[str, Any]:
    if node.kind == "call":
        return {"returns": dict(_return(line, known) for line in lines(text))}
    return {"branches": tuple(_branch(chart, line, known) for line in lines(text))}


def _return(line: str, known: Mapping[str, str]) -> tuple[str, str]:
    found = _RETURN.fullmatch(line)
    if found is None:
        raise Unknown(f"“{line[:20]}”看不懂，写成“那张图的结束 → 下一步”")
    return found[1], step(found[2], known)


def _branch(chart: Chart, line: str, known: Mapping[str, str]) -> BranchText:
    found = _WAY.fullmatch(line)
    if found is None or len(found[1]) > 60:
        raise Unknown(f"“{line[:20]}”看不懂，写成“说法 → 下一步：条件”，最后一条的条件写“{OTHERWISE}”")
    other = found[3].strip() == OTHERWISE
    when = None if other else read_condition(chart, found[3])
    return BranchText(to=step(found[2], known), label=found[1], when=when, otherwise=other)


_READERS: dict[str, Reader] = {
    "title": _title, "who": _who, "fields": _fields, "papers": _papers, "discipline": _discipline, "source": _source,
    "apart": _apart, "body": _body, "next": _next, "branches": _branches,
}  # fmt: skip


def _limit(
    node: NodeText, cells: Cells, words: Words, known: Mapping[str, str], bad: list[BadCell]
) -> dict[str, Any]:
    """The limit and its source are two cells of one thing."""
    if "limit" not in cells:
        return {}
    text = cells["limit"].strip()
    if not text:
        return {"limit": None}
    try:
        bound, value, unit = read_limit(text)
    except Unknown as problem:
        bad.append(BadCell(known[node.id], "limit", str(problem)))
        return {}
    try:
        source = words.source(cells.get("limit_source", words.say_source(node.limit)), node.limit)
    except Unknown as problem:
        bad.append(BadCell(known[node.id], "limit_source", str(problem)))
        return {}
    if source is None:
        bad.append(
            BadCell(known[node.id], "limit_source", "写明哪部法规哪一条，没有的写“本地惯例”所在的那部")
        )
        return {}
    said = {"bound": bound, "value": value, "unit": unit, **_parts(source)}
    return {"limit": LimitText.model_validate(said)}


def _parts(source: SourceText) -> dict[str, Any]:
    return {name: getattr(source, name) for name in SourceText.model_fields}


def step(said: str, known: Mapping[str, str]) -> str:
    """The id of a box by its name in the table, its title or its id.

    Raises:
        Unknown: there is none, or several with that title.
    """
    named = [id for id, name in known.items() if said in (name, id)]
    titled = named or [id for id, name in known.items() if name.split("#")[0] == said]
    if len(titled) != 1:
        raise Unknown(f"没有叫“{said[:20]}”的步骤，或者不止一个，写成表上左边的名字")
    return titled[0]


def split(text: str) -> Sequence[str]:
    """Words parted by ； or line ends: titles themselves may have a 、 in them."""
    return [one.strip() for one in re.split(r"[；;\n]", text) if one.strip()]


def lines(text: str) -> Sequence[str]:
    """Lines that say something."""
    return [one.strip() for one in text.split("\n") if one.strip()]
