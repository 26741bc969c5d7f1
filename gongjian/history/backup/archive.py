"""The one file of a back-up: a plain tar whose first member says what the others must be.

It is read block by block here and not by a general tar reader: nothing but a regular file with the
very name and size that the manifest gives is taken, so that links, devices, long names, sparse
files and paths that lead elsewhere have no way in, and nothing is held in memory.
"""

import hashlib
import io
import os
import re
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from gongjian.core.errors import Refused
from gongjian.history.backup.manifest import DATABASE_PARTS, FORMAT, Manifest, Part

CHUNK: Final = 1 << 20
_BLOCK: Final = 512
_MANIFEST: Final = "manifest.json"
_LARGEST_MANIFEST: Final = 64 << 20
_PAPER: Final = re.compile(r"files/[0-9a-f]{64}")

Tick = Callable[[int], None]
"""Told of each number of bytes done."""


def part_of(path: Path, name: str, tick: Tick) -> Part:
    """Size and digest of a file that is to become the part ``name``."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            tick(len(chunk))
    return Part(name=name, bytes=size, sha256=digest.hexdigest())


def write(path: Path, manifest: Manifest, files: dict[str, Path], tick: Tick) -> None:
    """Write the archive, readable by its owner only and on the disk when this returns."""
    content = manifest.as_bytes()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as tar:
            tar.addfile(_member(_MANIFEST, len(content)), io.BytesIO(content))
            for part in manifest.parts:
                with files[part.name].open("rb") as source:
                    tar.addfile(_member(part.name, part.bytes), _Ticking(source, tick))
        file.flush()
        os.fsync(file.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    return info


class _Ticking(io.RawIOBase):
    """A file that tells of what is read from it."""

    def __init__(self, file: BinaryIO, tick: Tick) -> None:
        self._file, self._tick = file, tick

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._file.read(size)
        self._tick(len(chunk))
        return chunk


class Archive:
    """An archive opened for reading; its structure is checked, its digests by ``check``.

    Raises Refused where it is no back-up, damaged, or holds what its manifest does not name.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._size = os.fstat(file.fileno()).st_size
        members = self._members()
        self.manifest = self._read_manifest(members)
        self._starts = {part.name: self._expect(members, part) for part in self.manifest.parts}
        if next(members, None) is not None:
            raise self._foreign("多出来的内容")

    def check(self, tick: Tick) -> None:
        """Read every part and compare its digest."""
        for part in self.manifest.parts:
            digest = hashlib.sha256()
            for chunk in self.content(part, tick):
                digest.update(chunk)
            if digest.hexdigest() != part.sha256:
                raise self._damaged()

    @property
    def database(self) -> Part:
        """The part that holds the database."""
        return self.manifest.parts[0]

    @property
    def papers(self) -> tuple[Part, ...]:
        """The parts that hold stored papers."""
        return self.manifest.parts[1:]

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.bytes for part in self.manifest.parts)

    def database_content(self, tick: Tick) -> Iterator[bytes]:
        """The database, chunk by chunk."""
        return self.content(self.database, tick)

    def content(self, part: Part, tick: Tick) -> Iterator[bytes]:
        """One part, chunk by chunk."""
        self._file.seek(self._starts[part.name])
        left = part.bytes
        while left:
            chunk = self._file.read(min(CHUNK, left))
            if not chunk:
                raise self._damaged()
            left -= len(chunk)
            tick(len(chunk))
            yield chunk

    def _members(self) -> Iterator[tuple[tarfile.TarInfo, int]]:
        """(header, where its content starts) of each member, all of them plain files."""
        at = 0
        while True:
            self._file.seek(at)
            block = self._file.read(_BLOCK)
            if block == bytes(_BLOCK):
                return
            try:
                info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
            except (tarfile.HeaderError, UnicodeDecodeError):
                raise self._damaged() from None
            if info.type != tarfile.REGTYPE:
                raise self._foreign(f"“{info.name}”（不是普通文件）")
            at += _BLOCK
            if info.size < 0 or at + info.size > self._size:
                raise self._damaged()
            yield info, at
            at += -(-info.size // _BLOCK) * _BLOCK

    def _read_manifest(self, members: Iterator[tuple[tarfile.TarInfo, int]]) -> Manifest:
        first, start = next(members, (None, 0))
        if first is None or first.name != _MANIFEST or first.size > _LARGEST_MANIFEST:
            raise Refused(f"“{self._name}”不是本产品的备份文件，请核对文件。")
        self._file.seek(start)
        try:
            manifest = Manifest.parse(self._file.read(first.size))
        except ValueError:
            raise self._damaged() from None
        if manifest.format != FORMAT or manifest.vendor not in DATABASE_PARTS:
            raise Refused(
                f"“{self._name}”是较新版本（{manifest.product}）做的备份，请先升级本产品再恢复。"
            )
        database, *papers = [part.name for part in manifest.parts] or [""]
        strange = [name for name in papers if not _PAPER.fullmatch(name)]
        if database != DATABASE_PARTS[manifest.vendor] or strange or len(set(papers)) < len(papers):
            raise self._foreign("清单里不认识的文件")
        return manifest

    def _expect(self, members: Iterator[tuple[tarfile.TarInfo, int]], part: Part) -> int:
        info, start = next(members, (None, 0))
        if info is None:
            raise self._damaged()
        if info.name != part.name:
            raise self._foreign(f"“{info.name}”")
        if info.size != part.bytes:
            raise self._damaged()
        return start

    def _damaged(self) -> Refused:
        return Refused(f"备份文件“{self._name}”已损坏或不完整，请换另一份备份。")

    def _foreign(self, what: str) -> Refused:
        return Refused(
            f"备份文件“{self._name}”里有{what}，不是本产品写的，没有恢复；请换另一份备份。"
        )
