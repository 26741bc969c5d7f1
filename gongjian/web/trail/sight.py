"""How far somebody sees the trail: links lie where what they tell of does."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest

from gongjian.accounts.queries import Manager
from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission, Scope
from gongjian.core.days import today
from gongjian.core.errors import NotInScope
from gongjian.web.people import insider, may, require
from gongjian.web.places import areas_of_unions

DEED: Final = "查看留痕"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A scope, and the people whose posts lie or lay in it.

    ``whole``: it holds every area there is, and so the links that lie nowhere, as a back-up or a
    sign-in that failed. ``people`` are then not asked for, for nobody is outside.
    """

    scope: Scope
    whole: bool
    people: frozenset[int]

    @property
    def areas(self) -> Collection[int]:
        """The areas within."""
        return self.scope.inside.get("areas", frozenset())


def holds_all(scope: Scope) -> bool:
    """Does a scope hold every area there is?"""
    roots = tree_on(today()).roots()
    areas = scope.inside.get("areas", frozenset())
    return scope.everything or (bool(roots) and areas.issuperset(roots))


def sight_of(actor: Actor, *, area: int | None = None) -> Sight:
    """As far as ``actor`` sees; with ``area`` no further than there and below.

    Raises NotInScope for an area outside. What people did themselves they always see.
    """
    scope, own = actor.scope, {actor.id or 0}
    if area is not None:
        if not scope.covers([("areas", area)]):
            raise NotInScope("没有这个区划，或不在您的管理范围内。")
        tree = tree_on(today())
        below = tree.below(tree.place(area) or area) | {area}
        inside = below if scope.everything else below & scope.inside["areas"]
        scope, own = Scope(inside={"areas": inside}), set()
    if holds_all(scope):
        return Sight(scope=scope, whole=True, people=frozenset())
    manager = Manager(actor=replace(actor, scope=scope), areas_of=areas_of_unions)
    holders = manager.posts().order_by().values_list("user_id", flat=True)
    return Sight(scope=scope, whole=False, people=frozenset({*holders, *own}))


def reader(request: HttpRequest) -> Actor:
    """Whoever asks, as far as their posts let them see the trail."""
    return require(request, Permission.SEE_TRAIL, DEED)


def sights(request: HttpRequest) -> tuple[Sight, Sight | None]:
    """What all posts of whoever asks cover, and what those do that open the trail.

    What lies outside the first is not there (404); what lies in it and not in the second is
    refused (403). Raises NotPermitted for one whose posts have nothing to do with rows.
    """
    everywhere = insider(request, DEED)
    if not may(request, Permission.SEE_TRAIL):
        return sight_of(everywhere), None
    someone = reader(request)
    wide = sight_of(everywhere)
    return wide, wide if someone.scope == everywhere.scope else sight_of(someone)


def audits(request: HttpRequest) -> bool:
    """Does whoever asks audit? Where somebody signed in from is for auditors alone."""
    return may(request, Permission.VERIFY_TRAIL)
