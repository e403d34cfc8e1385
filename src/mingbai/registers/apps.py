from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "mingbai.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No edition is confirmed whose objects.yaml or contracts.yaml cannot be read here."""
        from mingbai.catalogue.rules.readers import register_reader
        from mingbai.registers.rules.contract_kinds import CONTRACTS_FILE, read_contract_kinds
        from mingbai.registers.rules.kinds import OBJECTS_FILE, read_kinds

        register_reader(OBJECTS_FILE, read_kinds)
        register_reader(CONTRACTS_FILE, read_contract_kinds)
