"""Figures: the catalogue, values as `gongjian figures` gives them, the named rows behind one."""

from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongjian.api import cursors, parameters
from gongjian.api.door import Strict, responses
from gongjian.api.values import Plain
from gongjian.core.access import Permission
from gongjian.core.errors import Refused
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    TERRITORY,
    Figure,
    Net,
    Ratio,
)
from gongjian.indicators.query import code_of, names_of_values
from gongjian.indicators.rows import Row
from gongjian.web.figures import forms, queries
from gongjian.web.figures.asking import asked
from gongjian.web.figures.forms import MOST_ROWS, Question
from gongjian.web.figures.moments import rows_as_known, settled
from gongjian.web.figures.queries import Answer, Told
from gongjian.web.machines import answer
from gongjian.web.moment import AsOf
from gongjian.web.people import insider, require

router: Final = Router(tags=["指标"])

MOST_BRANCHES: Final = 50
"""Branches along affiliation that are counted at once, each by itself."""

MOST_ALONG: Final = 5
"""Figures that are counted at once for each of them."""

_TOO_FAR: Final = f"名单只能取到第 {MOST_ROWS:,} 行，请改问下一级区划或工会。"


class FigureShape(Strict):
    """What a figure means. A rate is ``over`` ÷ ``under``; a net figure is ``of`` over the year."""

    code: str
    name: str
    unit: str
    group: str
    definition: str
    excludes: str
    version: int
    kind: str
    over: str | None
    under: str | None
    of: str | None
    trees: list[str]


class CatalogueShape(Strict):
    """Every figure, in the order of declaration."""

    figures: list[FigureShape]


class ValueShape(Strict):
    """The value of a figure; of a rate also its two sums. Empty where it has no meaning."""

    code: str
    name: str
    unit: str
    value: float | int | None
    numerator: int | None = None
    denominator: int | None = None


class ChildShape(Strict):
    """The figures of a node right below."""

    area: str = ""
    union: str = ""
    name: str
    figures: list[ValueShape]


class ValuesShape(Strict):
    """As `gongjian figures --json` answers."""

    at: str
    known_at: int
    area: str = ""
    union: str = ""
    tree: str
    figures: list[ValueShape]
    children: list[ChildShape] = []


class NamedShape(Strict):
    """One named row behind a figure, as `gongjian rows --json` gives it."""

    id: int
    key: str
    name: str
    area: str
    value: int = 0
    numerator: int = 0
    denominator: int = 0


class RowsShape(Strict):
    """The figure and a page of its rows."""

    code: str
    value: float | int | None
    numerator: int | None = None
    denominator: int | None = None
    at: str
    known_at: int
    area: str = ""
    union: str = ""
    tree: str
    rows: list[NamedShape]
    next: str | None


@router.get(
    "", response=responses({200: CatalogueShape}), summary="指标目录", operation_id="figures"
)
def catalogue(request: HttpRequest) -> HttpResponse:
    """全部指标和它们的含义。"""
    insider(request, "查看数字")
    require(request, Permission.SEE_FIGURES, "查看数字")
    return answer({"figures": [_meaning(figure) for figure in CATALOG]})


def _meaning(figure: Figure) -> Plain:
    kind = "rate" if isinstance(figure, Ratio) else "net" if isinstance(figure, Net) else "sum"
    return {
        "code": figure.code,
        "name": figure.name,
        "unit": figure.unit,
        "group": CATALOG.group_of(figure),
        "definition": figure.definition,
        "excludes": figure.excludes,
        "version": figure.version,
        "kind": kind,
        "over": figure.over if isinstance(figure, Ratio) else None,
        "under": figure.under if isinstance(figure, Ratio) else None,
        "of": figure.of if isinstance(figure, Net) else None,
        "trees": [d.code for d in DIMENSIONS if CATALOG.counts_along(figure, d.code)],
    }


# ------------------------------------------------------------------ values


