"""Keep a paper, give it back, let it go."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from django.conf import settings

from gongjian.core.days import now
from gongjian.core.errors import NotInScope, Refused
from gongjian.files.models import StoredFile

KEEP_DAYS: Final = 180
"""How long a paper is kept where nobody says otherwise."""

_CHUNK: Final = 1 << 20
_FRESH: Final = 3600  # seconds for which bytes without a row are left alone: one may be on its way
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


class Readable(Protocol):
    """Anything that bytes can be read from: an upload, an open file."""

    def read(self, size: int = -1, /) -> bytes: ...


def keep(
    content: Readable | bytes,
    name: str,
    *,
    owner_id: int | None = None,
    days: int | None = KEEP_DAYS,
    purpose: str = "",
) -> StoredFile:
    """Store a paper under the digest of its bytes; ``days`` None keeps it for good.

    ``purpose`` is what it is brought for, where it is to serve nothing else. The bytes appear whole or not at all and only this system's user can read them. Raises Refused
    where they are more than ``settings.UPLOAD_LIMIT``.
    """
    folder: Path = settings.FILES_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".", suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size = _copy(_pieces(content), file)
            file.flush()
            os.fsync(file.fileno())
        expires = None if days is None else now() + timedelta(days=days)
        stored = StoredFile(
            sha256=digest,
            name=tidy(name),
            size=size,
            owner_id=owner_id,
            expires=expires,
            purpose=purpose,
        )
        stored.path.parent.mkdir(mode=0o700, exist_ok=True)
        Path(draft).replace(stored.path)
    finally:
        Path(draft).unlink(missing_ok=True)
    stored.save()
    return stored


def _pieces(content: Readable | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    while piece := content.read(_CHUNK):
        yield piece


def _copy(pieces: Iterator[bytes], file: BinaryIO) -> tuple[str, int]:
    digest, size, limit = hashlib.sha256(), 0, settings.UPLOAD_LIMIT
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise Refused(f"文件超过 {limit >> 20} MB，请拆成几份再上传。")
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest(), size


def tidy(name: str) -> str:
    """A file name without its folder and without what no file system takes."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNFIT.sub("_", last).strip(" .")[-80:] or "未命名"


def file_of(file_id: int) -> StoredFile:
    """The row of a paper; NotInScope where it is not, or no longer, kept."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or (stored.expires is not None and stored.expires <= now()):
        raise NotInScope(f"没有编号为 {file_id} 的文件，或者已过保存期。")
    return stored


def open_file(file_id: int) -> BinaryIO:
    """The bytes of a paper, for reading; NotInScope where it is not, or no longer, kept."""
    stored = file_of(file_id)
    try:
        return stored.path.open("rb")
    except FileNotFoundError:
        raise NotInScope(f"文件“{stored.name}”的内容已经不在了，请重新上传。") from None


@contextmanager
def laid_out(stored: StoredFile) -> Iterator[Path]:
    """The paper under its own name, for readers that want a path; gone afterwards.

    Raises NotInScope where its bytes are no longer there.
    """
    if not stored.path.exists():
        raise NotInScope(f"文件“{stored.name}”的内容已经不在了，请重新上传。")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / stored.name
        place.symlink_to(stored.path)
        yield place


def expire(stored: StoredFile) -> None:
    """End a paper's time: nobody gets it any more, and it goes with those that expired."""
    StoredFile.objects.filter(pk=stored.pk).update(owner_id=None, expires=now())


def forget(stored: StoredFile) -> bool:
    """Let one paper go; its bytes stay while another row has them.

    False where the bytes came just now: another row may be on its way to them, so this one stays,
    expired, until ``forget_expired`` comes by again.
    """
    path = stored.path
    others = StoredFile.objects.filter(sha256=stored.sha256).exclude(pk=stored.pk)
    shared = others.exists()
    if not shared and _is_fresh(path):
        expire(stored)
        return False
    stored.delete()
    if not shared:
        _remove(path)
    return True


def forget_expired() -> int:
    """Let all papers go whose time is over; how many they were."""
    return sum(forget(stored) for stored in list(StoredFile.objects.filter(expires__lt=now())))


def sweep() -> int:
    """Remove drafts of runs that died; how many they were.

    Whole papers without a row stay: the folder may be another database's, too.
    """
    folder: Path = settings.FILES_FOLDER
    return sum(_remove(path) for path in folder.glob(".*.partial"))


def _remove(path: Path) -> bool:
    if _is_fresh(path):
        return False
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _is_fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < _FRESH
    except FileNotFoundError:
        return False
