"""Values as people read them: the filters of the templates."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from gongjian.core.days import SHANGHAI

ABSENT: Final = "—"
MINUS: Final = "−"
"""As wide as a plus, and never taken for a hyphen; numbers for machines have the hyphen."""


def number(value: object) -> str:
    """A whole number with thousands commas; “—” where there is none."""
    return f"{value:,}".replace("-", MINUS) if isinstance(value, int) else ABSENT


def signed(value: float) -> str:
    """A whole number that came or went: +1,200, −3; 0 has no sign."""
    return f"{int(value):+,}".replace("-", MINUS) if value else "0"


def points(value: float, places: int) -> str:
    """A difference of shares of 1 in percentage points, cut off to so many places: +1.25."""
    cut = int(value * 10 ** (places + 2) + (1e-9 if value > 0 else -1e-9)) / 10**places
    return f"{cut:+.{places}f}".replace("-", MINUS) if cut else "0"


def percent(value: float | None) -> str:
    """A share in per cent, cut off and never rounded up: 0.99999 is 99%."""
    return ABSENT if value is None else f"{int(value * 100 + 1e-9)}%"


def day(value: date | None) -> str:
    """A day as 2011-12-28."""
    return ABSENT if value is None else value.isoformat()


def moment(value: datetime | None) -> str:
    """A moment in Shanghai as 2011-12-28 17:03."""
    return ABSENT if value is None else value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def weekday(value: date) -> str:
    """星期一 to 星期日."""
    return "星期" + "一二三四五六日"[value.weekday()]


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "number": number,
    "percent": percent,
    "day": day,
    "moment": moment,
    "weekday": weekday,
}
