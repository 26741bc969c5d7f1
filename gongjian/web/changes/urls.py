"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.changes import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.changes, name="changes"),
    path("<int:number>/", views.change, name="change"),
    path("<int:number>/undo/", views.undo, name="change-undo"),
    path("<int:number>/undo/panel/", views.panel, name="change-undo-panel"),
    path("<int:number>/undo/foretell/", views.foretell, name="change-foretell"),
]
