"""The data dictionary: a Data Package (Frictionless v1) of all files; of money a Fiscal Data Package 0.3 too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mingbai.api.bulk.tables import MONEY, Column, Table

KINDS = {"money": "number"}
MEDIA = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".jsonl": "application/x-ndjson"}
FORMULAS = "以 = + - @ 开头的文字前面加了一个 ' ，免得电子表格当成公式"


def resource(table: Table, files: Iterable[str]) -> dict[str, Any]:
    """A table over the CSV files of all years (or of the one without a year) as a resource with its columns."""
    return {
        "name": table.name,
        "title": table.title,
        "description": FORMULAS,
        "profile": "tabular-data-resource",
        "path": list(files),
        "format": "csv",
        "mediatype": MEDIA[".csv"],
        "encoding": "utf-8-sig",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(column, column.name in table.key) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column, required: bool) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": KINDS.get(column.kind, column.kind),
        "description": column.meaning,
    }
    if column.kind == "datetime":
        field["format"] = "any"
    return field | ({"constraints": {"required": True}} if required else {})


def package(resources: list[dict[str, Any]], *, title: str, homepage: str, created: str) -> dict[str, Any]:
    """The description of everything; `created` is the instant of the newest publication in it."""
    return {
        "profile": "data-package",
        "name": "mingbai",
        "title": title,
        "homepage": homepage,
        "created": created,
        "resources": resources,
    }


def fiscal(files: list[str], *, title: str, homepage: str, created: str) -> dict[str, Any]:
    """The vouchers as a Fiscal Data Package (0.3): what was received and spent, when, by whom, from or to whom."""
    described = package([resource(MONEY, files)], title=title, homepage=homepage, created=created)
    # The draft names no profile that every program knows, so that the package says only what it is as tables.
    return described | {
        "name": "mingbai-money",
        "countryCode": "CN",
        "granularity": "transactional",
        "model": {
            "measures": {
                "income": _measure("income", "revenue"),
                "expense": _measure("expense", "expenditure"),
            },
            "dimensions": {
                "date": _dimension("datetime", "day", day="occurred_on"),
                "village": _dimension("entity", "code", code="village"),
                "counterparty": _dimension("entity", "name", name="counterparty"),
                "account": _dimension("classification", "code", code="account", name="purpose"),
                "voucher": _dimension("fact", "number", number="number", village="village"),
            },
        },
    }


def _measure(source: str, direction: str) -> dict[str, str]:
    return {
        "source": source,
        "resource": MONEY.name,
        "currency": "CNY",
        "direction": direction,
        "phase": "executed",
    }


def _dimension(kind: str, key: str, **attributes: str) -> dict[str, Any]:
    told = {name: {"source": source, "resource": MONEY.name} for name, source in attributes.items()}
    return {"dimensionType": kind, "primaryKey": [key], "attributes": told}


def dictionary(found: Iterable[Table]) -> str:
    """The data dictionary for people, in Markdown: every table with its columns and what they mean."""
    parts = []
    for table in found:
        lines = [f"| `{one.name}` | {one.kind} | {one.meaning} |" for one in table.columns]
        parts.append(
            "\n".join(
                [f"## {table.name}：{table.title}", "", "| 列 | 类型 | 意思 |", "|---|---|---|", *lines]
            )
        )
    return "\n\n".join(parts) + "\n"
