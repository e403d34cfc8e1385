"""The index of words. It holds nothing that the publications do not, so it is simply made anew when it changes."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from mingbai.journal.append_only import Triggers

_SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5"
    "(words, tokenize = \"unicode61 remove_diacritics 0\", prefix = '1')"
)
_POSTGRESQL = (
    "CREATE TABLE search_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX search_words_index ON search_words USING gin (words) WITH (fastupdate = off)",
)


def _make(apps: Any, schema_editor: Any) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in (_SQLITE,) if sqlite else _POSTGRESQL:
        schema_editor.execute(statement)


def _drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0005_notice_down")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Words",
                    fields=[
                        ("rowid", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("words", models.TextField()),
                    ],
                    options={"db_table": "search_words"},
                ),
            ],
        ),
        Triggers(_make, _drop),
    ]
