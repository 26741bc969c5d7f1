"""Cells that hold a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from gongjian.ledgers.cells.raw import (
    Fault,
    Flaw,
    Raw,
    Read,
    attempt,
    clean_symbols,
    isfinite_number,
    plain_decimal,
    quoted,
)

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100
_SERIAL_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 73_416)  # 1927-05-18 … 2100-12-31
_HINT: Final = "请填写 2011-03-05 这样的日期"

_TIME: Final = re.compile(
    r"(?<=[0-9日号])[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_LOOSE: Final = re.compile(r"(?<=[^0-9]) +| +(?=[^0-9])")
_DAYS: Final = (
    re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"),
    re.compile(r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})[日号]?"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_MONTHS: Final = (
    re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月份?"),
    re.compile(r"([0-9]{4})([0-9]{2})"),
)
_AMBIGUOUS: Final = re.compile(r"([0-9]{4})\.([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the years 1900 … 2100; the value is a date.

    A month alone is its first day, with a warning. A numeric cell such as 2011.1 is refused:
    it may have been typed 2011.1 or 2011.10.
    """

    def read(self, raw: Raw) -> Read:
        """The day, or `date` or `date-ambiguous`; `date-month-only` is a warning."""
        return attempt(_day, raw)


def _day(raw: Raw) -> date | Read:
    if isinstance(raw, datetime):
        return _in_range(raw.date(), raw)
    if isinstance(raw, date):
        return _in_range(raw, raw)
    if isinstance(raw, str):
        return _from_text(clean_symbols(raw), raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and isfinite_number(raw):
        return _from_number(raw)
    raise _no_day(raw)


def _from_number(raw: float) -> date | Read:
    if abs(raw) >= 10**9:
        raise _no_day(raw)
    text = format(plain_decimal(raw), "f")
    typed = _AMBIGUOUS.fullmatch(text)
    if typed and 1 <= int(typed[2]) <= 12 and _FIRST_YEAR <= int(typed[1]) <= _LAST_YEAR:
        raise Fault(
            "date-ambiguous",
            f"“{text}”以数字格式存放，分不清 1 月还是 10 月这样的月份，{_HINT}。",
        )
    if "." in text:
        text = text.partition(".")[0] if int(raw) in _SERIALS else ""
    return _from_digits(text, raw)


def _from_text(text: str, raw: Raw) -> date | Read:
    text = _LOOSE.sub("", _TIME.sub("", text))
    for year, month, day in _numbers_of_day(text):
        return _built(year, month, day, raw)
    if text.isdecimal():
        return _from_digits(text, raw)
    return _from_month(text, raw)


def _from_digits(text: str, raw: Raw) -> date | Read:
    if len(text) == 8:
        return _built(int(text[:4]), int(text[4:6]), int(text[6:]), raw)
    if len(text) == 6:
        return _from_month(text, raw)
    if len(text) == 5 and int(text) in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=int(text))
        raise Fault(
            "date", f"{quoted(raw)}像是日期 {day} 的内部序号，请把该列设为日期格式，或{_HINT}。"
        )
    raise _no_day(raw)


def _numbers_of_day(text: str) -> Iterator[tuple[int, int, int]]:
    for pattern in _DAYS:
        found = pattern.fullmatch(text)
        if found:
            yield int(found[1]), int(found[3]), int(found[4])


def _from_month(text: str, raw: Raw) -> Read:
    for pattern in _MONTHS:
        found = pattern.fullmatch(text)
        if found:
            day = _built(int(found[1]), int(found[2]), 1, raw)
            message = f"{quoted(raw)}只有年月，按 {day} 处理，如不对请填完整日期。"
            return Read(day, (Flaw("date-month-only", "warning", message),))
    raise _no_day(raw)


def _built(year: int, month: int, day: int, raw: Raw) -> date:
    try:
        return _in_range(date(year, month, day), raw)
    except ValueError:
        raise Fault("date", f"{quoted(raw)}这一天不存在，{_HINT}。") from None


def _in_range(day: date, raw: Raw) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Fault(
            "date", f"{quoted(raw)}的年份不在 {_FIRST_YEAR}–{_LAST_YEAR} 之间，请核对后重填。"
        )
    return day


def _no_day(raw: Raw) -> Fault:
    return Fault("date", f"{quoted(raw)}不是可识别的日期，{_HINT}。")
