"""Django application of the jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "gongjian.jobs"
    label = "jobs"
    verbose_name = "后台作业"
