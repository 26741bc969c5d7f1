"""The days of a clock, one by one: which count, which are off, and the last one."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from gongjian.calendars.rules import Calendar
from gongjian.workflow.models import Todo

MOST: Final = 31
"""Days of a clock that are shown one by one."""

_WEEK: Final = "一二三四五六日"
_DAY: Final = timedelta(days=1)


class Cell(NamedTuple):
    """One day: its month where it begins, else its day of the week; its number; what it is."""

    head: str
    day: date
    said: str
    kind: str


def cells(todo: Todo, known: Calendar) -> list[Cell]:
    """The days of a clock that counts working days; none of one that is long, or counts all."""
    if todo.since is None or todo.due is None or not todo.working:
        return []
    if not 0 < (todo.due - todo.since).days <= MOST:
        return []
    found = [Cell(f"{todo.since.month}月", todo.since, "起", "now")]
    day, number = todo.since, 0
    while day < todo.due:
        day += _DAY
        number += known.works(day)
        head = f"{day.month}月" if day.day == 1 else f"周{_WEEK[day.weekday()]}"
        found.append(Cell(head, day, *_said(day, number, todo.due, known)))
    return found


def _said(day: date, number: int, due: date, known: Calendar) -> tuple[str, str]:
    if day == due:
        return f"截止 {number}", "due"
    special = known.special.get(day)
    if special is not None:
        return (f"调休 {number}", "swap") if special else ("放假", "hol")
    return (str(number), "") if known.works(day) else ("休", "off")


def working_days_left(due: date, day: date, known: Calendar) -> int:
    """Working days behind ``day`` up to and with ``due``; 0 where it is over."""
    return sum(known.works(day + _DAY * n) for n in range(1, (due - day).days + 1))
