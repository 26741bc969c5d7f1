"""Rule packs as far as somebody may see them, what goes by one, and what holds somewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope, NotNow, NotPermitted, Refused
from gongjian.ledgers.naming import names_of
from gongjian.web.moment import as_of
from gongjian.web.people import insider, may, require
from gongjian.web.reports.forms import tops
from gongjian.workflow.declare import FLOWS, Flow
from gongjian.workflow.holidays import Tops
from gongjian.workflow.models import Case, RulePack
from gongjian.workflow.packs import Rules, packs_on, rules_for

PAGE: Final = 50
SEE: Final = "查看规则"
KEEP: Final = "维护规则包"
EVERYWHERE: Final = "各地通用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What holds for a place on a day in one flow; ``missing`` says what no pack gives."""

    flow: Flow
    rules: Rules
    packs: dict[int, RulePack]
    missing: str = ""


def visible(scope: Scope) -> list[RulePack]:
    """The packs that hold somewhere within: those of places within, above, and of everywhere."""
    tree = tree_on(today())
    above = {area for top in tops(scope, tree) for area in tree.ancestors(top)}
    flows = {flow.slug: flow for flow in FLOWS}
    packs = RulePack.objects.filter(flow__in=flows).order_by("flow", "-valid_from", "pk")
    return [pack for pack in packs if _seen(pack, flows[pack.flow], scope, above)]


def _seen(pack: RulePack, flow: Flow, scope: Scope, above: set[int]) -> bool:
    if pack.place_id is None or scope.covers([(flow.standing, pack.place_id)]):
        return True
    return flow.standing == "areas" and pack.place_id in above


def pack_seen(request: HttpRequest, pk: int) -> tuple[RulePack, Actor]:
    """A pack that holds somewhere within, and who asks; 404 before 403."""
    someone = insider(request, SEE)
    found = {pack.pk: pack for pack in visible(someone.scope)}
    if pk not in found:
        raise NotInScope(f"没有编号为 {pk} 的规则包，或者它不在您的管理范围内。")
    actor = require(request, Permission.SEE_FIGURES, SEE)
    if pk not in {pack.pk for pack in visible(actor.scope)}:
        raise NotPermitted(f"您在这里的岗位不能{SEE}，请由有此权限的人办理。")
    return found[pk], actor


def place_names(packs: list[RulePack]) -> dict[int, str]:
    """What the place of each pack is called, by the number of the pack."""
    wanted: dict[str, set[int]] = {}
    for pack in packs:
        if pack.place_id is not None:
            wanted.setdefault(FLOWS[pack.flow].standing, set()).add(pack.place_id)
    names = {slug: names_of(slug, ids) for slug, ids in wanted.items()}
    return {
        pack.pk: EVERYWHERE
        if pack.place_id is None
        else names[FLOWS[pack.flow].standing].get(pack.place_id, "未知地方")
        for pack in packs
    }


def holding(area: int | None, day: date) -> list[Holding]:
    """Flow by flow what holds in an area (None: everywhere) on a day."""
    return [_holding(flow, area, day) for flow in FLOWS if flow.standing == "areas"]


def _holding(flow: Flow, area: int | None, day: date) -> Holding:
    packs = packs_on(flow, day)
    by_number = {pack.pk: pack for pack in packs}
    line = () if area is None else flow.line(area, day)
    try:
        return Holding(flow=flow, rules=rules_for(flow, line, packs), packs=by_number)
    except Refused as refused:
        return Holding(flow=flow, rules={}, packs=by_number, missing=refused.sentence)


def cases_by(pack: RulePack, scope: Scope) -> QuerySet[Case]:
    """The cases within that took a number from the pack, the newest first."""
    flow = FLOWS[pack.flow]
    took = Q(pk__in=())
    for name in pack.values:
        took |= Q(**{f"rules__{name}__pack": pack.pk})
    found = Case.objects.filter(took, flow=pack.flow, opened__gte=pack.valid_from)
    if not scope.everything:
        found = found.filter(place_id__in=scope.inside.get(flow.standing, frozenset()))
    return found.order_by("-pk")


def tops_of_all() -> Tops:
    """The places that nothing lies above."""
    return [("areas", root) for root in tree_on(today()).roots()]


def keeper(request: HttpRequest, deed: str = KEEP) -> Actor:
    """Whoever asks, as one who keeps rules; NotPermitted without the right."""
    return require(request, Permission.KEEP_RULES, deed)


def may_keep(request: HttpRequest) -> bool:
    """Is anything on these pages to be changed by whoever asks, at this moment?"""
    return may(request, Permission.KEEP_RULES) and as_of(request).present


def require_present(request: HttpRequest) -> None:
    """NotNow where something is to be done on a page of the past; asked once all else is right."""
    asof = as_of(request)
    if not asof.present:
        raise NotNow(f"这一页看的是 {asof.day} 的情况，不能办理，请回到今天再办。")
