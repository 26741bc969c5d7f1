"""The product's addresses, and that of the empty view."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from gongjian.web.rendering import page


def empty(request: HttpRequest) -> HttpResponse:
    """The frame of a page for whoever is signed in, with nothing in it."""
    return page(request, "base.html", {})


urlpatterns = [
    path("bench/empty/", empty),
    path("", include("gongjian.urls")),
]
