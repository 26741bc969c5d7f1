"""What a package says of itself: the figure, whose, of which moment, who took it."""

from typing import Any, Final

from gongjian import __version__
from gongjian.core.access import Actor
from gongjian.core.days import SHANGHAI, now, year_start
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.indicators.declare import Figure, Ratio
from gongjian.indicators.evidence import definition
from gongjian.web.figures.forms import Question
from gongjian.web.figures.jobs import HEADS, columns_of
from gongjian.web.figures.presenters.common import node_name
from gongjian.web.figures.queries import Answer, Value

FORMAT: Final = "gongjian-evidence/1"

Facts = dict[str, Any]


def manifest(figure: Figure, question: Question, told: Answer, actor: Actor) -> Facts:
    """Everything but the rows, which are counted while they are written, and the files."""
    year = year_start(question.day, question.year_start)
    return {
        "format": FORMAT,
        "figure": definition(figure, question.tree),
        "place": {
            "tree": question.tree,
            "id": question.node,
            "code": question.code,
            "name": node_name(question.tree, told.tree, question.node),
        },
        "day": question.day.isoformat(),
        "known": _known(question.known_at or 0),
        "year": {"starts": question.year_start, "from": year.isoformat()},
        **numbers(figure, told.figures[figure.code]),
        "rows": 0,
        "columns": {name: HEADS[name] for name in columns_of(figure)},
        "taken": {
            "id": actor.id,
            "name": actor.name,
            "at": now().astimezone(SHANGHAI).isoformat(timespec="seconds"),
        },
        "product": {"version": __version__, "stamp": Head.objects.get(pk=1).stamp},
    }


def numbers(figure: Figure, value: Value) -> Facts:
    """The numbers of a figure; of a rate its two sums, and no value where the second is 0."""
    if isinstance(figure, Ratio):
        sums = {"numerator": value.numerator, "denominator": value.denominator}
        return {"value": value.value, **sums}
    return {"value": int(value.value or 0)}


def _known(number: int) -> Facts:
    """The change that the figure is known at: its moment, and its link on the trail."""
    change = Change.objects.filter(number=number).first()
    record = TrailRecord.objects.filter(change=number).first()
    at = change.at.astimezone(SHANGHAI).isoformat(timespec="seconds") if change else None
    return {
        "change": number,
        "at": at,
        "link": record.number if record else None,
        "digest": record.digest if record else None,
    }
