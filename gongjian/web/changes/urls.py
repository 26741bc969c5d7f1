"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.changes import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.changes, name="changes"),
    path("<int:number>/", views.change, name="change"),
    path("<int:number>/undo/", views.undo, name="change-undo"),
]
