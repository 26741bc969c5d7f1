"""What a doubt is about, and the one sentence that people write."""

import re
from contextlib import closing
from itertools import islice
from typing import Any, Final

from django import forms
from django.http import QueryDict

from gongjian.areas.queries import area_by_code
from gongjian.areas.queries import tree_on as areas_on
from gongjian.core.errors import NotInScope, Refused
from gongjian.indicators.declare import AFFILIATION, Figure
from gongjian.indicators.rows import Row
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.doubts.models import MOST_WORDS
from gongjian.web.figures.forms import MOST_ROWS, Question
from gongjian.web.figures.presenters.rows import ledger_of
from gongjian.web.figures.queries import PAGE, Rows
from gongjian.web.places import areas_of_unions

_LOOKED_AT: Final = MOST_ROWS + PAGE
"""Rows among which one is looked for: those that can be turned through."""

_WORD: Final = re.compile(r"[\w-]{8,40}", re.ASCII)


class SentenceForm(forms.Form):
    """One sentence, and the word that keeps the form from doing its deed twice."""

    text = forms.CharField(
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST_WORDS}),
        error_messages={
            "required": "请写一句话。",
            "max_length": f"写得太长，请缩短到 {MOST_WORDS} 字以内。",
        },
    )

    def __init__(self, label: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


def word_of(given: QueryDict) -> str:
    """The word that a form of ours carries; Refused where there is none."""
    word = given.get("word", "")
    if not _WORD.fullmatch(word):
        raise Refused("这张表单不完整，请回到那一页重新填写。")
    return word


def row_named(given: QueryDict, figure: Figure, rows: Rows) -> tuple[str, Row] | None:
    """The row that the address names, with its ledger; None where it names none.

    It must be among the rows of the figure that can be turned through: NotInScope otherwise.
    """
    slug, text = given.get("ledger", ""), given.get("entry", "")
    if not slug and not text:
        return None
    known = slug in LEDGERS and text.isascii() and text.isdecimal() and len(text) < 16
    with closing(rows):
        found = _found(figure, rows, slug, int(text)) if known else None
    if found is None:
        raise NotInScope(f"名单的前 {MOST_ROWS:,} 行里没有这一行，请到下级的名单里去选。")
    return slug, found


def _found(figure: Figure, rows: Rows, slug: str, entry: int) -> Row | None:
    same = (row for row in islice(rows, _LOOKED_AT) if row["id"] == entry)
    return next((row for row in same if ledger_of(figure, row) == slug), None)


def data_of(question: Question, row: Row | None) -> tuple[int | None, int | None]:
    """(area, union) whose data are doubted: of a row the area it counts in."""
    if row is not None:
        return _area(question, row["area"]), None
    if question.tree == AFFILIATION:
        return areas_of_unions([question.node]).get(question.node), question.node
    return question.node, None


def _area(question: Question, code: str) -> int | None:
    """The area that had the code on the day, else the last one that ever had it."""
    tree = areas_on(question.day, question.known_at)
    same = (x for x in tree.leaves() if tree.exists(x) and tree.code(x) == code)
    return next(same, area_by_code(code))
