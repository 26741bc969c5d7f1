"""To-dos, notices and overdue units in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gongjian.areas.queries import Tree
from gongjian.core.days import today
from gongjian.web.cases.addresses import address_of
from gongjian.web.cases.presenters.words import left
from gongjian.web.todos.forms import WHEN, Wanted, word_of
from gongjian.web.todos.queries import Counts, Unit
from gongjian.workflow.declare import FLOWS, RESERVED, Flow
from gongjian.workflow.models import Notice, RulePack, Todo
from gongjian.workflow.queries import Seats


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """To-dos line by line, and below them what their days go by, numbered as the lines say."""

    lines: list[dict[str, Any]]
    laws: list[str]


def listed(
    todos: Sequence[Todo], packs: Mapping[int, RulePack], tree: Tree, held: Seats | None = None
) -> Listed:
    """A line for each to-do; with the seats of its reader it says what came up from below."""
    day, laws, said = today(), dict[str, int](), []
    for todo in todos:
        law = _law(todo, packs)
        if law:
            laws.setdefault(law, len(laws) + 1)
        said.append(_line(todo, tree, held, day) | {"law": laws.get(law, "")})
    return Listed(lines=said, laws=list(laws))


def _line(todo: Todo, tree: Tree, held: Seats | None, day: date) -> dict[str, Any]:
    step = FLOWS[todo.case.flow].step(todo.step)
    own = held is None or todo.place_id in held.get(step.permission, ())
    went_up = own and todo.raised_to is not None
    kind, remains = left(todo.due, day)
    return {
        "case": todo.case.title,
        "step": step.title,
        "due": todo.due,
        "counted": counted(todo),
        "kind": kind,
        "left": remains,
        "from_below": "" if own else "下级逾期转来",
        "went_up": f"已转{_name(tree, todo.raised_to)}" if went_up else "",
        "address": address_of(todo.case),
    }


def counted(todo: Todo) -> str:
    """How the last day was worked out: from which day, how many days, what moved it."""
    if todo.since is None or todo.due is None:
        return ""
    unit = "个工作日" if todo.working else "天"
    said = f"从 {todo.since} 起 {todo.days} {unit}" if todo.days else f"{todo.since} 当天"
    if todo.roll:
        said += "，遇休息日顺延"
    return said if todo.published else f"{said}，放假安排未公布"


def _law(todo: Todo, packs: Mapping[int, RulePack]) -> str:
    """Where the number of the clock stands."""
    clock = FLOWS[todo.case.flow].step(todo.step).clock
    if clock is None or todo.due is None or clock.number not in todo.case.rules:
        return ""
    return str(packs.get(todo.case.rules[clock.number]["pack"], ""))


def tabs(wanted: Wanted, found: Counts) -> list[dict[str, Any]]:
    """What the list can be narrowed to, each with its number."""
    numbers = {"": found.all, "overdue": found.overdue, "week": found.week, "raised": found.raised}
    return [
        {
            "title": title,
            "number": numbers[word],
            "address": reverse("todos") + wanted.query(when=word),
            "here": word == wanted.when,
        }
        for word, title in WHEN.items()
        if word != "raised" or found.raised or wanted.when == word
    ]


def flows(wanted: Wanted, found: Counts) -> list[dict[str, Any]]:
    """The flows that have to-dos, where there are several to choose from."""
    named = [(FLOWS[slug].title, slug, number) for slug, number in found.flows]
    if len(named) < 2 and not wanted.flow:
        return []
    every = [("全部流程", "", found.all), *named]
    return [
        {
            "title": title,
            "number": number,
            "address": reverse("todos") + wanted.query(flow=slug),
            "here": slug == wanted.flow,
        }
        for title, slug, number in every
    ]


def next_page(wanted: Wanted, shown: Sequence[Todo]) -> str:
    """Where the list goes on."""
    last = shown[-1]
    return reverse("todos") + wanted.query(after=word_of(last.due, last.pk))


def notices(found: Iterable[Notice]) -> list[dict[str, Any]]:
    """What somebody was told: of which case, what happened, who did it and why."""
    return [_notice(one, FLOWS[one.case.flow]) for one in found]


def _notice(one: Notice, flow: Flow) -> dict[str, Any]:
    said: dict[str, Any] = {
        "case": one.case.title,
        "address": address_of(one.case),
        "who": "",
        "at": one.at,
        "remark": "",
        "kind": "warn",
    }
    if one.urge is not None:
        step = flow.title_of(one.urge.step)
        return said | {"what": f"催办：{step}", "who": one.urge.actor_name,
                       "remark": one.urge.text, "kind": "bad"}  # fmt: skip
    if one.todo is not None:
        step = flow.title_of(one.todo.step)
        due = f"期限 {one.todo.due}" if one.todo.due else ""
        return said | {"what": f"快到期限：{step}", "remark": due}
    if one.passage is not None and one.passage.step in RESERVED:
        step = flow.title_of(one.passage.body["step"])
        return said | {"what": f"{RESERVED[one.passage.step]}：{step}", "kind": "bad"}
    if one.passage is not None:
        return said | {"what": flow.title_of(one.passage.step), "who": one.passage.actor_name,
                       "at": one.passage.at, "remark": one.passage.remark}  # fmt: skip
    return said | {"what": ""}


def units(found: Iterable[Unit], tree: Tree, day: date) -> list[dict[str, Any]]:
    """The units with something overdue."""
    return [
        {
            "name": tree.name(unit.place),
            "number": unit.number,
            "oldest": unit.oldest,
            "days": (day - unit.oldest).days,
            "steps": "、".join(
                f"{FLOWS[flow].title}{FLOWS[flow].title_of(step)} {number}"
                for flow, step, number in unit.steps
            ),
            "who": "、".join(unit.who) or "没有人担任",
            "address": f"{reverse('overdue')}?area={tree.code(unit.place)}",
        }
        for unit in found
    ]


def _name(tree: Tree, place: int | None) -> str:
    return tree.name(place) if place is not None and place in tree.leaves() else "上级"
