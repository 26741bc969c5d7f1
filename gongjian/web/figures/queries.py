"""Figures and the rows behind them: from the store where it has the day, else from the rows."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, takewhile
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from gongjian.areas.queries import Tree
from gongjian.history.questions import Worded, columns_of, made
from gongjian.history.state import keep_answers, latest
from gongjian.indicators.declare import TERRITORY
from gongjian.indicators.models import KeptDay
from gongjian.indicators.query import figures
from gongjian.indicators.rows import Row, stream_rows
from gongjian.indicators.store.matrix import kept_matrix
from gongjian.web.figures.forms import JANUARY, MOST_ROWS, Question
from gongjian.web.figures.places import TREES

PAGE: Final = 50
"""Rows of a page, and branches of a page: along affiliation each is counted by itself."""

_ANSWERS_KEPT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure is: ``value``, of a rate also its two sums; None where it has no meaning."""

    value: float | None
    numerator: int | None = None
    denominator: int | None = None


Told = dict[str, Value]
"""Code of a figure → its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The figures of a node and of the nodes right below it, as known at the change ``known``.

    ``children`` are those of one page, ``of_children`` how many there are. ``kept`` is the day
    in the store that the figures come from, None where they were just counted from the rows.
    """

    known: int
    tree: Tree
    figures: Told
    children: tuple[tuple[int, Told], ...] = ()
    of_children: int = 0
    kept: KeptDay | None = None


class _Ask(NamedTuple):
    """A question whose answer can be kept: it names everything the answer depends on."""

    codes: tuple[str, ...]
    day: date
    known_at: int | None
    node: int
    tree: str
    year_start: str
    children: bool = False


def answer(codes: Sequence[str], question: Question, *, children: bool = False) -> Answer:
    """The figures of ``codes`` (none: all of the catalogue) for the node that is asked about.

    With ``children`` also for the nodes right below, which is for territory: there all of them
    come from the same sums.
    """
    ask = _Ask(
        tuple(codes),
        question.day,
        question.known_at,
        question.node,
        question.tree,
        question.year_start,
        children,
    )
    return _from_store(ask) or _from_rows(ask)


def with_children(codes: Sequence[str], question: Question, after: int = 0) -> Answer:
    """The same with the nodes right below; of many branches, those of one page."""
    if question.tree == TERRITORY:
        return answer(codes, question, children=True)
    own = answer(codes, question)
    nodes = own.tree.children(question.node)
    # Each branch is counted by itself; of the figures shown with the first, only the whole's.
    asked = tuple(codes[:1]), question.day, own.known
    along = question.tree, question.year_start
    return Answer(
        known=own.known,
        tree=own.tree,
        figures=own.figures,
        children=tuple(
            (node, _from_rows(_Ask(*asked, node, *along)).figures)
            for node in nodes[after : after + PAGE]
        ),
        of_children=len(nodes),
    )


# ------------------------------------------------------------------ the store


def _from_store(ask: _Ask) -> Answer | None:
    """What the store has of it; None where that is not all."""
    past = ask.known_at is not None and ask.known_at < latest().change
    if ask.tree != TERRITORY or past or ask.year_start != JANUARY:
        return None
    days = _kept(ask.day)
    if not days:
        return None
    kept = made(KeptDay, days[0])
    found = _kept_sums(latest(), kept.pk, ask)
    return found and replace(found, kept=kept)


@Worded
def _kept(day: date) -> QuerySet[KeptDay, tuple[Any, ...]]:
    return KeptDay.objects.filter(day=day).order_by("pk").values_list(*columns_of(KeptDay))


@keep_answers(_ANSWERS_KEPT)
def _kept_sums(_kept_day: int, ask: _Ask) -> Answer | None:
    tree = TREES[ask.tree](ask.day, None)
    nodes = tree.children(ask.node) if ask.children else ()
    found = kept_matrix(ask.codes, days=[ask.day], nodes=[ask.node, *nodes])
    if ask.day not in found.values:
        return None
    if ask.known_at is not None and found.known > ask.known_at:
        return None  # a change came between: what the address names is past by now
    codes = [figure.code for figure in found.figures]
    values = {
        node: dict(zip(codes, (Value(**value) for value in at_node), strict=True))
        for node, at_node in found.values[ask.day].items()
    }
    return Answer(
        known=found.known,
        tree=tree,
        figures=values[ask.node],
        children=tuple((node, values[node]) for node in nodes),
        of_children=len(nodes),
    )


# ------------------------------------------------------------------ the rows


def _from_rows(ask: _Ask) -> Answer:
    return _counted(latest(), ask)


@keep_answers(_ANSWERS_KEPT)
def _counted(ask: _Ask) -> Answer:
    said = figures(
        ask.codes,
        day=ask.day,
        known_at=ask.known_at,
        node=ask.node,
        children=ask.children,
        year_start=ask.year_start,
        tree=ask.tree,
    )
    known = said["known_at"]
    tree = TREES[ask.tree](ask.day, known)
    nodes = tree.children(ask.node) if ask.children else ()
    below = [_values(child["figures"]) for child in said.get("children", ())]
    return Answer(
        known=known,
        tree=tree,
        figures=_values(said["figures"]),
        children=tuple(zip(nodes, below, strict=True)),
        of_children=len(nodes),
    )


def _values(said: list[dict[str, Any]]) -> Told:
    return {
        figure["code"]: Value(figure["value"], figure.get("numerator"), figure.get("denominator"))
        for figure in said
    }


# ------------------------------------------------------------------ the names behind


Rows = Generator[Row]
"""Rows one after the other; closing them ends the question to the database."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a page in the engine's order; ``more`` where others follow.

    ``cut`` where a name was sought, and not all rows were looked through.
    """

    rows: list[Row]
    more: bool
    cut: bool = False


def rows_of(code: str, question: Question, known: int, own: str | None = None) -> Rows:
    """The rows behind a figure as known at the change its value stands on.

    With ``own`` only those that stand directly in the area of this code.
    """
    rows = _streamed(
        code,
        day=question.day,
        known_at=known,
        node=question.node,
        year_start=question.year_start,
        tree=question.tree,
    )
    if own is None:
        yield from rows
        return
    with closing(rows):
        # They come in the order of areas: behind the own area nothing is left to look for.
        yield from (r for r in takewhile(lambda r: r["area"] <= own, rows) if r["area"] == own)


def _streamed(code: str, **asked: Any) -> Rows:
    yield from stream_rows(code, **asked)


def rows_page(rows: Rows, after: int, sought: str = "") -> Page:
    """The rows of one page: only what comes before it and one row more is read.

    Of those in whose name ``sought`` stands, where something is sought: among the first
    ``MOST_ROWS``.
    """
    with closing(rows):
        looked = islice(rows, MOST_ROWS) if sought else rows
        fitting = (row for row in looked if sought in row["name"])
        found = list(islice(fitting, after, after + PAGE + 1))
        more = len(found) > PAGE
        cut = bool(sought) and not more and next(rows, None) is not None
    return Page(found[:PAGE], more, cut)
