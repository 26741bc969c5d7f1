"""What happens at the door, as links of the trail."""

from django.http import HttpRequest

from gongjian.accounts.models import User
from gongjian.history import trail
from gongjian.web.signin.address import client_ip


def note(request: HttpRequest, deed: str, user: User | None, **more: object) -> None:
    """Record a deed at the door, with the address it came from.

    Of a name that nobody bears only this is kept: what was typed there may be a password.
    """
    body: dict[str, object] = {"deed": deed, "address": client_ip(request)}
    if user is not None:
        body |= {"user": user.pk, "username": user.username}
    trail.note("sign-in", body | more)
