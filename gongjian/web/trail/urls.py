"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.trail import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("trail/", views.trail, name="trail"),
    path("looks/", views.looks, name="looks"),
    path("access/", views.access, name="access"),
    path("verify/", views.verify, name="trail-verify"),
    path("verify/<int:number>/", views.verified, name="trail-verified"),
    path("trail/<int:number>/", views.link, name="trail-link"),
]
