"""How mail went, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from gongjian.web.digests.models import Digest, DigestState


def server() -> str:
    """The server that takes the mail; blank where there is none."""
    if not settings.EMAIL_HOST:
        return ""
    secured = (
        "TLS" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else "不加密"
    )
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}（{secured}）"


def days(found: Iterable[tuple[date, str, int]]) -> list[dict[str, Any]]:
    """For each day how many digests came to which end, the newest first."""
    lines: dict[date, dict[str, int]] = {}
    for day, state, number in found:
        lines.setdefault(day, {})[state] = number
    return [
        {
            "day": day,
            "sent": said.get(DigestState.SENT, 0),
            "waiting": said.get(DigestState.WAITING, 0) + said.get(DigestState.SENDING, 0),
            "nothing": said.get(DigestState.NOTHING, 0),
            "failed": said.get(DigestState.FAILED, 0) + said.get(DigestState.UNKNOWN, 0),
        }
        for day, said in sorted(lines.items(), reverse=True)
    ]


def troubles(found: Iterable[Digest]) -> list[dict[str, Any]]:
    """What did not go out: whose, on which day, why."""
    return [
        {
            "person": one.person,
            "day": one.day,
            "state": DigestState(one.state).label,
            "kind": "bad" if one.state == DigestState.FAILED else "warn",
            "tries": one.tries,
            "sentence": one.sentence,
        }
        for one in found
    ]
