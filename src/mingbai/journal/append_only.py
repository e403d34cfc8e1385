"""Triggers that make a table append-only in the database itself, on SQLite and on PostgreSQL.

Update and delete are refused (PostgreSQL: truncate too). On SQLite `INSERT OR REPLACE` would delete quietly,
so inserting a row whose primary key exists is refused as well (security T6, T7). `gap_free` goes further:
only the next number may be inserted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
_SQLITE_NEXT = """
CREATE TRIGGER {table}_only_next BEFORE INSERT ON {table}
WHEN NEW.{key} <> (SELECT COALESCE(MAX({key}) + 1, {first}) FROM {table})
BEGIN SELECT RAISE(ABORT, '{table} takes only the next number'); END;
"""
_POSTGRESQL_NEXT = """
CREATE FUNCTION {table}_next() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF NEW.{key} <> (SELECT COALESCE(MAX({key}) + 1, {first}) FROM {table}) THEN
RAISE EXCEPTION '{table} takes only the next number' USING ERRCODE = 'restrict_violation';
END IF; RETURN NEW; END $$;
CREATE TRIGGER {table}_only_next BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_next();
"""


class Triggers(RunPython):
    """Statements about triggers. They need no model, so none is made: Django would make all of them, each time anew."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Run the statements on the way up."""
        self.code(None, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Run the statements on the way down."""
        if self.reverse_code is not None:
            self.reverse_code(None, schema_editor)


class Lock(Triggers):
    """A migration operation that puts triggers on a table; remembers which, so that a check can look for them."""

    def __init__(
        self, sql: tuple[str, str], names: tuple[tuple[str, ...], tuple[str, ...]], **words: str | int
    ) -> None:
        table = str(words["table"])
        super().__init__(_install(*sql, **words), _remove(table, *names))
        self.on_sqlite, self.on_postgresql = (tuple(f"{table}_{name}" for name in some) for some in names)


def append_only(table: str, app: str, key: str = "id") -> list[Operation]:
    """Migration operations for `table` of `app`, whose primary key column is `key`."""
    if not all(name.isidentifier() for name in (table, app, key)):
        raise ValueError(f"not a table name: {table}")
    names = (("no_update", "no_delete", "no_replace"), ("no_change", "no_truncate"))
    return [Lock((_SQLITE, _POSTGRESQL), names, table=table, key=key)]


def widened(table: str, app: str, key: str, operations: Sequence[Operation]) -> list[Operation]:
    """Additive changes to an append-only table, whose triggers are put back in the same transaction.

    SQLite makes a table anew to widen it, and a table made anew has no triggers.
    """
    lock = append_only(table, app, key)
    names = (("no_update", "no_delete", "no_replace"), ("no_change", "no_truncate"))
    lift = Triggers(_remove(table, *names), Triggers.noop)
    return [lift, *operations, *lock]


def gap_free(table: str, app: str, key: str, first: int = 1) -> list[Operation]:
    """Migration operations by which `table` of `app` takes only the next number in `key`, from `first` on."""
    if not all(name.isidentifier() for name in (table, app, key)):
        raise ValueError(f"not a table name: {table}")
    names = (("only_next",), ("only_next",))
    return [Lock((_SQLITE_NEXT, _POSTGRESQL_NEXT), names, table=table, key=key, first=int(first))]


def _install(sqlite: str, postgresql: str, **words: str | int) -> Callable[[Any, Any], None]:
    def install(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in _statements((sqlite if vendor == "sqlite" else postgresql).format(**words), vendor):
            schema_editor.execute(statement, params=None)

    return install


def _remove(
    table: str, sqlite_names: tuple[str, ...], postgresql_names: tuple[str, ...]
) -> Callable[[Any, Any], None]:
    def remove(apps: Any, schema_editor: Any) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        for name in sqlite_names if sqlite else postgresql_names:
            where = "" if sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}", params=None)

    return remove


def _statements(sql: str, vendor: str) -> list[str]:
    """SQLite's driver takes one statement at a time; a trigger's body ends with `END;`."""
    if vendor != "sqlite":
        return [sql]
    return [part + " END;" for part in sql.split("END;") if part.strip()]
