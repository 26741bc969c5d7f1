"""The figure of the places right below, so that the column adds up before the eye."""

from dataclasses import dataclass

from gongjian.areas.queries import Tree
from gongjian.indicators.declare import AFFILIATION, TERRITORY, Figure, Net, Ratio
from gongjian.indicators.sections import Year
from gongjian.web.figures.equations import ledgers_of
from gongjian.web.figures.forms import DIRECT, Question
from gongjian.web.figures.places import TREES, Sight
from gongjian.web.figures.presenters.common import (
    Addresses,
    figure_address,
    node_code,
    node_name,
    rows_address,
    told,
    whole_number,
)
from gongjian.web.figures.queries import PAGE, Answer, Value
from gongjian.web.text import number, percent, signed

_TWICE = (
    "同一家单位可以在两个下级工会之下，在下级各计一次，在这里只计一次，所以下级之和可以大于上级。"
)
_MOVED = "年内有区划调整：净增的两天各按当天的区划计算，划进划出的差额列在最后一行。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: numbers in the order of the columns, each opened by ``address``."""

    name: str
    code: str
    numbers: list[str]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The places right below and the line that makes them add up to the total."""

    columns: list[str]
    rows: list[Row]
    rest: Row | None
    total: Row
    remark: str
    span: str
    next_address: str | None
    previous_address: str | None


def table(figure: Figure, question: Question, answer: Answer, sight: Sight, after: int) -> Table:
    """The children that come ``after`` so many; ``rest`` only where all of them are here."""
    shown, of = len(answer.children), answer.of_children
    rest, remark = _rest(figure, question, answer) if shown == of else (None, "")
    if shown < of:
        remark = f"下级共 {of:,} 个，每页 {PAGE} 个；合计是全部下级和本级的数。"

    def turned(to: int) -> str:
        return figure_address(figure.code, question, after=max(to, 0) or None)

    return Table(
        columns=_columns(figure),
        rows=_rows(figure, question, answer, sight),
        rest=rest,
        total=Row(
            name="合计",
            code="",
            numbers=_numbers(figure, answer.figures[figure.code]),
            address=rows_address(figure.code, question),
        ),
        remark=remark,
        span=f"第 {after + 1:,}—{after + shown:,} 个，共 {of:,} 个" if shown else "",
        next_address=turned(after + PAGE) if after + shown < of else None,
        previous_address=turned(after - PAGE) if after else None,
    )


def _rows(figure: Figure, question: Question, answer: Answer, sight: Sight) -> list[Row]:
    tree = answer.tree
    to = Addresses(question, tree, "figure", figure.code)
    return [
        Row(
            name=node_name(question.tree, tree, node),
            code=node_code(question.tree, tree, node),
            numbers=_numbers(figure, figures[figure.code]),
            # What was below on a past day may lie outside the scope of today.
            address=to.of(node) if sight.covers(node) else "",
        )
        for node, figures in answer.children
    ]


def _columns(figure: Figure) -> list[str]:
    if isinstance(figure, Ratio):
        return ["分子", "分母", figure.name]
    return [f"{figure.name}（{figure.unit}）" if figure.unit else figure.name]


def _numbers(figure: Figure, value: Value) -> list[str]:
    if isinstance(figure, Ratio):
        return [number(value.numerator), number(value.denominator), told(figure, value)]
    return [told(figure, value)]


def difference(figure: Figure, answer: Answer) -> tuple[int, ...]:
    """What the total is beyond the children: (value,), of a rate (numerator, denominator)."""
    own = _counts(figure, answer.figures[figure.code])
    below = [_counts(figure, figures[figure.code]) for _, figures in answer.children]
    return tuple(total - sum(x[at] for x in below) for at, total in enumerate(own))


def _counts(figure: Figure, value: Value) -> tuple[int, ...]:
    if isinstance(figure, Ratio):
        return whole_number(value.numerator), whole_number(value.denominator)
    return (whole_number(value.value),)


def _rest(figure: Figure, question: Question, answer: Answer) -> tuple[Row | None, str]:
    """The line that makes the column add up, and what is to be said of it."""
    beyond = difference(figure, answer)
    if not any(beyond) or not answer.children:
        return None, ""
    direct = stands_directly(figure, question, answer.tree)
    name, remark = "本级", "“本级”是直接记在本级、不属于任何下级的。"
    if question.tree == AFFILIATION and "employers" in ledgers_of(figure):
        name, remark = "本级与重复相抵", _TWICE
    elif question.tree == AFFILIATION:
        remark = "“本级”是本工会自己的，含已撤销的下级工会留下的。"
    elif not direct:
        name, remark = "本级与区划调整", _MOVED
    address = rows_address(figure.code, question, own=DIRECT) if direct else ""
    return Row(name=name, code="", numbers=_beyond(figure, beyond), address=address), remark


def stands_directly(figure: Figure, question: Question, tree: Tree) -> bool:
    """Is the total beyond the children exactly what is recorded at the node itself?

    Not along affiliation, where what two branches share is counted once; nor of a net figure
    where one of the two days divided the node otherwise.
    """
    if question.tree != TERRITORY:
        return False
    if not isinstance(figure, Net):
        return True
    eve = Year.of(question.day, question.year_start).eve(question.year_start).day
    before = TREES[TERRITORY](eve, question.known_at)
    nodes = [question.node, *tree.children(question.node)]
    same = tree.children(question.node) == before.children(question.node)
    return same and all(
        tree.below(x) == before.below(x) and tree.code(x) == before.code(x) for x in nodes
    )


def _beyond(figure: Figure, beyond: tuple[int, ...]) -> list[str]:
    if isinstance(figure, Ratio):
        over, under = beyond
        rate = percent(over / under if under > 0 <= over else None)
        return [number(over), number(under), rate]
    return [signed(beyond[0]) if isinstance(figure, Net) else number(beyond[0])]
