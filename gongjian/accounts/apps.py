"""Django application of the accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gongjian.accounts"
    label = "accounts"
    verbose_name = "人员与岗位"
