"""Django application of the employers room."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "gongjian.employers"
    label = "employers"
    verbose_name = "用人单位"
