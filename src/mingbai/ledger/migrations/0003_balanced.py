"""The database itself refuses a voucher that does not balance, and a line added to a voucher that stands.

Lines are written first (their foreign key is deferred to the end of the transaction); the insert of their
voucher adds them up. A line whose voucher never comes fails the foreign key.
"""

from __future__ import annotations

from django.db import migrations

from mingbai.journal.append_only import Triggers

SQLITE = (
    """
CREATE TRIGGER ledger_voucher_balanced BEFORE INSERT ON ledger_voucher
WHEN (SELECT COUNT(*) < 2 OR SUM(debit_fen) <> SUM(credit_fen) OR SUM(debit_fen) < NEW.amount_fen
      FROM ledger_linerow WHERE voucher_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ledger_voucher does not balance'); END
""",
    """
CREATE TRIGGER ledger_linerow_before_voucher BEFORE INSERT ON ledger_linerow
WHEN EXISTS (SELECT 1 FROM ledger_voucher WHERE id = NEW.voucher_id)
BEGIN SELECT RAISE(ABORT, 'ledger_voucher already stands'); END
""",
)
POSTGRESQL = (
    """
CREATE FUNCTION ledger_voucher_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT COUNT(*) < 2 OR SUM(debit_fen) <> SUM(credit_fen) OR SUM(debit_fen) < NEW.amount_fen
      FROM ledger_linerow WHERE voucher_id = NEW.id) THEN
    RAISE EXCEPTION 'ledger_voucher does not balance' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_voucher_balanced BEFORE INSERT ON ledger_voucher
FOR EACH ROW EXECUTE FUNCTION ledger_voucher_balanced();
""",
    """
CREATE FUNCTION ledger_linerow_before_voucher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_voucher WHERE id = NEW.voucher_id) THEN
    RAISE EXCEPTION 'ledger_voucher already stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_linerow_before_voucher BEFORE INSERT ON ledger_linerow
FOR EACH ROW EXECUTE FUNCTION ledger_linerow_before_voucher();
""",
)
NAMES = (("ledger_voucher_balanced", "ledger_voucher"), ("ledger_linerow_before_voucher", "ledger_linerow"))


def install(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for name, table in NAMES:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [Triggers(install, remove)]
