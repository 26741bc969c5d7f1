"""What every template has at hand."""

from functools import lru_cache, partial
from typing import Any, Final

from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from jinja2 import Environment, StrictUndefined

from gongjian.accounts.models import User
from gongjian.core.access import Permission
from gongjian.core.days import now, today
from gongjian.web import text
from gongjian.web.marks import marks
from gongjian.web.moment import AsOf, bar
from gongjian.web.navigation import entries, help_topic
from gongjian.web.posts import held, permissions

_CSRF_INPUT: Final = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'


def environment(**options: Any) -> Environment:
    """Jinja2 with our filters; a name that is not there is an error and no silent blank."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(autoescape=options.pop("autoescape", True), **options)
    # The files stay as they are while the product runs; a developer changes them meanwhile.
    file = static if settings.DEBUG else lru_cache(maxsize=256)(static)
    env.globals.update(static=file, url=url, now=now, bar_width=bar_width, field_marks=field_marks)
    env.filters.update(text.FILTERS)
    return env


@lru_cache(maxsize=512)
def url(name: str, *args: object) -> str:
    """The address of a named page."""
    return reverse(name, args=args)


def to(asof: AsOf, name: str, *args: object, **more: object) -> str:
    """The address of a named page at the moment ``asof``, with ``more`` in its query.

    In templates ``to(name, …)`` is of the moment of the page: whatever has a past is led to so.
    """
    return reverse(name, args=args) + asof.query(**more)


def bar_width(value: float | None, maximum: float) -> str:
    """How far a bar of 100 reaches; never beyond its end."""
    share = (value or 0) / maximum if maximum > 0 else 0
    return f"{min(max(share, 0), 1) * 100:.1f}"


def field_marks(field: BoundField, style: str) -> dict[str, str]:
    """Attributes of an input: its class, and where its help and its errors stand in the page."""
    own = field.field.widget.attrs.get("class", "")
    words = [style, own, "bad" if field.errors else ""]
    marks = {"class": " ".join(w for w in words if w)}
    told = [
        f"{field.auto_id}_{part}"
        for part, there in (("helptext", field.help_text), ("error", field.errors))
        if there
    ]
    if told:
        marks["aria-describedby"] = " ".join(told)
    if field.errors:
        marks["aria-invalid"] = "true"
    return marks


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame of a page shows: who, where, which day, what was known."""
    signed_in = isinstance(getattr(request, "user", None), User)
    asof = getattr(request, "asof", None) or AsOf(day=today())
    frame: dict[str, Any] = {
        "navigation": [],
        "posts": [],
        "moment_bar": None,
        "help_topic": "home",
        "may_search": False,
        "sees_trail": False,
    }
    if signed_in:
        frame = {
            "navigation": entries(request),
            "posts": held(request),
            "moment_bar": SimpleLazyObject(partial(bar, request, asof)),
            "help_topic": help_topic(request),
            "may_search": Permission.SEE_LEDGERS in permissions(request),
            "sees_trail": Permission.SEE_TRAIL in permissions(request),
            "shell_marks": partial(marks, request.user.pk),
        }
    # Asked for once: each call makes the same word unlike the last one, letter by letter.
    token = get_token(request)
    return frame | {
        "csrf_token": token,
        "csrf_input": format_html(_CSRF_INPUT, token),
        "to": partial(to, asof),
        "asof": asof,
        "signed_in": signed_in,
        "messages": get_messages(request),
        "today": today(),
        "demo": settings.DEMO,
    }
