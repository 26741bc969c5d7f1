"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.matrix import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.chart, name="matrix"),
    path("data/", views.data, name="matrix-data"),
    path("export/", views.export, name="matrix-export"),
]
