"""A chart as a table of steps that an officer edits without YAML: who, what, papers, limit, next.

Words: *row* (one box of the chart), *cell* (one thing said of it, in the words of the trade), *words* (the titles that
the district gives to offices, laws, bodies and figures). What has no column stays as it was; the text form is the source.
"""

from __future__ import annotations

from mingbai.procedures.rules.table.cells import COLUMNS, Row, rows_of
from mingbai.procedures.rules.table.editing import add_branch, add_step, move_step, remove_step
from mingbai.procedures.rules.table.emitting import to_text
from mingbai.procedures.rules.table.entering import BadCell, enter
from mingbai.procedures.rules.table.words import FIELD_KINDS, KINDS, Words

__all__ = [
    "COLUMNS",
    "FIELD_KINDS",
    "KINDS",
    "BadCell",
    "Row",
    "Words",
    "add_branch",
    "add_step",
    "enter",
    "move_step",
    "remove_step",
    "rows_of",
    "to_text",
]
