"""A row on its way into the ledger, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

Level = Literal["error", "warning"]


class _Clear:
    """The word 清空 in a cell."""

    def __repr__(self) -> str:
        return "CLEAR"


CLEAR: Final = _Clear()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do. ``row`` is the number Excel shows."""

    row: int | None
    column: str | None
    value: str | None
    level: Level
    code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "level": self.level,
            "code": self.code,
            "message": self.message,
        }


@dataclass(slots=True)
class Row:
    """One data row: values by field, words still to be looked up by field, what was written.

    ``undated`` once something it says holds from the day of the import, for want of a day.
    """

    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    by_number: bool = False
    undated: bool = False

    @property
    def bad(self) -> bool:
        return bool(self.problems) and any(p.level == "error" for p in self.problems)

    def faulty(self, column: str) -> bool:
        """Was an error of this cell named already? ``column`` is its header."""
        return any(p.level == "error" and p.column == column for p in self.problems)

    def error(self, column: str, code: str, message: str, value: str | None = None) -> None:
        """Name an error of this row."""
        self.problems.append(Problem(self.number, column, value, "error", code, message))

    def warn(self, column: str, code: str, message: str, value: str | None = None) -> None:
        """Name something that deserves a look but does not keep the row out."""
        self.problems.append(Problem(self.number, column, value, "warning", code, message))
