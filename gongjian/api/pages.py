"""Addresses of the pages about the api; without the api itself, so that a page loads none of it."""

from django.urls import URLPattern, URLResolver, path

from gongjian.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", views.about, name="api"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.new, name="token-new"),
    path("tokens/<int:number>/revoke/", views.revoke, name="token-revoke"),
]
