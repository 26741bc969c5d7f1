"""Django application of the calendars room."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "gongjian.calendars"
    label = "calendars"
    verbose_name = "工作日历"
