"""What the pages of cases need, asked for in a handful of questions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from gongjian.core.access import Scope
from gongjian.core.errors import NotInScope
from gongjian.history.models import TrailRecord
from gongjian.ledgers.naming import names_of
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.models import Case, CasePaper, Passage, RulePack, Todo
from gongjian.workflow.queries import cases_in, is_overdue, path

PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of cases is narrowed to. ``places``: at one of these; None is anywhere."""

    flow: str = ""
    state: str = ""
    places: Collection[int] | None = None
    overdue: bool = False
    below: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Cases, the newest first, with what they wait for; ``next`` is where to go on, None: nowhere.

    ``names`` are those of their places.
    """

    cases: list[Case]
    todos: dict[int, list[Todo]]
    names: Mapping[tuple[str, int], str]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that is known of one case."""

    case: Case
    flow: Flow
    passages: list[Passage]
    todos: list[Todo]
    papers: list[CasePaper]
    packs: Mapping[int, RulePack]
    names: Mapping[tuple[str, int], str]

    def place(self, place: int | None) -> str:
        """What a place of the case is called."""
        return named(self.names, self.flow, place)


def named(names: Mapping[tuple[str, int], str], flow: Flow, place: int | None) -> str:
    """What a place of a flow is called; by its number where it has no name."""
    return "" if place is None else names.get((flow.standing, place), f"系统编号 {place}")


def cases_page(
    reach: Iterable[tuple[Flow, Scope]], wanted: Wanted, day: date, *, most: int | None = None
) -> Listed:
    """A page of the cases within ``reach``: three queries and one for each kind of place."""
    most = most or PAGE
    found = _narrowed(cases_in(reach), wanted, day)
    page = list(found[: most + 1])
    more, page = len(page) > most, page[:most]
    todos: dict[int, list[Todo]] = {}
    for todo in waiting(page):
        todos.setdefault(todo.case_id, []).append(todo)
    places = [(FLOWS[case.flow], case.place_id) for case in page]
    places += [(FLOWS[case.flow], t.place_id) for case in page for t in todos.get(case.pk, ())]
    return Listed(
        cases=page, todos=todos, names=names_at(places), next=page[-1].pk if more else None
    )


def _narrowed(found: QuerySet[Case], wanted: Wanted, day: date) -> QuerySet[Case]:
    if wanted.flow:
        found = found.filter(flow=wanted.flow)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.places is not None:
        found = found.filter(place_id__in=wanted.places)
    if wanted.overdue:
        found = found.filter(is_overdue(day))
    return found.filter(pk__lt=wanted.below) if wanted.below else found


def waiting(cases: Iterable[Case]) -> QuerySet[Todo]:
    """What is to be done for these cases, the earliest last day first."""
    open_ = Todo.objects.filter(case__in=[case.pk for case in cases], closed_at=None)
    return open_.order_by("due", "pk")


def whole(case: Case) -> Whole:
    """A case with its path, to-dos, papers and rule packs."""
    flow = FLOWS[case.flow]
    passages = path(case)
    todos = list(waiting([case]))
    packs = RulePack.objects.in_bulk({rule["pack"] for rule in case.rules.values()})
    places = {case.place_id, *(t.place_id for t in todos)}
    places |= {t.raised_to for t in todos if t.raised_to is not None}
    places |= {p.place_id for p in packs.values() if p.place_id is not None}
    places |= {int(p.body["place"]) for p in passages if p.step == "raise"}
    places |= {flow.acting(step, case.place_id, case.opened) for step in flow.steps}
    return Whole(
        case=case,
        flow=flow,
        passages=passages,
        todos=todos,
        papers=list(CasePaper.objects.filter(case=case).select_related("file").order_by("pk")),
        packs=packs,
        names=names_at((flow, place) for place in places),
    )


def names_at(places: Iterable[tuple[Flow, int]]) -> dict[tuple[str, int], str]:
    """What places are called, by the ledger they stand in and their number."""
    wanted: dict[str, set[int]] = {}
    for flow, place in places:
        wanted.setdefault(flow.standing, set()).add(place)
    return {
        (slug, place): name
        for slug, found in wanted.items()
        for place, name in names_of(slug, found).items()
    }


def passage_of(case: Case, number: int) -> Passage:
    """What happened to a case as the ``number``-th; NotInScope for none."""
    found = Passage.objects.select_related("case").filter(case=case, number=number).first()
    if found is None:
        raise NotInScope(f"“{case}”没有第 {number} 步经过。")
    return found


def paper_of(case: Case, paper: int) -> CasePaper:
    """A paper that was handed in for a case; NotInScope for none."""
    found = CasePaper.objects.select_related("file").filter(case=case, pk=paper).first()
    if found is None:
        raise NotInScope(f"“{case}”没有编号为 {paper} 的材料。")
    return found


def digests(links: Iterable[int | None]) -> dict[int, str]:
    """The digests of links of the trail, by number."""
    found = TrailRecord.objects.filter(number__in=[n for n in links if n is not None])
    return dict(found.values_list("number", "digest"))
