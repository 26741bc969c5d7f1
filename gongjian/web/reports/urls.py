"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.reports import differing, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.month, name="reports"),
    path("difference/", differing.difference, name="report-difference"),
    path("difference/export/", differing.export, name="report-difference-export"),
    path("difference/downloads/<int:job>/", differing.download, name="report-difference-download"),
    path("open/", views.open_, name="report-open"),
    path("lock/", views.lock_, name="report-lock"),
    path("urge/", views.urge_, name="report-urge"),
    path("<int:case_id>/take/", views.take_, name="report-take"),
]
