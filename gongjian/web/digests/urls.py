"""Addresses."""

from django.urls import URLPattern, URLResolver, path

from gongjian.web.digests import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/", views.own, name="own-mail"),
    path("jobs/mail/", views.sent, name="mail-sent"),
]
