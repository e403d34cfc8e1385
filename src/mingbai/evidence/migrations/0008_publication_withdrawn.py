"""A publication whose taking down was published may be emptied, once and of its texts only; nothing else changes it.

The database itself demands the statement: a publication `publication.withdrawn` that names the emptied one must stand
before. Number, place, kind, sums and the digest that the log holds cannot change; the salt becomes zeros, so that
nobody finds by trying what stood there.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from mingbai.journal.append_only import Triggers

_TABLE = "disclosure_publication"
_STAY = (
    "seq",
    "entry",
    "village",
    "number",
    "power",
    "case",
    "kind",
    "step",
    "month",
    "voucher",
    "digest",
    "supersedes",
)
_SAME = " AND ".join(f'NEW."{one}" = OLD."{one}"' for one in _STAY)
_ALLOWED = f"""{_SAME} AND NEW.signed_fen IS NOT DISTINCT FROM OLD.signed_fen AND NEW.occurred_on = OLD.occurred_on
AND NEW.published_at = OLD.published_at AND NEW.recorded_at = OLD.recorded_at
AND NEW.salt = {{zeros}} AND OLD.salt <> {{zeros}} AND EXISTS (SELECT 1 FROM {_TABLE} said
WHERE said.kind = 'publication.withdrawn' AND said.supersedes = OLD.village || '-' || OLD.number)"""
_SQLITE_ALLOWED = _ALLOWED.format(zeros="zeroblob(32)").replace("IS NOT DISTINCT FROM", "IS")
_POSTGRESQL_ALLOWED = _ALLOWED.format(zeros="decode(repeat('00', 32), 'hex')")
_SQLITE_OLD = f"""CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE}
BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END"""
_SQLITE = f"""CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} WHEN NOT ({_SQLITE_ALLOWED})
BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END"""
_POSTGRESQL_OLD = f"""CREATE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
FOR EACH ROW EXECUTE FUNCTION mingbai_append_only()"""
_POSTGRESQL = f"""CREATE OR REPLACE FUNCTION {_TABLE}_only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF TG_OP = 'UPDATE' THEN
IF {_POSTGRESQL_ALLOWED} THEN RETURN NEW; END IF;
END IF;
RAISE EXCEPTION '{_TABLE} is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
FOR EACH ROW EXECUTE FUNCTION {_TABLE}_only_withdrawn()"""


def _replace(sqlite: str, postgresql: str) -> Any:
    def replace(apps: Any, schema_editor: Any) -> None:
        on_sqlite = schema_editor.connection.vendor == "sqlite"
        drop = f"{_TABLE}_no_update" if on_sqlite else f"{_TABLE}_no_change ON {_TABLE}"
        schema_editor.execute(f"DROP TRIGGER {drop}", params=None)
        schema_editor.execute(sqlite if on_sqlite else postgresql, params=None)

    return replace


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_withdrawn"), ("disclosure", "0002_append_only")]
    operations = [Triggers(_replace(_SQLITE, _POSTGRESQL), _replace(_SQLITE_OLD, _POSTGRESQL_OLD))]
