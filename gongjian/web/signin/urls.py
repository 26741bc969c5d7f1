"""Addresses of the sign-in: allauth's own names."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
