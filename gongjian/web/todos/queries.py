"""To-dos of a person and of units, and what belongs to them: a few queries, however long."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet

from gongjian.accounts.models import Post, User
from gongjian.accounts.queries import holders, seats_by
from gongjian.areas.queries import Tree
from gongjian.core.access import Permission, Scope
from gongjian.history.questions import Worded, columns_of, made
from gongjian.web.marks import marks
from gongjian.web.todos.forms import Wanted
from gongjian.workflow.declare import FLOWS
from gongjian.workflow.models import Case, Notice, RulePack, Todo
from gongjian.workflow.queries import Seats, notices_for, todos_of

PAGE: Final = 50
"""To-dos on one page."""

UNITS: Final = 500
"""Units on one list, or to-dos of one unit; beyond it the page says that there are more."""

TOLD: Final = 30
"""Notices on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many to-dos a person has in all, and how many of each kind."""

    all: int = 0
    overdue: int = 0
    week: int = 0
    raised: int = 0
    flows: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Unit:
    """A unit with something overdue: how many, since when, which steps, and who is to take them."""

    place: int
    number: int
    oldest: date
    steps: list[tuple[str, str, int]]
    who: list[str]


def held_by(posts: Iterable[Post]) -> Seats:
    """Where these posts let somebody take steps that are asked for."""
    asked = {step.permission for flow in FLOWS for step in flow.steps if step.asked}
    return {right: areas for right, areas in seats_by(posts).items() if right in asked}


def mine(held: Seats) -> QuerySet[Todo]:
    """The to-dos of all flows whose cases stand at areas, as the seats do."""
    return todos_of(held).filter(case__flow__in=_flows())


def counts(held: Seats, day: date) -> Counts:
    """How many there are of each kind: one query."""
    if not held:
        return Counts()
    rows = (
        mine(held)
        .order_by()
        .values_list("case__flow")
        .annotate(
            every=Count("pk"),
            overdue=Count("pk", filter=_near("overdue", day, held)),
            week=Count("pk", filter=_near("week", day, held)),
            raised=Count("pk", filter=_near("raised", day, held)),
        )
    )
    found = sorted(rows)
    sums = [sum(row[at] for row in found) for at in range(1, 5)]
    return Counts(
        all=sums[0],
        overdue=sums[1],
        week=sums[2],
        raised=sums[3],
        flows=tuple((row[0], row[1]) for row in found),
    )


def counts_of(todos: Sequence[Todo], held: Seats, day: date) -> Counts:
    """As ``counts``, of to-dos that are all there are."""
    week = day + timedelta(days=6 - day.weekday())
    dues = [todo.due for todo in todos if todo.due is not None]
    flows = Counter(todo.case.flow for todo in todos)
    return Counts(
        all=len(todos),
        overdue=sum(due < day for due in dues),
        week=sum(day <= due <= week for due in dues),
        raised=sum(
            todo.place_id not in held.get(Permission(todo.permission), ()) for todo in todos
        ),
        flows=tuple(sorted(flows.items())),
    )


def listed(held: Seats, wanted: Wanted, day: date) -> tuple[list[Todo], bool]:
    """One page of to-dos by last day, those without one at the end; are there more?"""
    if wanted == Wanted():
        seats = tuple((permission, tuple(sorted(held[permission]))) for permission in sorted(held))
        first = [_made(row) for row in _first(seats)]
        return first[:PAGE], len(first) > PAGE
    found = mine(held)
    if wanted.flow:
        found = found.filter(case__flow=wanted.flow)
    if wanted.when:
        found = found.filter(_near(wanted.when, day, held))
    if wanted.after is not None:
        due, number = wanted.after
        later = Q(due=due, pk__gt=number) | Q(due__gt=due) | Q(due=None)
        found = found.filter(later if due else Q(due=None, pk__gt=number))
    page = list(found[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


_Seats = tuple[tuple[Permission, tuple[int, ...]], ...]


@Worded
def _first(seats: _Seats) -> QuerySet[Any, tuple[Any, ...]]:
    found = mine(dict(seats))
    return found.values_list(*columns_of(Todo), *columns_of(Case, "case__"))[: PAGE + 1]


def _made(row: Sequence[Any]) -> Todo:
    own = len(columns_of(Todo))
    todo = made(Todo, row[:own])
    todo.case = made(Case, row[own:])
    return todo


def packs_of(todos: Iterable[Todo]) -> dict[int, RulePack]:
    """The rule packs that the days of these to-dos come from: one query."""
    wanted = {said["pack"] for todo in todos for said in todo.case.rules.values()}
    packs = (made(RulePack, row) for row in _packs(tuple(sorted(wanted)))) if wanted else ()
    return {pack.pk: pack for pack in packs}


@Worded
def _packs(numbers: tuple[int, ...]) -> QuerySet[RulePack, tuple[Any, ...]]:
    return RulePack.objects.filter(pk__in=numbers).values_list(*columns_of(RulePack))


def news(person: int) -> list[Notice]:
    """What somebody was told and has not looked at, the newest first."""
    if not marks(person).notices:  # the frame of the page counts them anyway
        return []
    return list(notices_for(person)[:TOLD])


def overdue_units(tree: Tree, scope: Scope, day: date) -> list[Unit]:
    """The units within ``scope`` with something overdue, the oldest first: three queries."""
    rows = overdue_within(scope, day).values_list("place_id", "case__flow", "step", "permission")
    places = rows.annotate(number=Count("pk"), oldest=Min("due")).order_by("oldest", "place_id")
    units: dict[int, Unit] = {}
    seats: dict[int, set[tuple[Permission, int]]] = {}
    for place, flow, step, permission, number, oldest in places:
        unit = units.setdefault(place, Unit(place, 0, oldest, [], []))
        unit.number += number
        unit.oldest = min(unit.oldest, oldest)
        unit.steps.append((flow, step, number))
        seats.setdefault(place, set()).add((Permission(permission), place))
    shown = [unit for unit in units.values() if unit.place in tree.leaves()][:UNITS]
    named = _named({seat for unit in shown for seat in seats[unit.place]}, day)
    for unit in shown:
        unit.who = sorted({name for seat in seats[unit.place] for name in named.get(seat, ())})
    return shown


def overdue_within(scope: Scope, day: date) -> QuerySet[Todo]:
    """The to-dos at areas within ``scope`` whose last day was before ``day``."""
    late = Todo.objects.filter(
        closed_at=None, due__lt=day, case__paused_on=None, case__flow__in=_flows()
    )
    return late if scope.everything else late.filter(place_id__in=scope.inside.get("areas", ()))


def overdue_of(place: int, day: date) -> list[Todo]:
    """Those of one unit, the oldest first."""
    late = overdue_within(Scope(inside={"areas": frozenset({place})}), day)
    return list(late.select_related("case").order_by("due", "pk")[:UNITS])


def who_takes(todos: Iterable[Todo], day: date) -> list[str]:
    """The names of those who are to take these steps."""
    named = _named({(Permission(todo.permission), todo.place_id) for todo in todos}, day)
    return sorted({name for names in named.values() for name in names})


def _named(
    seats: Collection[tuple[Permission, int]], day: date
) -> dict[tuple[Permission, int], list[str]]:
    held = holders(seats, day)
    people = {person for found in held.values() for person in found}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "username"))
    return {seat: sorted(names[person] for person in found) for seat, found in held.items()}


def _near(when: str, day: date, held: Seats) -> Q:
    if when == "overdue":
        return Q(due__lt=day)
    if when == "week":
        return Q(due__gte=day, due__lte=day + timedelta(days=6 - day.weekday()))
    above = Q(pk__in=())
    for permission, places in held.items():
        above |= Q(permission=permission, raised_to__in=places) & ~Q(place_id__in=places)
    return above


def _flows() -> list[str]:
    return [flow.slug for flow in FLOWS if flow.standing == "areas"]
