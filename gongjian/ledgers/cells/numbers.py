"""Cells that hold a number: people, money, percentages."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gongjian.ledgers.cells.raw import (
    Fault,
    Raw,
    Read,
    attempt,
    clean_symbols,
    isfinite_number,
    plain_decimal,
    quoted,
)

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?")
_MOST_PEOPLE: Final = 2_147_483_647
_MOST_YUAN: Final = 1_000_000_000_000
_MOST_PERCENT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Count:
    """Whole people or things, 0 … 2 147 483 647; the value is an int."""

    def read(self, raw: Raw) -> Read:
        """The number of people, or `type` or `range`."""
        return attempt(_count, raw)


@dataclass(frozen=True, slots=True)
class Money:
    """Yuan with two decimals (further ones are rounded); the value is an int of fen."""

    def read(self, raw: Raw) -> Read:
        """The amount in fen, or `type` or `range`."""
        return attempt(_money, raw)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage; the value is an int of hundredths of a percent: 8.5 % is 850.

    A number below 1 without a percent sign is what a cell formatted as percent holds.
    """

    def read(self, raw: Raw) -> Read:
        """The percentage in hundredths of a percent, or `type` or `range`."""
        return attempt(_percent, raw)


def _count(raw: Raw) -> int:
    value = _number(raw)
    if value != value.to_integral_value():
        raise Fault("type", f"{quoted(raw)}有小数，请填整数。")
    return int(_within(value, _MOST_PEOPLE, raw))


def _money(raw: Raw) -> int:
    return _hundredths(_within(_number(raw), _MOST_YUAN, raw))


def _percent(raw: Raw) -> int:
    text = clean_symbols(raw) if isinstance(raw, str) else None
    if text is not None and text.endswith("%"):
        value = _parsed(text.removesuffix("%").rstrip(), raw)
    else:
        value = _number(raw)
        value = value * 100 if abs(value) < 1 else value
    return _hundredths(_within(value, _MOST_PERCENT, raw))


def _number(raw: Raw) -> Decimal:
    if isinstance(raw, str):
        return _parsed(clean_symbols(raw), raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite_number(raw):
        raise _not_a_number(raw)
    return plain_decimal(raw)


def _parsed(text: str, raw: Raw) -> Decimal:
    if not _NUMBER.fullmatch(text) or not any(c.isdigit() for c in text):
        raise _not_a_number(raw)
    return Decimal(text.replace(",", ""))


def _not_a_number(raw: Raw) -> Fault:
    return Fault("type", f"{quoted(raw)}不是数，请填阿拉伯数字。")


def _within(value: Decimal, most: int, raw: Raw) -> Decimal:
    if value < 0:
        raise Fault("range", f"{quoted(raw)}是负数，请填不小于 0 的数。")
    if value > most:
        raise Fault("range", f"{quoted(raw)}太大，请填不超过 {most} 的数。")
    return value


def _hundredths(value: Decimal) -> int:
    return int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))
