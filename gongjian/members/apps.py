"""Django application of the members room."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "gongjian.members"
    label = "members"
    verbose_name = "会员"