@router.get(
    "/values",
    response=responses({200: ValuesShape}),
    summary="指标的数",
    operation_id="figure-values",
    openapi_extra={"parameters": parameters.of_figures()},
)
def values(request: HttpRequest) -> HttpResponse:
    """某个区划或工会在某一天的数，与命令 gongjian figures 的答复相同。"""
    question, _ = asked(request, Permission.SEE_FIGURES, "查看数字")
    codes = [c for text in request.GET.getlist("codes") for c in text.split(",") if c]
    wanted = CATALOG.asked(codes)
    below = request.GET.get("children", "") or "0"
    if below not in ("0", "1"):
        raise Refused(f"children 不能是“{below[:40]}”，请填 1（连同直接下级）或不填。")
    along = question.tree != TERRITORY
    found = queries.answer(codes, question, children=below == "1" and not along)
    said = {**_place(question, found), "figures": _said(wanted, found.figures)}
    if below == "1":
        children = _branches(codes, question, found) if along else found.children
        said["children"] = [_child(question, found, n, _said(wanted, t)) for n, t in children]
    return answer(said)


def _place(question: Question, found: Answer) -> Plain:
    dimension = DIMENSIONS[question.tree]
    return {
        "at": question.day.isoformat(),
        "known_at": found.known,
        dimension.word: code_of(dimension, found.tree, question.node),
        "tree": dimension.code,
    }


def _child(question: Question, found: Answer, node: int, figures: list[Plain]) -> Plain:
    word, tree = DIMENSIONS[question.tree].word, found.tree
    return {word: tree.code(node), "name": tree.name(node), "figures": figures}


def _said(wanted: list[Figure], told: Told) -> list[Plain]:
    return [{"code": f.code, "name": f.name, "unit": f.unit, **_value(f, told)} for f in wanted]


def _value(figure: Figure, told: Told) -> Plain:
    return {name: getattr(told[figure.code], name) for name in names_of_values(figure)}


def _branches(codes: list[str], question: Question, found: Answer) -> list[tuple[int, Told]]:
    """The unions right below, each counted by itself; Refused where that would be very many."""
    nodes = found.tree.children(question.node)
    if not 0 < len(codes) <= MOST_ALONG:
        raise Refused(f"按隶属统计连同下级时，请用 codes 指明 1 至 {MOST_ALONG} 个指标。")
    if len(nodes) > MOST_BRANCHES:
        raise Refused(
            f"这个工会有 {len(nodes)} 个直接下级，一次最多统计 {MOST_BRANCHES} 个，请用 union 逐个问。"
        )
    asof = AsOf(day=question.day, known_at=found.known)
    each = ((n, replace(question, asof=asof, node=n, code=found.tree.code(n))) for n in nodes)
    return [(node, queries.answer(codes, one).figures) for node, one in each]


# ------------------------------------------------------------------ rows


@router.get(
    "/{code}/rows",
    response=responses({200: RowsShape}),
    summary="数字背后的名单",
    operation_id="figure-rows",
    openapi_extra={"parameters": [*parameters.FIGURE, *parameters.PAGING]},
)
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """构成一个数的每一行，与命令 gongjian rows 的答复相同，按区划和代码排列。"""
    figure = forms.figure_named(code)
    page = cursors.page(request)
    question, _ = asked(request, Permission.SEE_FIGURES, "查看名单")
    page.require()
    (after,) = page.place or [0]
    if after >= MOST_ROWS:
        raise Refused(_TOO_FAR)

    def read() -> tuple[Answer, list[Row]]:
        found = queries.answer([code], question)
        rows = queries.rows_of(code, question, found.known)
        with rows_as_known(found.known), closing(rows):
            return found, list(islice(rows, after, after + page.limit + 1))

    found, listed = settled(read)
    on = [after + page.limit] if len(listed) > page.limit else None
    return answer(
        {
            "code": code,
            **_value(figure, found.figures),
            **_place(question, found),
            "rows": listed[: page.limit],
            "next": None if on is None else cursors.write(request, found.known, on),
        }
    )
