"""Writing the version tables of a range of changes as Parquet files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from gongjian.core.errors import Refused, WrongUse
from gongjian.history import sql
from gongjian.history.models import Head, TrailRecord
from gongjian.history.shapes import SHAPES, Shape
from gongjian.history.trail import GENESIS
from gongjian.indicators.lake import manifest
from gongjian.indicators.lake.columns import Column, exported
from gongjian.indicators.lake.extras import load
from gongjian.indicators.lake.manifest import CLOSED, ROWS, Export, Stock, Stored

BATCH: Final = 50_000
"""Rows that are held in memory, and the size of a row group."""

_DRAFT: Final = ".part"


def write(folder: Path, *, after: int = 0) -> Export:
    """Write what changes after ``after`` up to the newest did to all ledgers into ``folder``.

    For each ledger one file of the versions added in the range, ``removed_in`` as of its end, and
    one of ``vid`` and ``removed_in`` of older versions that were removed in it. A file appears
    under its name when it is whole, the manifest last of all. Raises WrongUse where ``after`` is
    no past change, ``folder`` holds something or its parent is missing; Refused where it cannot
    be written.
    """
    load("pyarrow.parquet", "lake")
    with sql.one_view(), sql.frugal():
        head = Head.objects.get(pk=1)
        if not 0 <= after <= head.change:
            raise WrongUse(f"没有变更 {after}，请填 0 至 {head.change} 之间的变更编号。")
        with _folder(folder):
            try:
                return _written(folder, head, after)
            except OSError:
                raise Refused(f"文件夹“{folder}”写不进去，请检查权限和剩余空间。") from None


def _written(folder: Path, head: Head, after: int) -> Export:
    export = Export(
        folder=folder,
        stamp=head.stamp,
        after=after,
        change=head.change,
        after_digest=_link(after),
        change_digest=_link(head.change),
        record=head.record,
        digest=head.digest,
        ledgers={shape.slug: _stock(folder, shape, after) for shape in SHAPES},
    )
    draft = folder / f"{manifest.NAME}{_DRAFT}"
    draft.write_text(manifest.as_text(export), encoding="utf-8")
    draft.rename(folder / manifest.NAME)
    return export


def _link(change: int) -> str:
    """The digest of a change's link in the chain."""
    links = TrailRecord.objects.filter(change=change).values_list("digest", flat=True)
    return GENESIS if change == 0 else links.first() or ""


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """A folder made for one export; left as it was found where the export does not succeed."""
    if not folder.parent.is_dir():
        raise WrongUse(f"文件夹“{folder.parent}”不存在，请先建好或换一个位置。")
    fresh = not folder.exists()
    if not fresh and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"“{folder}”里已有内容，请换一个新的或空的文件夹。")
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        raise Refused(f"文件夹“{folder}”建不起来，请检查是否有权写入。") from None
    try:
        yield
    except BaseException:
        for path in folder.iterdir():
            path.unlink()
        if fresh:
            folder.rmdir()
        raise


# ------------------------------------------------------------------ one ledger


def _stock(folder: Path, shape: Shape, after: int) -> Stock:
    columns = exported(shape)
    vid, removed = (c for c in columns if c.name in ("vid", "removed_in"))
    added = _query(shape, columns, "added_in > %s"), [after]
    older = _query(shape, (vid, removed), "added_in <= %s AND removed_in > %s"), [after, after]
    return Stock(
        columns=tuple(c.name for c in columns),
        rows=_file(folder / manifest.file_name(shape.slug, ROWS), columns, *added),
        closed=_file(folder / manifest.file_name(shape.slug, CLOSED), (vid, removed), *older),
    )


def _query(shape: Shape, columns: Sequence[Column], where: str) -> str:
    names = ", ".join(f'"{column.name}"' for column in columns)
    return f'SELECT {names} FROM "{shape.table}" WHERE {where} ORDER BY vid'


def _file(path: Path, columns: Sequence[Column], query: str, params: Sequence[Any]) -> Stored:
    arrow, parquet = load("pyarrow", "lake"), load("pyarrow.parquet", "lake")
    types = [getattr(arrow, column.kind.arrow)() for column in columns]
    schema = arrow.schema([(c.name, type_) for c, type_ in zip(columns, types, strict=True)])
    draft, count = path.with_name(path.name + _DRAFT), 0
    with (
        draft.open("wb") as file,
        parquet.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        for rows in sql.chunks(sql.stream(query, params), BATCH):
            cells = zip(zip(*rows, strict=True), columns, types, strict=True)
            arrays = [arrow.array(_cells(values, c), type_) for values, c, type_ in cells]
            writer.write_batch(arrow.record_batch(arrays, schema=schema))
            count += len(rows)
    draft.rename(path)
    size = path.stat().st_size
    return Stored(file=path.name, rows=count, bytes=size, sha256=manifest.sha256_of(path))


def _cells(cells: Sequence[Any], column: Column) -> Sequence[Any]:
    """Days as days: a database may give them as texts."""
    if column.kind.arrow != "date32":
        return cells
    return [date.fromisoformat(cell) if isinstance(cell, str) else cell for cell in cells]
