"""Addresses of the grid."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.pasting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("paste/<slug:slug>/", views.paste, name="import-paste"),
]
