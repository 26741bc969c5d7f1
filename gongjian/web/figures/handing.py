"""A question about a figure as a job takes it along: handed in, noted on the trail, asked again."""

from datetime import date
from typing import Any, Final

from gongjian.core.access import Actor, Scope
from gongjian.core.errors import NotInScope
from gongjian.history.record import newest
from gongjian.indicators.declare import Figure
from gongjian.web.figures.forms import Question
from gongjian.web.figures.places import Sight
from gongjian.web.moment import AsOf

_NOTED: Final = ("at", "known", "tree", "place", "year_start")


def payload_of(figure: Figure, question: Question) -> dict[str, Any]:
    """What is asked, as it is known now or, where the page says so, as it was known then.

    So whatever is changed before the job's turn comes does not change the answer.
    """
    known = newest() if question.known_at is None else min(question.known_at, newest())
    return {
        "code": figure.code,
        "at": question.day.isoformat(),
        "known": known,
        "tree": question.tree,
        "node": question.node,
        "place": question.code,
        "year_start": question.year_start,
    }


def noted(payload: dict[str, Any], by: Actor) -> dict[str, Any]:
    """What the trail says of an export of rows behind a figure."""
    said = {name: payload[name] for name in _NOTED}
    return {"figure": payload["code"], **said, "actor": by.id, "name": by.name, "unmasked": False}


def question_of(payload: dict[str, Any], scope: Scope) -> Question:
    """What was asked; NotInScope where the place has left ``scope`` since."""
    question = Question(
        asof=AsOf(day=date.fromisoformat(payload["at"]), known_at=payload["known"]),
        tree=payload["tree"],
        node=payload["node"],
        code=payload["place"],
        year_start=payload["year_start"],
    )
    if not Sight(scope, question.tree, question.day, question.known_at).covers(question.node):
        raise NotInScope(f"“{question.code}”已不在您可以导出的范围内，请换一个地方。")
    return question
