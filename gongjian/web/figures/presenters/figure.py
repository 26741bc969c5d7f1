"""One figure: its value, what it means, how it is made of others."""

from dataclasses import dataclass, replace

from gongjian.indicators.declare import CATALOG, Figure, MadeOf, Net, Ratio, shown_with
from gongjian.indicators.sections import Year
from gongjian.web.figures.equations import is_listed, made_of
from gongjian.web.figures.forms import Question
from gongjian.web.figures.presenters.common import (
    Link,
    figure_address,
    rows_address,
    silence,
    told,
    whole_number,
)
from gongjian.web.figures.queries import Answer
from gongjian.web.moment import AsOf
from gongjian.web.text import moment, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One number of an equation with the sign before it; ``less`` where it is taken off.

    ``code`` is of the figure whose value it is, empty where it is none's.
    """

    sign: str
    value: str
    name: str
    address: str
    code: str = ""
    less: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An equation in numbers: the terms, then what they come to, and why this is so.

    ``check`` is what was made sure of; empty where a term is only what the others leave.
    ``twice`` is the figure that the remark begins with, if it does.
    """

    terms: list[Term]
    check: str = ""
    remark: str = ""
    twice: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureText:
    """What is said of one figure."""

    code: str
    name: str
    unit: str
    value: str
    rows: str
    reason: str
    definition: str
    excludes: str
    version: int
    recount: str
    proven: bool
    equation: Sum | None
    wholes: list[Link]


def figure_text(figure: Figure, question: Question, answer: Answer) -> FigureText:
    """The figure, its meaning, and its equation where the answer has the parts of it."""
    value = answer.figures[figure.code]
    kept = answer.kept
    proven = kept is not None and kept.proven_at is not None
    if kept is None:
        recount = "按这一天有效的行算出"
    elif kept.proven_at is None:
        recount = "取自留存数，还没有与名单逐数核对过"
    else:
        recount = f"{moment(kept.proven_at)} 按名单重算一遍，结果相同"
    said_of_parts = set(shown_with(figure)) <= answer.figures.keys()
    there = said_of_parts and answer.tree.exists(question.node)
    return FigureText(
        code=figure.code,
        name=figure.name,
        unit=figure.unit,
        value=told(figure, value),
        rows=rows_address(figure.code, question),
        reason=silence(figure, value, question.tree),
        definition=figure.definition,
        excludes=figure.excludes,
        version=figure.version,
        recount=recount,
        proven=proven,
        equation=equation(figure, question, answer) if there else None,
        wholes=[
            Link(whole.name, figure_address(whole.code, question))
            for whole in CATALOG.wholes_of(figure.code)
        ],
    )


def equation(figure: Figure, question: Question, answer: Answer) -> Sum | None:
    """How the figure comes about, in numbers; None where it is made of no other or has no value."""
    value = answer.figures[figure.code]
    if isinstance(figure, Ratio):
        return None if value.numerator is None else _rate(figure, question, answer)
    if value.value is None:
        return None
    if isinstance(figure, Net):
        return _net(figure, question, answer)
    found = made_of(figure)
    return None if found is None else _made_of(figure, found, question, answer)


def _result(figure: Figure, question: Question, answer: Answer) -> Term:
    said = told(figure, answer.figures[figure.code])
    address = rows_address(figure.code, question)
    return Term(sign="＝", value=said, name=figure.name, address=address, code=figure.code)


def _rate(figure: Ratio, question: Question, answer: Answer) -> Sum:
    value = answer.figures[figure.code]
    parts = ((figure.over, value.numerator, ""), (figure.under, value.denominator, "÷"))
    terms = [
        Term(
            sign=sign,
            value=number(said),
            name=CATALOG.indicator(code).name,
            # A part that is no figure by itself has its names among the rows of the rate.
            address=figure_address(code, question)
            if is_listed(code)
            else rows_address(figure.code, question),
            code=code if is_listed(code) else figure.code,
        )
        for code, said, sign in parts
    ]
    return Sum(terms=[*terms, _result(figure, question, answer)], check="两边都有名单")


def _net(figure: Net, question: Question, answer: Answer) -> Sum:
    """The day less the day before the year began; both are figures of their own days."""
    of = CATALOG.indicator(figure.of)
    now = whole_number(answer.figures[of.code].value)
    before = now - whole_number(answer.figures[figure.code].value)
    eve = Year.of(question.day, question.year_start).eve(question.year_start).day
    then = replace(question, asof=AsOf(day=eve, known_at=question.known_at))
    terms = [
        Term(
            sign="",
            value=number(now),
            name=f"{question.day} {of.name}",
            address=figure_address(of.code, question),
            code=of.code,
        ),
        Term(
            sign="−",
            value=number(before),
            name=f"{eve} {of.name}",
            address=figure_address(of.code, then),
            code=of.code,
            less=True,
        ),
    ]
    return Sum(
        terms=[*terms, _result(figure, question, answer)],
        remark="名单里新增的记 ＋1，减少的记 −1；两天各按当天的隶属和区划计算。",
    )


def _made_of(figure: Figure, found: MadeOf, question: Question, answer: Answer) -> Sum:
    parts = [whole_number(answer.figures[code].value) for code in found.parts]
    terms = [
        Term(
            sign="＋" if at else "",
            value=number(said),
            name=CATALOG.indicator(code).name,
            address=figure_address(code, question),
            code=code,
        )
        for at, (code, said) in enumerate(zip(found.parts, parts, strict=True))
    ]
    off = sum(parts) - whole_number(answer.figures[figure.code].value)
    remark, twice = "", None
    known = 0
    if found.less:
        known = whole_number(answer.figures[found.less].value)
        less = _off(found.less, CATALOG.indicator(found.less).name, known, question)
        terms.append(replace(less, code=found.less))
    if found.repeated:
        terms.append(_off(found.repeated, "多计的次数", off, question))
        repeated = CATALOG.indicator(found.repeated)
        said = whole_number(answer.figures[repeated.code].value)
        twice = _off(repeated.code, repeated.name, said, question)
        remark = (
            f"{repeated.unit}在上面各项里出现两次或更多，一共多计 {number(off)} 次；"
            "合计按名字只数一次。"
        )
    return Sum(
        terms=[*terms, _result(figure, question, answer)],
        check="各项加减＝这个数" if off == known and not found.repeated else "",
        remark=remark,
        twice=None if twice is None else replace(twice, code=found.repeated),
    )


def _off(code: str, name: str, value: int, question: Question) -> Term:
    """What is taken off the parts, with the names it concerns."""
    address = figure_address(code, question)
    return Term(sign="−", value=number(value), name=name, address=address, less=True)
