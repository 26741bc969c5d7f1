"""Which day a page is about and what was known: the two times in the address of every page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from gongjian.core.days import parse_day, today
from gongjian.core.errors import Refused, WrongUse


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The day (``?at=2011-12-25``, absent: today) and the change known (``?known=57``, absent: all).

    ``present`` is today with all that is known: the only moment at which anything may be changed.
    """

    day: date
    known_at: int | None = None

    @property
    def present(self) -> bool:
        return self.known_at is None and self.day == today()

    def parameters(self) -> dict[str, str]:
        """What an address must carry to mean this moment; nothing for the present."""
        at = {} if self.day == today() else {"at": self.day.isoformat()}
        known = {} if self.known_at is None else {"known": str(self.known_at)}
        return at | known

    def query(self, **more: object) -> str:
        """A query string of this moment and ``more`` (None is left out), with its ``?`` or empty."""
        given = {k: str(v) for k, v in more.items() if v is not None}
        text = urlencode(self.parameters() | given)
        return f"?{text}" if text else ""


def as_of(request: HttpRequest) -> AsOf:
    """The moment that the address names; Refused with a sentence where it is none."""
    at, known = request.GET.get("at", "").strip(), request.GET.get("known", "").strip()
    return AsOf(day=_day(at), known_at=_change(known))


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        return parse_day(text)
    except WrongUse as error:
        raise Refused(error.sentence) from error


def _change(text: str) -> int | None:
    if not text:
        return None
    if text.isdecimal() and text.isascii() and len(text) < 15:
        return int(text)
    raise Refused(f"“{text}”不是变更号，请填一个不小于 0 的整数，或留空看此刻所知。")
