"""Addresses of export profiles."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.profiles import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/templates/", views.index, name="export-profiles"),
    path("<slug:slug>/templates/<int:number>/", views.profile, name="export-profile"),
]
