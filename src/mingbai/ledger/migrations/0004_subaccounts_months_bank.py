"""Lines carry a summary, a sub-account and a party; balances by month; bank statements and their breaks.

The new columns have a default in the database, so that no table is made anew and every trigger stays.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from mingbai.journal.append_only import append_only

# Written out, because SQLite makes a table anew for a column that Django adds, and its triggers would be lost.
WIDEN = [
    f"ALTER TABLE ledger_linerow ADD COLUMN {name} varchar({length}) DEFAULT '' NOT NULL"
    for name, length in (("sub", 8), ("summary", 240), ("party", 120))
]
# What stood at the opening has its own, empty month; every other line counts in the month of its voucher.
FILL = """
INSERT INTO ledger_monthbalance (book_id, month, account, debit_fen, credit_fen)
SELECT l.book_id, CASE WHEN v.serial = 0 THEN '' ELSE l.month END AS m, l.account,
       SUM(l.debit_fen), SUM(l.credit_fen)
FROM ledger_linerow l JOIN ledger_voucher v ON v.id = l.voucher_id
GROUP BY l.book_id, m, l.account
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_balanced"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(one, migrations.RunSQL.noop) for one in WIDEN],
            [
                migrations.AddField(
                    model_name="linerow",
                    name="party",
                    field=models.CharField(db_default="", max_length=120),
                ),
                migrations.AddField(
                    model_name="linerow",
                    name="sub",
                    field=models.CharField(db_default="", max_length=8),
                ),
                migrations.AddField(
                    model_name="linerow",
                    name="summary",
                    field=models.CharField(db_default="", max_length=240),
                ),
                migrations.AlterField(
                    model_name="voucher",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("opening", "Opening"),
                            ("payment", "Payment"),
                            ("receipt", "Receipt"),
                            ("move", "Move"),
                            ("contra", "Contra"),
                            ("entry", "Entry"),
                            ("yearend", "Yearend"),
                        ],
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BreakRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("found", models.BooleanField()),
                ("amount_fen", models.BigIntegerField()),
                ("words", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="ledger.book"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("amount_fen", models.BigIntegerField()),
                ("balance_fen", models.BigIntegerField()),
                ("party", models.CharField(blank=True, max_length=120)),
                ("summary", models.CharField(blank=True, max_length=240)),
                ("person", models.CharField(max_length=64)),
                ("office", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_lines",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["book", "day"], name="bank_line_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "account", "key"), name="bank_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen", 0), _negated=True), name="bank_line_moves_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.CharField(blank=True, max_length=7)),
                ("account", models.CharField(max_length=8)),
                ("debit_fen", models.BigIntegerField(default=0)),
                ("credit_fen", models.BigIntegerField(default=0)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="months", to="ledger.book"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "month", "account"), name="month_account_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SubAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("person", models.CharField(max_length=64)),
                ("office", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subaccounts",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "code", "since"), name="subaccount_day_once")
                ],
            },
        ),
        *append_only("ledger_subaccount", "ledger"),
        *append_only("ledger_bankline", "ledger"),
        *append_only("ledger_breakrow", "ledger"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
