"""Django application of the bargaining room."""

from django.apps import AppConfig


class BargainingConfig(AppConfig):
    name = "gongjian.bargaining"
    label = "bargaining"
    verbose_name = "工资集体协商"
