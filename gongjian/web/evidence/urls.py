"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.evidence import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("downloads/<int:job>/", views.download, name="evidence-download"),
    path("<str:code>/", views.ask, name="evidence"),
]
