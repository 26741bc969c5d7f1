"""Making a back-up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import gongjian
from gongjian.core import crypto
from gongjian.core.days import now
from gongjian.core.errors import WrongUse
from gongjian.core.progress import Progress
from gongjian.history import sql, trail
from gongjian.history.backup import archive, embedded, papers, server, stage
from gongjian.history.backup.facts import facts
from gongjian.history.backup.manifest import DATABASE_PARTS, FORMAT, Facts, Manifest
from gongjian.history.keys import field_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The two files, and what the first one holds."""

    file: Path
    keys: Path
    facts: Facts
    bytes: int
    papers: int


def keys_beside(file: Path) -> Path:
    """Where the keys of a back-up lie unless they were taken elsewhere."""
    return file.with_name(f"{file.name}.keys")


def save(file: Path, *, note: dict[str, Any], overwrite: bool = False) -> Saved:
    """Write the database and its papers to ``file``, the keys beside it; ``note`` goes on the trail.

    The note comes first: so the copy holds it too and its chain ends as the manifest says. Both
    files appear whole or not at all. Raises WrongUse where a file would be overwritten unasked,
    the database lives in memory or the client programs of PostgreSQL are missing.
    """
    beside = keys_beside(file)
    _require_free([file, beside], overwrite=overwrite)
    _require_able()
    trail.note("backup", note)
    with stage.stage(file) as folder:
        name = DATABASE_PARTS[connection.vendor]
        held = _copy(folder / name)
        draft = folder / "archive"
        # After the copy: whatever it names lies there by now.
        lying = papers.in_folder(settings.FILES_FOLDER)
        _pack(draft, {name: folder / name} | lying, held)
        size = draft.stat().st_size
        stage.write_private(folder / "keys", [f"{crypto.key_text()}\n".encode("ascii")])
        stage.settle(folder / "keys", beside)
        stage.settle(draft, file)
    return Saved(file=file, keys=beside, facts=held, bytes=size, papers=len(lying))


def _require_free(files: list[Path], *, overwrite: bool) -> None:
    for path in files:
        if path.is_dir() or not path.parent.is_dir():
            raise WrongUse(f"不能写到“{path}”，请换一个已有文件夹里的文件名。")
        if path.exists() and not overwrite:
            raise WrongUse(f"“{path}”已存在，请换一个文件名，或加上 --overwrite 覆盖它。")


def _require_able() -> None:
    if sql.is_postgres():
        server.program("pg_dump")
    else:
        embedded.file_of(connection.settings_dict["NAME"])


def _copy(target: Path) -> Facts:
    """Copy the database as it is at one moment; what it said of itself then."""
    if sql.is_postgres():
        with Progress(None, "备份数据库"), server.moment() as snapshot:
            held = facts()
            server.dump(target, snapshot)
            return held
    source = embedded.file_of(connection.settings_dict["NAME"])
    with Progress(embedded.pages(source), "备份数据库") as progress:
        embedded.copy(source, target, progress.advance)
    return facts(partial(embedded.ask, target))


def _pack(draft: Path, files: dict[str, Path], held: Facts) -> None:
    size = sum(path.stat().st_size for path in files.values())
    with in_mebibytes(2 * size, "写备份文件") as tick:
        manifest = Manifest(
            format=FORMAT,
            product=gongjian.__version__,
            vendor=connection.vendor,
            made=now().isoformat(timespec="seconds"),
            facts=held,
            parts=tuple(archive.part_of(path, name, tick) for name, path in files.items()),
        )
        manifest = replace(manifest, seal=manifest.sealed(field_keys()))
        archive.write(draft, manifest, files, tick)


@contextmanager
def in_mebibytes(size: int, label: str) -> Iterator[archive.Tick]:
    """A progress bar over so many bytes."""
    done = 0
    with Progress(size // archive.CHUNK, label) as progress:

        def tick(more: int) -> None:
            nonlocal done
            progress.advance((done + more) // archive.CHUNK - done // archive.CHUNK)
            done += more

        yield tick
