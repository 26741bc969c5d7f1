"""The first page."""

from django.http import HttpRequest, HttpResponse

from gongjian.web.rendering import page


def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after the sign-in."""
    return page(request, "home.html", {})
