"""Who may read which cases, and as whom somebody takes a step."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.http import HttpRequest

from gongjian.accounts.queries import seats_by
from gongjian.areas.queries import everywhere, tree_on
from gongjian.core.access import EVERYTHING, Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotPermitted
from gongjian.web.people import deeds, insider, may, person, posts, require
from gongjian.workflow.declare import FLOWS, Flow, Step
from gongjian.workflow.models import Case

DEED: Final = "查看办理事项"
_GONE: Final = "没有这件事，或者它不在您的管理范围内。"


def reach(request: HttpRequest) -> list[tuple[Flow, Scope]]:
    """The flows whose cases open to whoever asks, each with how far."""
    found = []
    for flow in FLOWS:
        # Scopes over the same posts are one object.
        scopes = {id(scope): scope for scope in _scopes(request, flow)}
        found += [(flow, _whole(flow, scope)) for scope in scopes.values()]
    return found


def _scopes(request: HttpRequest, flow: Flow) -> Iterator[Scope]:
    for permission in sorted(flow.readers):
        if may(request, permission):
            yield require(request, permission, DEED).scope


def _whole(flow: Flow, scope: Scope) -> Scope:
    """A scope over all areas needs not name each of them."""
    areas = flow.standing == "areas" and everywhere(scope, tree_on(today()))
    return EVERYTHING if areas else scope


def case_seen(request: HttpRequest, case_id: int) -> Case:
    """A case that opens to whoever asks.

    Raises NotInScope for one outside all their posts, NotPermitted for one inside that no post
    opens.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is not None and opens(request, case):
        return case
    someone = insider(request, DEED)
    if case is None or not someone.scope.covers([(FLOWS[case.flow].standing, case.place_id)]):
        raise NotInScope(_GONE)
    raise NotPermitted(f"您在这里的岗位不能{DEED}，请由有此权限的人办理。")


def opens(request: HttpRequest, case: Case) -> bool:
    """Does a case open to whoever asks?"""
    flow = FLOWS[case.flow]
    standing = [(flow.standing, case.place_id)]
    return any(scope.covers(standing) for scope in _scopes(request, flow))


def seats(request: HttpRequest) -> dict[Permission, frozenset[int]]:
    """By permission, the places at which the posts of this request stand that grant it."""
    held = seats_by(posts(request))
    return {
        permission: places for permission, places in held.items() if permission in deeds(request)
    }


def taker(request: HttpRequest, flow: Flow, step: Step) -> Actor:
    """Whoever asks as far as their posts reach that allow ``step``; else without any right.

    Whoever also holds a post that looks at the cases of a place from above comes, in a step that
    the place takes itself, from there: they stand in for it, which is told, and do not speak in
    its name.
    """
    if not may(request, step.permission):
        return replace(person(request), scope=Scope(), permissions=frozenset())
    actor = require(request, step.permission, DEED)
    if not step.own:
        return actor
    from_above = {other.permission for other in flow.steps if other.level and not other.swept}
    above = [require(request, p, DEED).scope for p in sorted(from_above) if may(request, p)]
    return replace(actor, scope=_together(flow, [actor.scope, *above])) if above else actor


def _together(flow: Flow, scopes: Sequence[Scope]) -> Scope:
    """What any of these scopes covers of the places of a flow."""
    places = frozenset[int]().union(*(s.inside.get(flow.standing, ()) for s in scopes))
    return Scope(everything=any(s.everything for s in scopes), inside={flow.standing: places})


def must_take(request: HttpRequest, case: Case, step: Step) -> Actor:
    """As ``taker``; NotPermitted where no post allows the step, or none where the case is."""
    actor = require(request, step.permission, f"办“{step.title}”")
    if not actor.scope.covers([(FLOWS[case.flow].standing, case.place_id)]):
        raise NotPermitted(f"您在这里的岗位不能办“{step.title}”，请由有此权限的人办理。")
    return taker(request, FLOWS[case.flow], step)


def must_bring(request: HttpRequest, case: Case) -> Actor:
    """Whoever asks, by a post that may take any step of the case where it is."""
    flow = FLOWS[case.flow]
    standing = [(flow.standing, case.place_id)]
    for step in flow.steps:
        actor = taker(request, flow, step)
        if actor.scope.covers(standing):
            return actor
    raise NotPermitted("您在这里的岗位不能交材料，请由有此权限的人办理。")
