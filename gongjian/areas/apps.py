"""Django application of the areas room."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "gongjian.areas"
    label = "areas"
    verbose_name = "区划"
