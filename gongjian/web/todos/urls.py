"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.todos import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.todos, name="todos"),
    path("seen/", views.seen, name="todos-seen"),
    path("overdue/", views.overdue, name="overdue"),
    path("overdue/urge/", views.urge_, name="overdue-urge"),
]
