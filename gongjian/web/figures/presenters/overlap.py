"""Why a figure is less than its parts add up to: bars, sets, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from gongjian.indicators.declare import CATALOG, Figure
from gongjian.web.figures.equations import Among, among, short_names
from gongjian.web.figures.forms import Question
from gongjian.web.figures.overlaps import Kinds, Twice
from gongjian.web.figures.presenters.common import figure_address, rows_address, whole_number
from gongjian.web.figures.queries import Answer
from gongjian.web.text import number

LENGTH: Final = 1000
"""Of the bar on which all parts lie end to end."""

_THINNEST: Final = 4.0
"""Of that length: what is drawn of a part that would not be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A number with where it opens, and its stretch of the bar; ``code`` of the figure it is."""

    name: str
    value: str
    address: str
    code: str = ""
    begin: str = "0"
    width: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapText:
    """The parts, what they add up to, what of it is too much, and the figure that is left.

    ``several`` are those who stand in more than one part, where they are a figure of their own;
    else ``remark`` says what is taken off.
    ``together`` is the address of who stands in which.
    """

    parts: list[Part]
    total: Part
    over: Part
    whole: Part
    several: Part | None
    remark: str
    unit: str
    together: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Those who stand in the same parts: how many, and how much was counted beyond once."""

    name: str
    rows: str
    over: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherText:
    """Who stands in which parts at once; three sets can be drawn.

    ``sets`` are the parts, ``shared`` how many stand in the first and second, the first and third,
    the second and third alone, and in all three. ``code`` and ``address`` are of the figure that
    all these rows are behind.
    """

    code: str
    address: str
    kinds: list[Kind]
    rows: str
    over: str
    sets: list[Part]
    shared: list[Part]
    alt: str


def overlap_text(figure: Figure, question: Question, answer: Answer) -> OverlapText | None:
    """The picture of a whole whose parts overlap; None of any other figure, or where none does."""
    found = among(figure)
    if found is None or found.whole is not figure or not found.twice:
        return None
    if not set(found.made_of.codes) <= answer.figures.keys():
        return None
    said = {code: whole_number(value.value) for code, value in answer.figures.items()}
    whole = said[figure.code]
    total = sum(said[code] for code in found.made_of.parts)
    if total <= whole:
        return None
    return _overlap(found, question, said, total)


def _overlap(found: Among, question: Question, said: dict[str, int], total: int) -> OverlapText:
    figure, less = found.whole, found.made_of.less
    whole, over = said[figure.code], total - said[figure.code]
    of_several = rows_address(found.twice, question)
    parts = _laid(found, question, said, total)
    words = "、".join(f"{part.name} {part.value}" for part in parts)
    return OverlapText(
        parts=parts,
        total=Part(
            name="各项相加", value=number(total), address=rows_address(figure.code, question)
        ),
        over=Part(
            name="多计的",
            value=number(over),
            address=of_several,
            code=less,
            **_stretch(whole, over, total),
        ),
        whole=Part(
            name=figure.name,
            value=number(whole),
            address=rows_address(figure.code, question),
            code=figure.code,
            **_stretch(0, whole, total),
        ),
        several=None if less else _several(found, said, of_several),
        remark=_taken_off(found) if less else "",
        unit=figure.unit,
        together=reverse("figure-overlap", args=[figure.code]) + question.query(),
        alt=f"{words}，相加 {number(total)}；多计 {number(over)}，{figure.name} {number(whole)}。",
    )


def _taken_off(found: Among) -> str:
    taken = CATALOG.indicator(found.twice)
    return f"多计的就是“{taken.name}”：{taken.definition}。"


def _several(found: Among, said: dict[str, int], address: str) -> Part:
    name = CATALOG.indicator(found.twice).name
    return Part(name=name, value=number(said[found.twice]), address=address, code=found.twice)


def _laid(found: Among, question: Question, said: dict[str, int], total: int) -> list[Part]:
    names, parts, begin = short_names(found), list[Part](), 0
    for code in found.made_of.parts:
        parts.append(
            Part(
                name=names[code],
                value=number(said[code]),
                address=figure_address(code, question),
                code=code,
                **_stretch(begin, said[code], total),
            )
        )
        begin += said[code]
    return parts


def _stretch(begin: int, length: int, total: int) -> dict[str, str]:
    """Where a number lies on the bar; one that is not nought can be seen."""
    width = max(length / total * LENGTH, _THINNEST) if length else 0.0
    return {
        "begin": f"{min(begin / total * LENGTH, LENGTH - width):.1f}",
        "width": f"{width:.1f}",
    }


# ------------------------------------------------------------------ who stands in which


def together_text(
    found: Among, question: Question, answer: Answer, told: Sequence[Twice]
) -> TogetherText:
    """Who stands in which parts at once, of those whom ``told`` tells apart."""
    names = short_names(found)
    kinds = [_kind(found, question, one, names) for one in told]
    alone = {one.kinds: len(one.rows) for one in told}
    # Sets of sums cannot be drawn: what lies on each other is told in rows.
    drawn = len(names) == len(_CORNERS[0]) and not found.sums
    return TogetherText(
        code=found.twice,
        address=rows_address(found.twice, question),
        kinds=kinds,
        rows=number(sum(alone.values())),
        over=number(sum(one.over(found) for one in told)),
        sets=_sets(found, question, answer) if drawn else [],
        shared=[_shared(found, question, at, alone) for at in _CORNERS] if drawn else [],
        alt="；".join(f"{kind.name} {kind.rows} 行" for kind in kinds),
    )


_CORNERS: Final = ((1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1))
"""The places of three sets where at least two of them lie on each other."""


def _sets(found: Among, question: Question, answer: Answer) -> list[Part]:
    names = short_names(found)
    return [
        Part(
            name=names[code],
            value=number(whole_number(answer.figures[code].value)),
            address=figure_address(code, question),
            code=code,
        )
        for code in found.made_of.parts
    ]


def _shared(
    found: Among, question: Question, corner: tuple[int, ...], alone: dict[Kinds, int]
) -> Part:
    kinds = tuple(c for c, there in zip(found.made_of.parts, corner, strict=True) if there)
    rows = alone.get(kinds, 0)
    address = kind_address(found, question, kinds) if rows else ""
    name = kinds_name(kinds, short_names(found))
    return Part(name=name, value=number(rows), address=address, code=found.twice)


def _kind(found: Among, question: Question, one: Twice, names: dict[str, str]) -> Kind:
    return Kind(
        name=kinds_name(one.kinds, names),
        rows=number(len(one.rows)),
        over=number(one.over(found)),
        address=kind_address(found, question, one.kinds),
    )


def kinds_name(kinds: Kinds, names: dict[str, str]) -> str:
    """单独＋区域性."""
    return "＋".join(names[code] for code in kinds)


def kind_address(found: Among, question: Question, kinds: Kinds) -> str:
    """The rows of those who stand in exactly these parts."""
    return rows_address(found.twice, question, **{"in": ",".join(kinds)})
