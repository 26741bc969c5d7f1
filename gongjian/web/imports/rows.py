"""The rows a paper is about: as they were read, with mended cells, without those set aside."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from gongjian.core.errors import NotInScope
from gongjian.files.actions import expire, keep, open_file
from gongjian.files.models import StoredFile
from gongjian.history.keys import field_keys
from gongjian.ledgers import reading
from gongjian.ledgers.cells import Raw
from gongjian.web.imports import kept, sheets
from gongjian.web.imports.kept import Kept
from gongjian.web.imports.models import Mend, Paper

KEPT_DAYS: Final = 30
"""How long a read table is kept; after that the file is read again."""

_LABEL: Final = "imports.mend"


# ------------------------------------------------------------------ the table as it was read


def keep_rows(paper: Paper, table: reading.Table) -> None:
    """Keep what was read beside the paper, in the place of what was read before."""
    forget_rows(paper)
    stream = kept.Stream(kept.packed(table, sheets.ledger_of(paper)))
    stored = keep(stream, f"{paper.pk}.rows", owner_id=None, days=KEPT_DAYS)
    paper.rows_file = stored.pk
    Paper.objects.filter(pk=paper.pk).update(rows_file=stored.pk)


def forget_rows(paper: Paper) -> None:
    """Let the kept table go where no other paper has it."""
    if paper.rows_file is None:
        return
    others = Paper.objects.filter(rows_file=paper.rows_file).exclude(pk=paper.pk)
    stored = StoredFile.objects.filter(pk=paper.rows_file).first()
    if stored is not None and not others.exists():
        expire(stored)
    paper.rows_file = None
    Paper.objects.filter(pk=paper.pk).update(rows_file=None)


@contextmanager
def opened(paper: Paper) -> Iterator[Kept]:
    """The kept table; the file is read where there is none any more.

    Raises Unreadable or MissingColumns as the reader does.
    """
    try:
        file = open_file(paper.rows_file or 0)
    except NotInScope:
        keep_rows(paper, sheets.read(paper))
        file = open_file(paper.rows_file or 0)
    with file:
        yield Kept(file)


def count_of(paper: Paper, table: Kept) -> int:
    """How many rows the paper is about."""
    if paper.only is None:
        return len(table.numbers) - paper.asides.count()
    return len(set(paper.only) - set(paper.asides.values_list("row", flat=True)))


# ------------------------------------------------------------------ as mended


def sealed(text: str) -> bytes:
    """A mended cell as it is kept."""
    return field_keys().seal(text, _LABEL)


def mends_of(paper: Paper, rows: Iterable[int] | None = None) -> dict[tuple[int, str], Raw]:
    """(row, header) → what was written there; None where the cell was emptied."""
    keys = field_keys()
    found = Mend.objects.filter(paper=paper)
    if rows is not None:
        found = found.filter(row__in=list(rows))
    told = found.values_list("row", "header", "sealed")
    return {(row, header): keys.open(bytes(kept), _LABEL) or None for row, header, kept in told}


def apply(table: reading.Table, mends: Mapping[tuple[int, str], Raw]) -> reading.Table:
    """Put mended cells into the table; a column that the file lacks comes into being."""
    at = {number: i for i, number in enumerate(table.row_numbers)}
    for (number, header), raw in mends.items():
        if number in at:
            cells = table.cells.setdefault(header, [None] * len(table.row_numbers))
            cells[at[number]] = raw
    return table


def whole_of(paper: Paper) -> reading.Table:
    """All rows the paper is about, as mended."""
    with opened(paper) as table:
        return apply(about(paper, table, None), mends_of(paper))


def some_of(paper: Paper, table: Kept, numbers: Collection[int]) -> reading.Table:
    """Those of ``numbers`` that the paper is about, as mended."""
    return apply(about(paper, table, numbers), mends_of(paper, numbers))


def rows_of(paper: Paper, numbers: Collection[int]) -> reading.Table:
    """These rows of the sheet as mended, also where they were set aside."""
    with opened(paper) as table:
        return apply(table.part(numbers), mends_of(paper, numbers))


def about(paper: Paper, table: Kept, numbers: Collection[int] | None) -> reading.Table:
    """Rows as they were read, without those set aside: ``numbers``, or all."""
    asides = set(paper.asides.values_list("row", flat=True))
    only: list[int] | None = paper.only
    if numbers is None and only is None:
        return without(table.whole(), asides) if asides else table.whole()
    wanted = set(numbers if numbers is not None else only or ())
    if only is not None:
        wanted &= set(only)
    return table.part(wanted - asides)


def without(table: reading.Table, numbers: Collection[int]) -> reading.Table:
    """The table without these rows."""
    places = [i for i, number in enumerate(table.row_numbers) if number not in numbers]
    table.row_numbers = [table.row_numbers[i] for i in places]
    table.cells = {header: [raws[i] for i in places] for header, raws in table.cells.items()}
    return table
