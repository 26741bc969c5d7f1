"""What was typed into a form is not lost with the sign-in: it waits, sealed, for the same person.

A form that wants this carries ``mark(request)`` as the field MARK. When it is sent after the
sign-in has ended, or with the token of an earlier one, the door keeps it and leads through the
sign-in back to the form, which asks ``take(request)`` for it.
"""

import base64
import json
from typing import Final

from django.core import signing
from django.http import HttpRequest

from gongjian.core.errors import Refused
from gongjian.history.keys import field_keys

MARK: Final = "whose"
"""Name of the hidden field."""

_KEPT: Final = "draft"
_LABEL: Final = "web.draft"
_DAYS: Final = 1
_LARGEST: Final = 64 << 10
"""Characters."""

_NOT_KEPT: Final = frozenset({MARK, "csrfmiddlewaretoken", "token"})


def mark(request: HttpRequest) -> str:
    """Says whose form this is and where it was opened; nobody else can make one."""
    return signing.dumps([request.user.pk, request.path], salt=_LABEL)


def keep(request: HttpRequest) -> bool:
    """Keep what was sent, where it is a form that wants this; is there something to go back to?

    Only what bears a mark of ours is taken, so that strangers cannot fill the table of sign-ins.
    """
    if request.method != "POST" or MARK not in request.POST:
        return False
    whose = _owner(request.POST[MARK], request.path)
    sent = {name: str(request.POST[name]) for name in request.POST if name not in _NOT_KEPT}
    told = json.dumps({"whose": whose, "path": request.path, "sent": sent}, ensure_ascii=False)
    if whose is None or len(told) > _LARGEST:
        return False
    request.session[_KEPT] = base64.b64encode(field_keys().seal(told, _LABEL)).decode()
    return True


def take(request: HttpRequest) -> dict[str, str]:
    """What the one who asks had typed into the form of this page; it is kept no longer."""
    kept = request.session.get(_KEPT)
    if kept is None:
        return {}
    try:
        told = json.loads(field_keys().open(base64.b64decode(kept), _LABEL))
    except Refused:  # sealed under a key that is no more
        told = {"whose": None, "path": request.path}
    if told["whose"] != request.user.pk:
        del request.session[_KEPT]
        return {}
    if told["path"] != request.path:
        return {}
    del request.session[_KEPT]
    sent: dict[str, str] = told["sent"]
    return sent


def _owner(text: str, path: str) -> int | None:
    try:
        whose, where = signing.loads(text, salt=_LABEL, max_age=_DAYS * 86400)
    except signing.BadSignature:
        return None
    return int(whose) if where == path else None
