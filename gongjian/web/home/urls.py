"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.home import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("home/figures/", views.figures, name="home-figures"),
    path("home/changes/", views.changes, name="home-changes"),
]
