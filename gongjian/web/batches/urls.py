"""Addresses of batch deeds."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.batches import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/batch/", views.change, name="ledger-batch"),
]
