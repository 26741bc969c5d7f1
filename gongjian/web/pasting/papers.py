"""Papers that the server makes of rows, and their way to the import."""

import re
import secrets
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from gongjian.accounts.models import User
from gongjian.core.access import Actor
from gongjian.core.days import now
from gongjian.core.errors import NotNow, Refused
from gongjian.ledgers.declare import Ledger
from gongjian.ledgers.writing import TEXT, Styles, lay_out, put_text, workbook
from gongjian.web.imports import actions
from gongjian.web.imports.models import Paper
from gongjian.web.pasting.models import Handing

_WORD: Final = re.compile(r"[A-Za-z0-9_-]{8,40}")
_KEPT: Final = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper that was made: its name, its one sheet, headers in row 1, rows of texts below."""

    name: str
    sheet: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]

    def content(self) -> bytes:
        """The workbook; every cell is text, whatever it looks like."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "paper.xlsx"
            with workbook(path) as book:
                styles = Styles(book)
                sheet, text = book.add_worksheet(self.sheet), styles.of(TEXT)
                for at, head in enumerate(self.heads):
                    sheet.set_column(at, at, max(12, 2 * len(head) + 3), text)
                    put_text(sheet, 0, at, head, styles.header)
                for number, row in enumerate(self.rows, 1):
                    for at, cell in enumerate(row):
                        if cell:
                            put_text(sheet, number, at, cell, text)
                lay_out(sheet, 0)
            return path.read_bytes()


def new_word() -> str:
    """A word that a form carries and that is good for one paper."""
    return secrets.token_urlsafe(12)


def handed_before(user: User, word: str) -> Paper | None:
    """The paper that a form with this ``word`` became already.

    Raises NotNow while the first of two is still being read.
    """
    known = Handing.objects.filter(owner=user, word=word).first()
    if known is None:
        return None
    paper = Paper.objects.filter(owner=user, pk=known.paper_id or 0).first()
    if paper is None:
        raise NotNow("刚才已经提交过一次，正在读取或已经丢弃；请先到“导入”页看，没有再提交。")
    return paper


def hand_in(user: User, actor: Actor, ledger: Ledger, made: Made, word: str) -> Paper:
    """The paper as if its file had been uploaded; handing the same form in twice is once.

    Raises Refused for a form without its word and as an upload does.
    """
    if not _WORD.fullmatch(word):
        raise Refused("这张表单不完整，没有收下；请刷新页面后再提交。")
    before = handed_before(user, word)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            claim = Handing.objects.create(owner=user, word=word)
    except IntegrityError:
        raise NotNow("刚才已经提交过一次，正在读取；请到“导入”页看。") from None
    try:
        paper = actions.begin(user, ledger, SimpleUploadedFile(made.name, made.content()))
    except Refused:
        claim.delete()
        raise
    Handing.objects.filter(pk=claim.pk).update(paper_id=paper.pk)
    actions.work_out(paper, actor)
    forsaken = Handing.objects.filter(owner=user, paper_id=None, created__lt=now() - _KEPT)
    forsaken.delete()
    return paper


def stands_at(paper: Paper) -> str:
    """The name of the page where a paper that was just handed in goes on: its check."""
    return "import-check" if paper.counted else "import"
