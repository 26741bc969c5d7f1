"""The version tables put together from export folders, as SQL that DuckDB and Spark both read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongjian.history.shapes import Shape
from gongjian.indicators.lake.columns import Column, columns_of
from gongjian.indicators.lake.manifest import CLOSED, ROWS, Export


@dataclass(frozen=True, slots=True)
class Assembly:
    """One version table over a sequence of exports; ``quote`` is the engine's for names."""

    shape: Shape
    exports: Sequence[Export]
    quote: str

    def files(self) -> Iterator[tuple[str, Path]]:
        """(name to know it by, file) of every file that ``query`` reads."""
        for part in (ROWS, CLOSED):
            for number, export in self._telling(part):
                yield self._alias(part, number), export.path(self.shape.slug, part)

    def query(self) -> str:
        """The version table as it was after the last export.

        Secret columns, and those that an export was made too early to have, are NULL of their
        type. A version of one export may have been removed in the range of a later one.
        """
        columns = columns_of(self.shape)
        rows = " UNION ALL ".join(
            f"SELECT {self._named(columns, export.ledgers[self.shape.slug].columns)}"
            f" FROM {self._alias(ROWS, number)}"
            for number, export in self._telling(ROWS)
        )
        closed = " UNION ALL ".join(
            f"SELECT vid, removed_in FROM {self._alias(CLOSED, number)}"
            for number, _ in self._telling(CLOSED)
        )
        if not rows:
            return f"SELECT {self._named(columns, ())} WHERE 1 = 0"
        if not closed:
            return rows
        names = ", ".join(self._settled(column.name) for column in columns)
        return f"SELECT {names} FROM ({rows}) AS r LEFT JOIN ({closed}) AS c ON r.vid = c.vid"

    def _telling(self, part: str) -> Iterator[tuple[int, Export]]:
        """The exports whose file of that part holds anything."""
        for number, export in enumerate(self.exports):
            stock = export.ledgers.get(self.shape.slug)
            if stock and getattr(stock, part).rows:
                yield number, export

    def _named(self, columns: Iterable[Column], there: Sequence[str]) -> str:
        return ", ".join(
            self._quoted(c.name)
            if c.name in there
            else f"CAST(NULL AS {c.kind.sql}) AS {self._quoted(c.name)}"
            for c in columns
        )

    def _settled(self, name: str) -> str:
        if name == "removed_in":
            return "COALESCE(r.removed_in, c.removed_in) AS removed_in"
        return f"r.{self._quoted(name)}"

    def _quoted(self, name: str) -> str:
        return f"{self.quote}{name}{self.quote}"

    def _alias(self, part: str, number: int) -> str:
        return f"{self.shape.table}_{part}_{number}"
