"""Django application of the unions room."""

from django.apps import AppConfig


class UnionsConfig(AppConfig):
    name = "gongjian.unions"
    label = "unions"
    verbose_name = "工会"
