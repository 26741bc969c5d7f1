"""Bringing a back-up back into an empty database, and proving that it is the same."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

import gongjian
from gongjian.core import crypto
from gongjian.core.crypto import FieldKeys
from gongjian.core.errors import Refused, WrongUse
from gongjian.core.progress import Progress
from gongjian.history import sql, trail
from gongjian.history.backup import embedded, papers, server, stage
from gongjian.history.backup.archive import Archive
from gongjian.history.backup.facts import facts
from gongjian.history.backup.manifest import Facts, Manifest
from gongjian.history.backup.saving import in_mebibytes, keys_beside
from gongjian.history.keys import fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored.

    ``key_file`` is where the product finds the keys; None where they come from the environment,
    which ``key_missing`` says is still to be set. ``outdated``: an older version's back-up, to be
    upgraded before anything else; its rows are not verified yet.
    """

    facts: Facts
    key_file: Path | None
    key_missing: bool
    outdated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """The keys of a back-up as written, and whether the environment has them."""

    text: str
    in_environment: bool


def restore(file: Path, keys_file: Path | None = None) -> Restored:
    """Restore ``file`` into the database of the settings, which must be empty.

    Nothing is written before structure, keys, seal and digests are right, and what is written
    appears whole. Raises Refused for a back-up that is damaged, foreign, of a newer version or of
    the other kind of database, for keys that do not fit and for a database that is not empty;
    WrongUse for missing files and programs.
    """
    if not file.is_file():
        raise WrongUse(f"找不到备份文件“{file}”，请核对路径。")
    with file.open("rb") as opened:
        archive = Archive(opened, str(file))
        _require_known(archive.manifest)
        keys = _keys(file, keys_file, archive.manifest)
        _require_place(keys)
        with in_mebibytes(archive.size, "核对备份文件") as tick:
            archive.check(tick)
        _lay_out_papers(archive)
        key_file = None
        if sql.is_postgres():
            _into_server(archive)
        else:
            key_file = _into_file(archive, keys)
    return Restored(
        facts=archive.manifest.facts,
        key_file=key_file,
        key_missing=key_file is None and not keys.in_environment,
        outdated=_outdated(archive.manifest),
    )


# ------------------------------------------------------------------ before anything is written


def _known() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _outdated(manifest: Manifest) -> bool:
    return bool(_known() - set(manifest.facts.migrations))


def _require_known(manifest: Manifest) -> None:
    kinds = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    here, there = kinds[connection.vendor], kinds[manifest.vendor]
    if here != there:
        raise Refused(
            f"这是 {there} 数据库的备份，不能恢复到 {here}，"
            f"请用 GONGJIAN_DATABASE_URL 指定一个空的 {there} 数据库。"
        )
    newer = _numbers(manifest.product) > _numbers(gongjian.__version__)
    if newer or set(manifest.facts.migrations) - _known():
        raise Refused(
            f"这份备份是较新版本（{manifest.product}）做的，本机是 {gongjian.__version__}，"
            "请先升级本产品再恢复。"
        )


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]{1,9}", version)]


def _keys(file: Path, given: Path | None, manifest: Manifest) -> _Keys:
    """The keys given, else those beside the back-up, else the environment's; they must fit."""
    environment = os.environ.get(crypto.VARIABLE, "").strip()
    lying = given or keys_beside(file)
    if given or lying.exists() or not environment:
        text, name = _read(lying), f"密钥文件“{lying}”"
    else:
        text, name = environment, f"环境变量 {crypto.VARIABLE} "
    keys = _fitting(text, name, manifest)
    if environment:
        _fitting(environment, f"环境变量 {crypto.VARIABLE} ", manifest)
    if manifest.sealed(keys) != manifest.seal:
        raise Refused(f"备份文件“{file}”的清单被改动过，没有恢复；请换另一份备份。")
    return _Keys(text=text, in_environment=bool(environment))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongUse(
            f"读不出密钥文件“{path}”，请用 --keys 指明与这份备份同时存下的密钥。"
        ) from None


def _fitting(text: str, name: str, manifest: Manifest) -> FieldKeys:
    facts_ = manifest.facts
    keys = FieldKeys.parse(text)
    if not fit(keys, bytes.fromhex(facts_.sealed), bytes.fromhex(facts_.blind)):
        raise Refused(f"{name}与这份备份不符，请换成与它同时存下的密钥。")
    return keys


def _require_place(keys: _Keys) -> None:
    """Is the database of the settings empty, and no other key in the way?"""
    if sql.is_postgres():
        server.program("pg_restore")
        server.require_empty()
        return
    database = embedded.file_of(connection.settings_dict["NAME"])
    if not database.parent.is_dir():
        raise WrongUse(f"没有文件夹“{database.parent}”，请先建立它。")
    embedded.require_empty(database)
    key_file = _key_file()
    if not keys.in_environment and key_file.exists() and _read(key_file) != keys.text:
        raise Refused(f"“{key_file}”是另一个数据库的密钥，请先把它移到别处保存好，再恢复。")


# ------------------------------------------------------------------ writing


def _lay_out_papers(archive: Archive) -> None:
    size = sum(part.bytes for part in archive.papers)
    if not archive.papers:
        return
    folder: Path = settings.FILES_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _require_room(folder, size)
    with in_mebibytes(size, "恢复文件") as tick:
        papers.lay_out(archive, folder, tick)


def _into_server(archive: Archive) -> None:
    with in_mebibytes(archive.database.bytes, "恢复数据库") as tick:
        server.restore(archive.database_content(tick))
    with Progress(None, "整理数据库"):
        server.settle()
    try:
        _prove(archive.manifest)
    except Refused as error:
        raise Refused(f"{error.sentence}请删除这个数据库，换另一份备份。") from None


def _into_file(archive: Archive, keys: _Keys) -> Path | None:
    """Draft, prove, then give it its name; the key file stands before the database does."""
    database = embedded.file_of(connection.settings_dict["NAME"])
    _require_room(database.parent, archive.database.bytes)
    with stage.stage(database) as folder:
        draft = folder / "database"
        with in_mebibytes(archive.database.bytes, "恢复数据库") as tick:
            stage.write_private(draft, archive.database_content(tick))
        with _in_use(draft):
            _prove(archive.manifest)
        key_file = None if keys.in_environment else _place_keys(folder / "keys", keys)
        stage.settle(draft, database)
    return key_file


@contextmanager
def _in_use(database: Path) -> Iterator[None]:
    """The product works on this file for the moment."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _place_keys(draft: Path, keys: _Keys) -> Path:
    key_file = _key_file()
    if not key_file.exists():
        stage.write_private(draft, [f"{keys.text}\n".encode("ascii")])
        stage.settle(draft, key_file)
    return key_file


def _key_file() -> Path:
    if settings.FIELD_KEY_FILE is None:
        raise WrongUse("这种数据库旁边不放密钥文件，请用 GONGJIAN_DATABASE_URL 指定一个文件。")
    return settings.FIELD_KEY_FILE


def _require_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size:
        raise Refused(f"“{folder}”只剩 {free >> 20} MiB，恢复需要 {size >> 20} MiB，请先腾出空间。")


def _prove(manifest: Manifest) -> None:
    """The head is the one of the manifest, and every link and row before it is whole."""
    if facts() != manifest.facts:
        raise Refused("恢复出来的数据库与备份清单不符。")
    if _outdated(manifest):
        return
    with Progress(None, "逐条核验"):
        verdict = trail.verify()
    if not verdict.ok:
        raise Refused(
            f"恢复出来的数据库从第 {verdict.first_broken} 条留痕起与原记录不符：备份之前就被改动过。"
        )
