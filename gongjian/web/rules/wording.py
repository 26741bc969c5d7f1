"""Numbers of rules and stretches of days in words."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from gongjian.calendars.rules import Span
from gongjian.workflow.declare import Kind, Number

WEEKEND = "周末"
_DAY = timedelta(days=1)


def in_words(number: Number | None, value: str) -> str:
    """“3 个工作日”，“15 天”，“当天”; other kinds as they are written."""
    if number is None or number.kind != Kind.SPAN:
        return value
    days, working = Span.read(value)
    if not days:
        return "当天"
    return f"{days} 个工作日" if working else f"{days} 天"


class Stretch(NamedTuple):
    """Days one after the other of which the same is to be said."""

    first: date
    last: date
    what: str

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first}"
        return f"{self.first} 至 {self.last}"


def stretches(days: Iterable[tuple[date, str]]) -> list[Stretch]:
    """Days with what is to be said of each, in their order, put together where they follow."""
    found: list[Stretch] = []
    for day, what in days:
        if found and found[-1].last + _DAY == day and found[-1].what == what:
            found[-1] = found[-1]._replace(last=day)
        else:
            found.append(Stretch(day, day, what))
    return found
