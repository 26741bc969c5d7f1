"""One evidence package: its files written one after the other, then sealed on the trail."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from itertools import chain
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction

from gongjian.core.days import SHANGHAI, now
from gongjian.core.progress import Progress
from gongjian.history import trail
from gongjian.history.models import Head, TrailRecord
from gongjian.jobs.running import written
from gongjian.web.evidence.links import Eyes, lines, link
from gongjian.web.evidence.manifest import Facts

SEAL: Final = "evidence"
"""Kind of the link on the trail that seals a package."""

_STANDING: Final = {"verify.py": "verify.py", "guide.txt": "说明.txt"}
"""Files beside this one that go into every package, and what they are called there."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


class Measured:
    """Bytes on their way into a package, with their digest and how many they are."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into, self._digest, self._size = into, hashlib.sha256(), 0

    def write(self, text: str) -> None:
        """Write a text as UTF-8."""
        content = text.encode()
        self._digest.update(content)
        self._size += len(content)
        self._into.write(content)

    def told(self) -> Facts:
        """What the manifest says of the file."""
        return {"sha256": self._digest.hexdigest(), "bytes": self._size}


class Package:
    """A ZIP under way, written piece by piece: nothing of it is held in memory."""

    def __init__(self, book: ZipFile) -> None:
        self._book = book
        self._made = now().astimezone(SHANGHAI).timetuple()[:6]
        self._files: dict[str, Facts] = {}

    @contextmanager
    def _file(self, name: str) -> Iterator[Measured]:
        info = ZipInfo(name, self._made)
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
        with self._book.open(info, "w", force_zip64=True) as into:
            measured = Measured(into)
            yield measured
        self._files[name] = measured.told()

    def rows(self, heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
        """``rows.csv``: UTF-8 with its mark, so that a spreadsheet knows it for what it is."""
        line = io.StringIO()
        writer = csv.writer(line)
        with self._file("rows.csv") as into:
            into.write("\ufeff")
            for row in chain([heads], rows):
                writer.writerow([plain_cell(value) for value in row])
                into.write(line.getvalue())
                line.seek(0)
                line.truncate()

    def seal(self, manifest: Facts, eyes: Eyes, body: Facts) -> TrailRecord:
        """The trail, the manifest, and the link that says which package it was.

        Most of the trail is written before the head is locked. Under the lock comes what was
        appended meanwhile, so that between the trail of the package and its seal there is nothing.
        """
        self._standing()
        first = manifest["known"]["link"] or 1
        upto = Head.objects.get(pk=1).record
        with self._file("trail.jsonl") as into:
            _write(into, lines(first, upto, eyes))
            with transaction.atomic():
                head = trail.lock_head()
                _write(into, lines(max(first, upto + 1), head.record, eyes))
                told = self._files | {"trail.jsonl": into.told()}
                text = readable(manifest | {"files": told})
                digest = hashlib.sha256(text.encode()).hexdigest()
                record = trail.append(head, SEAL, body | {"manifest": digest})
        written()
        self._put("manifest.json", text)
        sealed = {"number": record.number, "digest": record.digest, "seal": link(record)}
        self._put("head.json", trail.canonical(sealed) + "\n")
        return record

    def _standing(self) -> None:
        for standing, name in _STANDING.items():
            self._put(name, files(__package__).joinpath(standing).read_text(encoding="utf-8"))

    def _put(self, name: str, text: str) -> None:
        with self._file(name) as into:
            into.write(text)


def _write(into: Measured, told: Iterable[str]) -> None:
    with Progress(None, "写留痕") as progress:
        for line in told:
            into.write(line)
            progress.advance(0)


def readable(facts: Facts) -> str:
    """The manifest as a text that people can read, too."""
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def plain_cell(value: str | int) -> str | int:
    """A text that no spreadsheet takes for a formula; a number as it is."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
