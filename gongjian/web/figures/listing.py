"""The rows of a page as they were wanted, with the parts of the figure that each stands in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gongjian.core.errors import Refused
from gongjian.history.state import keep_answers, latest
from gongjian.indicators.declare import Figure
from gongjian.indicators.parts import Parts
from gongjian.indicators.rows import Row
from gongjian.web.figures.equations import among
from gongjian.web.figures.forms import Question, Wanted
from gongjian.web.figures.moments import rows_as_known
from gongjian.web.figures.overlaps import parts_of_rows, twice
from gongjian.web.figures.queries import Page, Rows, rows_of, rows_page

_PAGES_KEPT: Final = 1_500
"""Pages of names kept at hand: on a day that all hand in, one of each unit."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of a page; ``chosen`` are all rows where only those of certain parts are wanted.

    ``parts`` gives, of a figure that is made of parts, those that the entries stand in.
    """

    page: Page
    chosen: list[Row] = field(default_factory=list)
    parts: Mapping[int, Parts] = field(default_factory=dict)


def listing(figure: Figure, question: Question, known: int, wanted: Wanted) -> Listing:
    """The rows behind a figure as known at the change its value stands on.

    Refused where nobody stands in exactly the parts that are wanted; MovedOn as ``rows_as_known``.
    """
    found = among(figure)
    if found is not None and wanted.kinds:
        told = next(
            (x for x in twice(found, question, known) if set(x.kinds) == set(wanted.kinds)), None
        )
        if told is None:
            raise Refused("没有同时在这几项里的，请去掉 in 看全部。")
        chosen = [row for row, _ in told.rows]
        page = rows_page(_each(chosen), wanted.after, wanted.sought)
        return Listing(page, chosen, {row["id"]: parts for row, parts in told.rows})
    if wanted.sought:
        return _read(figure, question, known, wanted)
    return _kept(latest(), figure, question, known, wanted)


def _read(figure: Figure, question: Question, known: int, wanted: Wanted) -> Listing:
    found, own = among(figure), question.code if wanted.own else None
    with rows_as_known(known):
        rows = rows_of(figure.code, question, known, own)
        page = rows_page(rows, wanted.after, wanted.sought)
        parts = {} if found is None else parts_of_rows(found, page.rows, question, known)
    return Listing(page, parts=parts)


_kept = keep_answers(_PAGES_KEPT)(_read)


def _each(rows: list[Row]) -> Rows:
    yield from rows
