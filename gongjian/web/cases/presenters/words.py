"""Deadlines, spans and values of rules in words."""

from datetime import date
from typing import Final

from gongjian.calendars.rules import Span
from gongjian.workflow.declare import Kind, Number
from gongjian.workflow.models import Todo

NEAR: Final = 3
"""Days left from which on a deadline is near."""


def left(due: date | None, day: date, *, paused: bool = False) -> tuple[str, str]:
    """(style of a tag, how much time is left)."""
    if paused:
        return "", "中止"
    if due is None:
        return "", "没有期限"
    days = (due - day).days
    if days < 0:
        return "bad", f"已过 {-days} 天"
    if days == 0:
        return "bad", "今天"
    return ("warn" if days <= NEAR else "act"), f"剩 {days} 天"


def span(found: Span) -> str:
    """10 个工作日, 15 日."""
    return f"{found.days} 个工作日" if found.working else f"{found.days} 日"


def value(number: Number, text: str) -> str:
    """The number of a rule as people read it."""
    return span(Span.read(text)) if number.kind == Kind.SPAN else text


def counted(todo: Todo, declared: Span | None) -> str:
    """How a last day was found: from where, how long, what was added, moved and not known."""
    if todo.since is None or todo.due is None:
        return "没有期限"
    said = [f"从 {todo.since} 起 {span(Span(todo.days, todo.working))}"]
    extra = todo.days - declared.days if declared else 0
    if extra > 0:
        said[0] += f"（其中因中止加了 {span(Span(extra, todo.working))}）"
    if todo.roll:
        said.append("遇休息日顺延")
    if not todo.published:
        said.append("放假安排还没有公布到那一天，先按周一至周五上班算")
    return "，".join(said)
