"""The head of the grid: the columns of a ledger with their names, hints and choices."""

from dataclasses import dataclass
from typing import Any, Final

from gongjian.ledgers.cells import Choice, Count, Day, Money, Percent, YesNo
from gongjian.ledgers.declare import Column, Ledger
from gongjian.web.pasting.cells import known_heads

_HOW: Final[dict[type[Any], str]] = {
    Day: "日期，如 2011-03-05",
    Count: "不小于 0 的整数",
    Money: "金额（元），可带两位小数",
    Percent: "百分数，如 8.5%",
}


@dataclass(frozen=True, slots=True)
class Head:
    """One column; ``names`` are all it goes by, normalised, ``choices`` what it chooses from."""

    field: str
    title: str
    required: bool
    hint: str
    names: str
    choices: tuple[str, ...]


def heads(ledger: Ledger, pointing: dict[str, str]) -> list[Head]:
    """The columns in the order of the paper."""
    names: dict[str, list[str]] = {}
    for name, header in known_heads(ledger, pointing).items():
        names.setdefault(header, []).append(name)
    return [
        Head(
            column.field,
            column.header,
            column.required,
            _hint(column),
            "\n".join(names.get(column.header, ())),
            _choices(column),
        )
        for column in ledger.columns
    ]


def _choices(column: Column) -> tuple[str, ...]:
    if isinstance(column.kind, YesNo):
        return ("是", "否")
    return column.kind.values if isinstance(column.kind, Choice) else ()


def _hint(column: Column) -> str:
    """What belongs there, in few words: the help of the declaration, else how it is written."""
    if column.help:
        return column.help
    written = next((words for kind, words in _HOW.items() if isinstance(column.kind, kind)), "")
    choices = _choices(column)
    listed = "、".join(choices[:3]) + ("等" if len(choices) > 3 else "")
    return written or listed or (f"例：{column.example}" if column.example else "")
