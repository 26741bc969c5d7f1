"""What every template has at hand."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from gongjian.accounts.models import User
from gongjian.core.days import today
from gongjian.web import text
from gongjian.web.moment import AsOf
from gongjian.web.navigation import entries


def environment(**options: Any) -> Environment:
    """Jinja2 with our filters; a name that is not there is an error and no silent blank."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(autoescape=options.pop("autoescape", True), **options)
    env.globals.update(static=static, url=url)
    env.filters.update(text.FILTERS)
    return env


def url(name: str, *args: object) -> str:
    """The address of a named page."""
    return reverse(name, args=args)


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame of a page shows: who, where, which day, what was known."""
    signed_in = isinstance(request.user, User)
    return {
        "csrf_token": get_token(request),
        "asof": getattr(request, "asof", None) or AsOf(day=today()),
        "navigation": entries(request) if signed_in else [],
        "signed_in": signed_in,
        "today": today(),
        "demo": settings.DEMO,
    }
