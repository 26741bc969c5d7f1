"""Django application of the files room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "gongjian.files"
    label = "files"
    verbose_name = "文件"
