from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "mingbai.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose accounts, statements or rules of cash cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.ledger.rules import read_chart
        from mingbai.ledger.rules.cash_file import CASH_FILE, read_handling
        from mingbai.ledger.rules.statements import read_layout

        register_reader("accounts.yaml", read_chart)
        register_reader("statements.yaml", read_layout)
        register_reader(CASH_FILE, read_handling)
