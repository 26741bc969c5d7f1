"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.reports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.month, name="reports"),
    path("todos/", views.todos, name="todos"),
    path("todos/seen/", views.seen, name="todos-seen"),
    path("difference/", views.difference, name="report-difference"),
    path("open/", views.open_, name="report-open"),
    path("lock/", views.lock_, name="report-lock"),
    path("<int:case_id>/take/", views.take_, name="report-take"),
]
