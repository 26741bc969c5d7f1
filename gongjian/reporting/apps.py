"""Django application of the reporting room."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "gongjian.reporting"
    label = "reporting"
    verbose_name = "月报"
