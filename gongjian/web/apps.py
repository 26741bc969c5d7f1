"""Django application of the web room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gongjian.web"
    label = "web"
    verbose_name = "网页"
