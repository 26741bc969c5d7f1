"""A folder of drafts beside the place where the finished file will stand."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import Final

_SUFFIX: Final = ".partial"
_LOCK: Final = "lock"


@contextmanager
def stage(target: Path) -> Iterator[Path]:
    """A folder only the owner can enter, on the same file system as ``target``, gone afterwards.

    A killed run cannot clear up after itself; the next one for the same target does. The lock
    tells the remains of the dead from the work of the living.
    """
    prefix = f".{target.name}."
    for left in target.parent.glob(f"{escape(prefix)}*{_SUFFIX}"):
        _clear_if_dead(left)
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=prefix, suffix=_SUFFIX))
    try:
        lock = _locked(folder)
        try:
            yield folder
        finally:
            if lock is not None:
                os.close(lock)
    finally:
        shutil.rmtree(folder)


def _clear_if_dead(folder: Path) -> None:
    lock = _locked(folder)
    if lock is not None:
        shutil.rmtree(folder)
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """The lock of a folder; None where somebody holds it."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def settle(draft: Path, target: Path) -> None:
    """Give a finished draft its name, surely and at once."""
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_private(path: Path, content: Iterable[bytes]) -> None:
    """Write a file that only its owner can read, on the disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
