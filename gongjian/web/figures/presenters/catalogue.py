"""The catalogue: every figure in words, with its value for the place."""

from dataclasses import dataclass

from gongjian.indicators.declare import CATALOG, Figure, Ratio
from gongjian.web.figures.forms import Question
from gongjian.web.figures.presenters.common import (
    Choice,
    figure_address,
    rows_address,
    silence,
    told,
)
from gongjian.web.figures.queries import Answer
from gongjian.web.text import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of the catalogue; ``of`` is numerator ÷ denominator of a rate."""

    code: str
    name: str
    unit: str
    meaning: str
    excludes: str
    value: str
    of: str
    address: str
    rows: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that stand together."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Choices:
    """Figures that stand together, to change to."""

    title: str
    choices: list[Choice]


def choices(question: Question, code: str) -> list[Choices]:
    """All figures as addresses of the same place and moment; ``code`` is the one that is here."""
    return [
        Choices(
            title,
            [Choice(f.name, figure_address(f.code, question), f.code == code) for f in figures],
        )
        for title, figures in CATALOG.grouped().items()
    ]


def sections(question: Question, answer: Answer) -> list[Section]:
    """All figures of the catalogue in their groups."""
    return [
        Section(title, [_line(figure, question, answer) for figure in figures])
        for title, figures in CATALOG.grouped().items()
    ]


def _line(figure: Figure, question: Question, answer: Answer) -> Line:
    value = answer.figures[figure.code]
    of = ""
    if isinstance(figure, Ratio) and value.numerator is not None:
        of = f"{number(value.numerator)} ÷ {number(value.denominator)}"
    return Line(
        code=figure.code,
        name=figure.name,
        unit=figure.unit,
        meaning=figure.definition,
        excludes=figure.excludes,
        value=told(figure, value),
        of=of,
        address=figure_address(figure.code, question),
        rows=rows_address(figure.code, question),
        reason=silence(figure, value, question.tree),
    )
