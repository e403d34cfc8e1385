"""Triggers that make a table append-only in the database itself, on SQLite and on PostgreSQL.

Update and delete are refused (PostgreSQL: truncate too). On SQLite `INSERT OR REPLACE` would delete quietly, so
inserting a row whose primary key exists is refused as well (security T6, T7).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION mingbai_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION mingbai_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION mingbai_append_only();
"""


def append_only(table: str, app: str, key: str = "id") -> list[Operation]:
    """Migration operations for `table` of `app`, whose primary key column is `key`."""
    if not all(name.isidentifier() for name in (table, app, key)):
        raise ValueError(f"not a table name: {table}")
    return [RunPython(_install(table, key), _remove(table))]


def _install(table: str, key: str) -> Callable[[Any, Any], None]:
    def install(apps: Any, schema_editor: Any) -> None:
        sql = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
        for statement in _statements(sql.format(table=table, key=key), schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return install


def _remove(table: str) -> Callable[[Any, Any], None]:
    def remove(apps: Any, schema_editor: Any) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        names = ("no_update", "no_delete", "no_replace") if sqlite else ("no_change", "no_truncate")
        for name in names:
            where = "" if sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}", params=None)

    return remove


def _statements(sql: str, vendor: str) -> list[str]:
    """SQLite's driver takes one statement at a time; a trigger's body ends with `END;`."""
    if vendor != "sqlite":
        return [sql]
    return [part + " END;" for part in sql.split("END;") if part.strip()]
