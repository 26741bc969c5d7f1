"""Which day a page is about and what was known: the two times in the address of every page."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest

from gongjian.accounts.actions.checks import EARLIEST, LATEST
from gongjian.core.days import CUT_OFF, SHANGHAI, parse_day, today
from gongjian.core.errors import Refused, WrongUse
from gongjian.history.models import Change
from gongjian.history.state import keep_answers, latest

_DAYS_KEPT: Final = 200
_NOT_KEPT: Final = frozenset({"at", "known", "after", "before"})
"""Parameters that a change of the moment drops: the moment itself and places in a list."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A moment one click away."""

    title: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The bar of day and knowledge: what it offers, and in words what the page shows.

    ``kept`` are the other parameters of the page; ``knowledge`` the choices (value, title).
    """

    presets: list[Preset]
    kept: list[tuple[str, str]]
    knowledge: list[tuple[str, str]]
    state: str
    back: str


def as_of(request: HttpRequest) -> AsOf:
    """The moment that the address names; Refused with a sentence where it is none."""
    at, known = request.GET.get("at", "").strip(), request.GET.get("known", "").strip()
    return AsOf(day=day_in(at), known_at=_change(known))


def moment_of(request: HttpRequest) -> AsOf:
    """The moment of the page, as the door read it."""
    asof: AsOf = request.__dict__["asof"]
    return asof


def bar(request: HttpRequest, asof: AsOf) -> Bar:
    """What the bar of this page shows; one query, and only for a past day."""
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in _NOT_KEPT
        for value in values
    ]
    known = [] if asof.known_at is None else [("known", str(asof.known_at))]

    def address(day: date) -> str:
        at = [] if day == today() else [("at", day.isoformat())]
        return f"?{urlencode([*kept, *at, *known])}"

    return Bar(
        presets=[
            Preset(title=title, address=address(day), here=day == asof.day)
            for title, day in presets(today()).items()
        ],
        kept=kept,
        knowledge=_knowledge(asof),
        state=_in_words(asof),
        back=f"?{urlencode(kept)}",
    )


def presets(day: date) -> dict[str, date]:
    """Days often asked for, seen from ``day``."""
    last_month = day.replace(day=1) - timedelta(days=1)
    return {
        "今天": day,
        f"上月 {CUT_OFF} 日": last_month.replace(day=CUT_OFF),
        "半年前": _months_before(day, 6),
        "年初": day.replace(month=1, day=1),
    }


def newest_change_on(day: date) -> int:
    """The newest change at the end of ``day`` in Shanghai; 0 before the first."""
    return _newest_on(latest(), day)


@keep_answers(_DAYS_KEPT)
def _newest_on(day: date) -> int:
    end = datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
    before = Change.objects.filter(at__lt=end).order_by("-number")
    return before.values_list("number", flat=True).first() or 0


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _knowledge(asof: AsOf) -> list[tuple[str, str]]:
    choices = {"": "此刻所知"}
    if asof.day < today():
        choices[str(newest_change_on(asof.day))] = "当天所知"
    if asof.known_at is not None:
        choices.setdefault(str(asof.known_at), f"到第 {asof.known_at} 号变更")
    return list(choices.items())


def _in_words(asof: AsOf) -> str:
    if asof.present:
        return "实时，含此刻已入库的全部更改"
    knowledge = (
        "含以后补录和更正" if asof.known_at is None else f"只用第 {asof.known_at} 号变更及以前的"
    )
    if asof.day == today():
        return f"正在看过去所知，只读 · {knowledge}"
    if asof.day > today():
        return f"正在看将来的 {asof.day}，只读 · 只含已登记的将来事项"
    return f"正在看 {asof.day} 当天，只读 · {knowledge}"


def day_in(text: str) -> date:
    """The day that an address names, today where it names none; Refused with a sentence."""
    if not text:
        return today()
    try:
        day = parse_day(text)
    except WrongUse as error:
        raise Refused(error.sentence) from error
    if not EARLIEST <= day <= LATEST:
        raise Refused(f"日期“{day}”太早或太晚，请填 {EARLIEST} 至 {LATEST} 之间的日期。")
    return day


def _change(text: str) -> int | None:
    if not text:
        return None
    if text.isdecimal() and text.isascii() and len(text) < 15:
        return int(text)
    raise Refused(f"“{text}”不是变更号，请填一个不小于 0 的整数，或留空看此刻所知。")
