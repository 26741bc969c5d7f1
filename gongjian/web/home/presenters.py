"""What the first page shows, ready to be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.models import Post
from gongjian.history.models import Change
from gongjian.indicators.declare import CATALOG, TERRITORY, Figure, Indicator, Ratio
from gongjian.jobs.models import Job
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.figures.forms import Question
from gongjian.web.figures.presenters.common import figure_address, rows_address, told
from gongjian.web.figures.queries import Told, Value
from gongjian.web.home.places import Asked
from gongjian.web.home.queries import Board, rates
from gongjian.web.imports.models import Paper
from gongjian.web.imports.presenters import state_of
from gongjian.web.moment import AsOf
from gongjian.web.text import moment, number, points, signed
from gongjian.web.todos.queries import Counts
from gongjian.web.wording.changes import kind_of, ledger_of

BEHIND: Final = 6
"""Places that are shown as behind."""

May = Callable[[str], bool]
"""Whether whoever asks may write in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A figure of the place; ``last`` is the same a year ago, ``change`` what came since."""

    code: str
    name: str
    unit: str
    value: str
    address: str
    last: str = ""
    last_address: str = ""
    change: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A problem of the place: how many, why it weighs what it does, and the deed that ends it.

    ``more`` leads to the places below. ``deed`` is empty where whoever asks may not do it.
    """

    code: str
    name: str
    unit: str
    count: str
    address: str
    more: str
    reason: str
    weight: int
    remedy: str
    deed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who fills in the ledgers of a place."""

    name: str
    role: str
    phone: str
    dial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A place right below: its rate, what it divides, its heaviest problem and who writes there."""

    name: str
    home: str
    rate: str
    share: float
    of: str
    address: str
    why: Trouble | None
    who: list[Writer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A rate by which places are held against each other."""

    name: str
    address: str
    here: bool


# ------------------------------------------------------------------ figures


def heads(asked: Asked, now: Told, board: Board | None = None) -> list[Head]:
    """The headlines, from the store with the same day a year ago."""
    return [_head(figure, asked, now, board) for figure in CATALOG.headlines()]


def _head(figure: Figure, asked: Asked, now: Told, board: Board | None) -> Head:
    value = now[figure.code]
    said: dict[str, Any] = {}
    if board is not None and board.last is not None:
        said = _since(figure, value, board.last[figure.code], asked, board)
    return Head(
        code=figure.code,
        name=figure.name,
        unit=figure.unit,
        value=told(figure, value),
        address=rows_address(figure.code, asked.question),
        **said,
    )


def _since(figure: Figure, now: Value, last: Value, asked: Asked, board: Board) -> dict[str, Any]:
    """The value a year ago; along the tree of today it has no rows of its own to open."""
    then = Question(
        asof=AsOf(day=board.year_ago, known_at=asked.question.known_at),
        tree=asked.question.tree,
        node=asked.question.node,
        code=asked.sight.on(board.year_ago).tree.code(asked.question.node),
    )
    own = not (board.comparable and board.moved)
    said = {
        "last": told(figure, last),
        "last_address": rows_address(figure.code, then) if own else "",
    }
    if now.value is None or last.value is None:
        return said
    by = now.value - last.value
    return said | {
        "change": _points(by) if isinstance(figure, Ratio) else signed(by),
        "kind": "up" if by > 0 else "down" if by < 0 else "",
    }


def _points(by: float) -> str:
    """A difference of rates in percentage points, cut off: +1.2 个点."""
    return f"{points(by, 1)} 个点"


# ------------------------------------------------------------------ problems


def troubles(asked: Asked, now: Told, may: May) -> list[Trouble]:
    """The problems of the place, the heaviest first: weight times how many there are.

    Nothing else is put into the order, so that anybody can work it out from the page; of two as
    heavy as each other the one declared first comes first.
    """
    weighed = _weighed(now)
    return [_trouble(indicator, count, asked.question, may) for indicator, count in weighed]


def _weighed(now: Told) -> list[tuple[Indicator, int]]:
    found = [
        (indicator, int(value))
        for indicator in CATALOG.problems()
        if (value := now[indicator.code].value)
    ]
    return sorted(found, key=lambda one: -one[1] * _weight(one[0]))


def _weight(indicator: Indicator) -> int:
    return indicator.problem.weight if indicator.problem else 0


def _trouble(indicator: Indicator, count: int, question: Question, may: May) -> Trouble:
    problem = indicator.problem
    if problem is None:  # pragma: no cover - only problems are asked for
        raise ValueError(indicator.code)
    return Trouble(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        count=number(count),
        address=rows_address(indicator.code, question),
        more=figure_address(indicator.code, question),
        reason=problem.reason,
        weight=problem.weight,
        remedy=problem.remedy,
        deed=_deed(indicator, question, may),
    )


def _deed(indicator: Indicator, question: Question, may: May) -> str:
    """Where the deed is done that ends the problem; only today, by whoever may."""
    problem = indicator.problem
    ledger = (problem.ledger if problem else "") or indicator.base.ledger
    if problem is None or not question.asof.present or not may(ledger):
        return ""
    if problem.deed == "import":
        return reverse("import-new", args=[ledger])
    if problem.deed == "new":
        return reverse("record-new", args=[ledger])
    listing = indicator.listing
    if listing is None or question.tree != TERRITORY:
        return rows_address(indicator.code, question)
    return reverse("ledger", args=[ledger]) + question.asof.query(
        area=question.code, tab=listing.question or None
    )


def doubts(asked: Asked | None, asof: AsOf, opened: frozenset[str], *, every: bool) -> list[Any]:
    """Questions of the ledgers that someone opens which no figure answers, or ``every`` question.

    Their count is asked for once the page stands, for it looks at rows.
    """
    area = asked.question.code if asked and asked.question.tree == TERRITORY else None
    return [
        {
            "ledger": ledger.title.removesuffix("台账"),
            "title": question.title,
            "help": question.help,
            "address": reverse("ledger", args=[ledger.slug]) + query,
            "count": reverse("ledger-count", args=[ledger.slug]) + query,
        }
        for ledger in LEDGERS
        if ledger.slug in opened
        for question in LEDGERS.questions(ledger.slug)
        if every or question.problem
        for query in (asof.query(area=area, tab=question.code),)
    ]


# ------------------------------------------------------------------ who is behind


def measured(code: str, board: Board) -> Figure | None:
    """The rate of that code among those by which places are compared, else the last of them.

    One that fewer than two places have is passed over: nobody is behind alone.
    """
    last_first = rates()[::-1]
    last_first.sort(key=lambda rate: rate.code != code)
    return next((rate for rate in last_first if len(lowest(rate, board)) > 1), None)


def measures(rate: Figure, addressed: Callable[[str], str]) -> list[Measure]:
    """The rates to choose from."""
    return [
        Measure(name=figure.name, address=addressed(figure.code), here=figure is rate)
        for figure in rates()
    ]


def lowest(rate: Figure, board: Board) -> list[int]:
    """The places right below with the lowest rate, the lowest first; without a rate, none.

    Of two with the same rate the one in which more is missing comes first.
    """
    valued = {
        node: (value, -(said[rate.code].denominator or 0))
        for node, said in board.below.items()
        if (value := said[rate.code].value) is not None
    }
    return sorted(valued, key=lambda node: valued[node])[:BEHIND]


def behind(
    rate: Figure, nodes: Sequence[int], asked: Asked, board: Board, who: Mapping[int, list[Post]]
) -> list[Behind]:
    """A line for each of ``nodes``."""
    return [_behind(rate, node, asked, board.below[node], who.get(node, [])) for node in nodes]


def _behind(rate: Figure, node: int, asked: Asked, said: Told, posts: list[Post]) -> Behind:
    question, value = asked.of(node), said[rate.code]
    heaviest = _weighed(said)[:1]
    return Behind(
        name=asked.sight.tree.name(node),
        home=reverse("home") + question.query(),
        rate=told(rate, value),
        share=value.value or 0,
        of=f"{number(value.numerator)} ÷ {number(value.denominator)}",
        address=rows_address(rate.code, question),
        why=next((_trouble(i, n, question, lambda _: False) for i, n in heaviest), None),
        who=[_writer(post) for post in posts],
    )


def _writer(post: Post) -> Writer:
    """With the office telephone, and the number alone to dial; an extension is told, not dialled."""
    phone = post.user.phone
    dial = "".join(filter(str.isdigit, phone.replace(",", "转").partition("转")[0]))
    return Writer(
        name=post.user.username, role=Role(post.role).label, phone=phone, dial=f"tel:{dial}"
    )


# ------------------------------------------------------------------ own work


def of_flows(found: Counts) -> list[dict[str, Any]]:
    """One line for all that is to be done in flows; the list itself is on its own page."""
    if not found.all:
        return []
    state = ("bad", f"逾期 {found.overdue} 件") if found.overdue else ("act", "待办")
    remark = f"逾期 {found.overdue} 件，本周到期 {found.week} 件"
    title = f"流程里等您办的 {found.all} 件"
    return [{"state": state, "title": title, "remark": remark, "address": reverse("todos")}]


def todos(papers: Sequence[Paper], jobs: Mapping[int, Job]) -> list[dict[str, Any]]:
    """Papers that wait for their owner: what state each is in, and where to go."""
    return [
        {
            "state": state_of(paper, jobs.get(paper.job_id or 0)),
            "title": paper.name,
            "remark": f"{LEDGERS[paper.ledger].title} · {moment(paper.created)} 上传",
            "address": reverse("import", args=[paper.pk]),
        }
        for paper in papers
    ]


def questions(found: Sequence[tuple[str, str, datetime]]) -> list[dict[str, Any]]:
    """Doubts about figures that wait for someone: to be answered, or to be closed."""
    return [
        {
            "state": ("warn", "疑问"),
            "title": title,
            "remark": f"{moment(at)} 提出",
            "address": address,
        }
        for title, address, at in found
    ]


def changes(found: Sequence[Change], asof: AsOf) -> list[dict[str, Any]]:
    """Changes in words, each with its address."""
    return [
        {
            "number": change.number,
            "at": change.at,
            "who": change.actor_name,
            "title": f"{kind_of(change).word} · {ledger_of(change)}",
            "remark": change.source_name or change.reason,
            "address": reverse("change", args=[change.number]) + asof.query(),
        }
        for change in found
    ]
