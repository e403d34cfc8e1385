"""Bulk files: the same rows three ways, described, provable without the site, the same bytes for the same position."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from frictionless import Package

from mingbai.api.bulk.exporting import export
from mingbai.api.bulk.tables import MONEY, Table, columns
from mingbai.api.bulk.writing import GROUP, TableFiles
from mingbai.kernel import Refused
from mingbai.merkle import parse_bundle
from mingbai.translog.follow import follow as log

VILLAGE = "340311104201"
CANARIES = ("张金丝雀", "11010519491231002X", "secret.act")
NOW = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


def files_of(root: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {one.relative_to(root).as_posix(): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def lines_of(place: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in place.read_text("utf-8").splitlines()]


def test_the_files_are_as_described_and_prove_themselves(logged: Client, tmp_path: Path) -> None:
    root = tmp_path / "bulk"
    done = export(root)
    assert (done.size, done.removed) == (4, 0)
    described = Package(root / "datapackage.json")
    report = described.validate()
    assert report.valid, report.flatten(["place", "message"])
    fiscal = Package(root / "fiscal.datapackage.json")
    assert fiscal.validate().valid
    model = fiscal.to_descriptor()["model"]
    held = [*model["measures"].values()]
    held += [one for told in model["dimensions"].values() for one in told["attributes"].values()]
    assert {one["source"] for one in held} < {one.name for one in MONEY.columns}
    assert {one["direction"] for one in model["measures"].values()} == {"revenue", "expenditure"}
    published = lines_of(root / "2026" / "publications.jsonl")
    assert [one["position"] for one in published] == list(range(4))
    leaves = parse_bundle((root / "log" / "tile" / "entries" / "000.p" / "4").read_bytes())
    bodies = {one["id"]: one for one in lines_of(root / "2026" / "bodies.jsonl")}
    for one in published:
        held = bodies[one["id"]]
        salted = bytes.fromhex(held["salt"]) + base64.b64decode(held["body"])
        assert hashlib.sha256(salted).hexdigest() == one["digest"]
        assert json.loads(leaves[one["position"]])["digest"] == one["digest"]


def test_three_ways_of_writing_say_the_same(logged: Client, tmp_path: Path) -> None:
    root = tmp_path / "bulk"
    export(root)
    for table in ("publications", "fields"):
        lines = lines_of(root / "2026" / f"{table}.jsonl")
        columnar = pq.read_table(root / "2026" / f"{table}.parquet").to_pylist()
        with (root / "2026" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as flat:
            cells = list(csv.DictReader(flat))
        assert len(lines) == len(columnar) == len(cells) > 3
        for line, row, cell in zip(lines, columnar, cells, strict=True):
            assert list(line) == list(row) == list(cell)
            plain = {name: value for name, value in line.items() if isinstance(value, str | int)}
            assert {name: cell[name] for name in plain} == {name: str(value) for name, value in plain.items()}
    assert {one["value"] for one in lines_of(root / "2026" / "fields.jsonl")} >= {None, "8,600.00"}


def test_nothing_private_is_in_any_file(logged: Client, tmp_path: Path) -> None:
    root = tmp_path / "bulk"
    export(root)
    for path, content in files_of(root).items():
        assert not [canary for canary in CANARIES if canary.encode() in content], path
    bodies = [base64.b64decode(one["body"]).decode() for one in lines_of(root / "2026" / "bodies.jsonl")]
    assert not [body for body in bodies if any(canary in body for canary in CANARIES)]


def test_one_position_is_one_set_of_bytes_and_a_later_one_brings_the_old_folder_to_the_same(
    logged: Client, publish_more: Callable[[], None], tmp_path: Path
) -> None:
    grown, fresh = tmp_path / "grown", tmp_path / "fresh"
    export(grown)
    export(fresh)
    assert files_of(grown) == files_of(fresh)
    again = export(grown)
    assert (again.rows, again.written) == (0, 0)
    publish_more()
    with pytest.raises(Refused, match="还没有进公开总账"):
        export(grown)
    log(NOW)
    later = export(grown)
    assert later.size == 5
    assert 0 < later.written < len(files_of(grown)), "villages and powers did not change"
    assert later.removed == 2, "two partial tiles of the smaller log"
    export(tmp_path / "new")
    assert files_of(grown) == files_of(tmp_path / "new")


def test_a_folder_with_other_things_is_left_alone(logged: Client, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "photo.jpg").write_bytes(b"x")
    with pytest.raises(Refused, match="别的东西"):
        export(tmp_path / "mine")
    assert list(files_of(tmp_path / "mine")) == ["photo.jpg"]


@pytest.mark.once
def test_cells_are_no_formulas_and_sums_are_exact(tmp_path: Path) -> None:
    table = Table("t", "t", columns("text|string|", "sum|money|", "day|date|", "yes|boolean|"), ("text",))
    texts = ["=1+1", "+86", "-5*2", "@x", "＝1", "\t=1", "水渠", 'a,"b"\nc']
    with TableFiles(table, tmp_path) as files:
        for text in texts:
            files.add((text, Decimal("-1234567890123.07"), date(2026, 9, 1), True))
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as flat:
        cells = list(csv.reader(flat))[1:]
    assert [cell[0] for cell in cells] == [f"'{text}" for text in texts[:6]] + texts[6:]
    assert {tuple(cell[1:]) for cell in cells} == {("-1234567890123.07", "2026-09-01", "true")}
    assert [one["text"] for one in lines_of(tmp_path / "t.jsonl")] == texts
    assert {one["sum"] for one in pq.read_table(tmp_path / "t.parquet").to_pylist()} == {
        Decimal("-1234567890123.07")
    }


@pytest.mark.once
def test_many_rows_are_written_in_portions(tmp_path: Path) -> None:
    table = Table("t", "t", columns("n|integer|"), ("n",))
    with TableFiles(table, tmp_path) as files:
        for n in range(GROUP + 1):
            files.add((n,))
    stored = pq.ParquetFile(tmp_path / "t.parquet")
    assert (files.rows, stored.metadata.num_rows, stored.metadata.num_row_groups) == (GROUP + 1, GROUP + 1, 2)
