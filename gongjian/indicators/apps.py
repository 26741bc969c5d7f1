"""Django application of the indicator engine: finds the declarations of the rooms above."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from gongjian.indicators.declare import CATALOG


class IndicatorsConfig(AppConfig):
    name = "gongjian.indicators"
    label = "indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        """Import every room's ``indicators`` module, then see that every code named exists."""
        autodiscover_modules("indicators")
        CATALOG.resolve()
        from gongjian.history.record import follow  # noqa: PLC0415 - needs the registry
        from gongjian.indicators.store.upkeep import keep  # noqa: PLC0415

        follow(keep)
