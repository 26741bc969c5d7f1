"""Django application of the ledger engine: finds the declarations of the rooms above."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgersConfig(AppConfig):
    name = "gongjian.ledgers"
    label = "ledgers"
    verbose_name = "台账"

    def ready(self) -> None:
        """Import every room's ``ledger`` module; each registers what it declares."""
        autodiscover_modules("ledger")
