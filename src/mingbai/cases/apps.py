from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "mingbai.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose categories.yaml cannot be read here; vouchers on contracts are performance."""
        from mingbai.cases.rules.categories import CATEGORIES_FILE, read_categories
        from mingbai.cases.services.performing import perform
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.ledger.services import hear_vouchers

        hear_vouchers(perform)
        register_reader(CATEGORIES_FILE, read_categories)
