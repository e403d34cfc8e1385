"""Publications can be added, never changed or removed, and only under the next number: the database refuses.

Demanding the next number closes the gap that replacing a row by another unique column would leave on SQLite,
and makes numbers gap-free whoever writes (security T6).
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from mingbai.journal.append_only import Triggers, append_only

_WRONG = """NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM disclosure_publication)
OR NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM disclosure_publication WHERE village = NEW.village)
OR EXISTS (SELECT 1 FROM disclosure_publication WHERE entry = NEW.entry)"""
_SQLITE = f"""CREATE TRIGGER disclosure_publication_next BEFORE INSERT ON disclosure_publication WHEN {_WRONG}
BEGIN SELECT RAISE(ABORT, 'disclosure_publication takes only the next number'); END"""
_POSTGRESQL = f"""CREATE FUNCTION disclosure_publication_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF {_WRONG} THEN
RAISE EXCEPTION 'disclosure_publication takes only the next number' USING ERRCODE = 'restrict_violation';
END IF;
RETURN NEW;
END $$;
CREATE TRIGGER disclosure_publication_next BEFORE INSERT ON disclosure_publication
FOR EACH ROW EXECUTE FUNCTION disclosure_publication_next()"""


def _install(apps: Any, schema_editor: Any) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(_SQLITE if sqlite else _POSTGRESQL, params=None)


def _remove(apps: Any, schema_editor: Any) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    on = "" if sqlite else " ON disclosure_publication"
    schema_editor.execute(f"DROP TRIGGER disclosure_publication_next{on}", params=None)
    if not sqlite:
        schema_editor.execute("DROP FUNCTION disclosure_publication_next()", params=None)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]
    operations = [
        *append_only("disclosure_publication", "disclosure", key="seq"),
        Triggers(_install, _remove),
    ]
