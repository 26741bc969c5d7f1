"""The catalogue: every figure in words, with its value for the place."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.indicators.declare import CATALOG, Figure, Ratio
from gongjian.indicators.rows import bases_of
from gongjian.ledgers.declare import LEDGERS
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
    """One figure of the catalogue.

    ``of`` is numerator ÷ denominator of a rate, ``base`` names the ledgers whose rows are counted.
    """

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
    base: str


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


def sections(found: Sequence[Figure], question: Question, answer: Answer) -> list[Section]:
    """The figures in their groups; a group of which none was found is left out."""
    wanted = {figure.code for figure in found}
    listed = {
        title: [_line(figure, question, answer) for figure in figures if figure.code in wanted]
        for title, figures in CATALOG.grouped().items()
    }
    return [Section(title, lines) for title, lines in listed.items() if lines]


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
        base=_base(figure),
    )


def _base(figure: Figure) -> str:
    """The ledgers whose rows are counted."""
    return "、".join(dict.fromkeys(LEDGERS[base.ledger].title for base in bases_of(figure)))
