"""A table written three ways at once: CSV, Parquet and JSON Lines. The same rows give the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mingbai.api.bulk.tables import Row, Table
from mingbai.kernel.cells import no_formula

GROUP = 5_000
"""Rows of a row group in Parquet; what is held in memory of a table."""
SUFFIXES = (".csv", ".parquet", ".jsonl")
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "money": pa.decimal128(18, 2),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "boolean": pa.bool_(),
}


class TableFiles:
    """The three files of a table in a folder; a context that finishes them."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.table = table
        self.rows = 0
        self.names = tuple(column.name for column in table.columns)
        self.schema = pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])
        self._places = [folder / f"{table.name}{suffix}" for suffix in SUFFIXES]
        self._held: list[Row] = []
        self._open = ExitStack()

    def __enter__(self) -> TableFiles:
        flat, columnar, lines = self._places
        # The mark tells old spreadsheets that it is UTF-8.
        self._flat = self._open.enter_context(flat.open("w", encoding="utf-8-sig", newline=""))
        self._csv = csv.writer(self._flat, lineterminator="\r\n")
        self._csv.writerow(self.names)
        self._parquet = self._open.enter_context(
            pq.ParquetWriter(columnar, self.schema, compression="zstd", version="2.6")
        )
        self._lines = self._open.enter_context(lines.open("w", encoding="utf-8", newline="\n"))
        return self

    def add(self, row: Row) -> None:
        """One more row."""
        self.rows += 1
        self._held.append(row)
        if len(self._held) == GROUP:
            self._write()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if error is None and self._held:
            self._write()
        self._open.close()

    def _write(self) -> None:
        rows, self._held = self._held, []
        self._csv.writerows([_cell(value) for value in row] for row in rows)
        for row in rows:
            said = {name: _plain(value) for name, value in zip(self.names, row, strict=True)}
            self._lines.write(json.dumps(said, ensure_ascii=False) + "\n")
        self._parquet.write_table(_columnar(rows, self.schema), row_group_size=GROUP)


def _columnar(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _plain(value: Any) -> Any:
    """A value as JSON has it: sums and days as text, so that no program rounds them."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
    return value


def _cell(value: Any) -> Any:
    """A value as a spreadsheet may read it: text that it would take for a formula begins with a quote."""
    plain = _plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return no_formula(value) if isinstance(value, str) else plain
