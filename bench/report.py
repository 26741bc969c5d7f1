"""Results as they travel from the measuring processes, and the table they end in."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bench.stages import load

_HEADS: Final = ("database", "measure", "value", "target", "× floor", "peak MiB", "load", "notes")
_RIGHT: Final = {2, 3, 4, 5, 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the table.

    ``floor`` is the same work in the plainest way, in the unit of ``value``; ``target`` is what
    the product promises and says which side of it is the good one.
    """

    measure: str
    value: float
    unit: str
    target: str = ""
    floor: float | None = None
    peak: int | None = None
    load: float = 0.0
    notes: str = ""

    @property
    def ratio(self) -> str:
        """How many times the floor's time this took."""
        if not self.floor or not self.value:
            return ""
        times = self.value / self.floor if self.unit == "s" else self.floor / self.value
        return f"{times:.1f}"


def tell(result: Result) -> None:
    """Send a result to the process that prints the table."""
    print(json.dumps(asdict(result) | {"load": load()}, ensure_ascii=False), flush=True)


def heard(line: str) -> Result | None:
    """The result in a line; None where the line is something else."""
    return Result(**json.loads(line)) if line.startswith('{"measure"') else None


def table(results: Sequence[tuple[str, Result]]) -> str:
    """All results under one another."""
    lines = [_HEADS, *(_line(database, result) for database, result in results)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_ruled(line, widths) for line in lines)


def _line(database: str, result: Result) -> tuple[str, ...]:
    number = f"{result.value:,.0f}" if result.value >= 100 else f"{result.value:.2f}"
    return (
        database,
        result.measure,
        f"{number} {result.unit}",
        result.target,
        result.ratio,
        "" if result.peak is None else f"{result.peak:,}",
        f"{result.load:.1f}",
        result.notes,
    )


def _ruled(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = []
    for at, (text, width) in enumerate(zip(line, widths, strict=True)):
        gap = " " * (width - _width(text))
        cells.append(gap + text if at in _RIGHT else text + gap)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
