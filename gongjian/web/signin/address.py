"""From which address someone asks."""

from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

UNKNOWN: Final = "0.0.0.0"  # noqa: S104 - told where a server names no address, bound to nothing


def client_ip(request: HttpRequest) -> str:
    """The address of the browser.

    ``settings.PROXIES`` says how many servers of our own stand in front. Each adds an address
    behind X-Forwarded-For; what a stranger wrote before these counts for nothing.
    """
    proxies: int = settings.PROXIES
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    heard = request.META.get("REMOTE_ADDR") or UNKNOWN
    if 0 < proxies <= len(said):
        heard = said[-proxies].strip()
    try:
        return str(ip_address(heard))
    except ValueError:
        return UNKNOWN


def told(
    username: str,  # noqa: ARG001 - may be a password typed in the wrong place
    address: str,
    agent: str,  # noqa: ARG001
    path: str,
    request: HttpRequest,  # noqa: ARG001
) -> str:
    """What a log says of whoever gave a wrong password."""
    return f"{address} {path}"
