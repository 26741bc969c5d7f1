"""Values as people read them: the filters of the templates."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from gongjian.core.days import SHANGHAI

ABSENT: Final = "—"


def number(value: object) -> str:
    """A whole number with thousands commas; “—” where there is none."""
    return f"{value:,}" if isinstance(value, int) else ABSENT


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
