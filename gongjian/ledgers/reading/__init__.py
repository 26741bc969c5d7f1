"""Reading: the bytes of a file → a checked table of raw cells.

Owns telling formats apart by content, the limits that keep hostile files out, the search for the
header row, and the leaving out of blank and total rows. Refuses to know what a cell means beyond
its raw content: that is for the cells.
"""

from gongjian.ledgers.reading.shapes import (
    HeaderSpec,
    Limits,
    MissingColumns,
    Table,
    Unreadable,
    pointed,
)
from gongjian.ledgers.reading.table import kind_of_table, read_sheet_grid, read_table

__all__ = [
    "HeaderSpec",
    "Limits",
    "MissingColumns",
    "Table",
    "Unreadable",
    "kind_of_table",
    "pointed",
    "read_sheet_grid",
    "read_table",
]
