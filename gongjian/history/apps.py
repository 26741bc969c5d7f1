"""Django application of the history room."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "gongjian.history"
    label = "history"
    verbose_name = "变更与留痕"
