"""The menu as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongjian.accounts.enums import Role
from gongjian.accounts.rules import grants, permissions_of
from gongjian.core.access import Permission
from gongjian.ledgers.declare import LEDGERS
from gongjian.web.people import deeds, posts

P = Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the menu: shown to whoever holds any of ``permissions`` (none: everyone).

    ``ledger``: shown where that ledger opens. ``below`` are the lines under it; such an entry has
    no address of its own.
    """

    title: str
    name: str = ""
    icon: str = ""
    arguments: tuple[str, ...] = ()
    permissions: frozenset[Permission] = frozenset()
    ledger: str = ""
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines under one heading; the first group has none."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as it stands on a page."""

    title: str
    icon: str
    address: str
    here: bool
    below: Sequence["Line"]


HELP: Final = {
    "views": "home",
    "batches": "ledgers",
    "bridge": "bridge",
    "cases": "cases",
    "changes": "changes",
    "digests": "todos",
    "doubts": "figures",
    "evidence": "figures",
    "figures": "figures",
    "home": "home",
    "imports": "imports",
    "lists": "ledgers",
    "matrix": "matrix",
    "pasting": "imports",
    "profiles": "ledgers",
    "records": "records",
    "reports": "reports",
    "rules": "rules",
    "search": "search",
    "signin": "account",
    "staff": "staff",
    "system": "jobs",
    "todos": "todos",
    "trail": "trail",
}
"""Which help explains the pages of which package, by the package that their views stand in."""


_CASES: Final = frozenset({P.SEE_FIGURES, P.SUBMIT_REPORT, P.REVIEW_REPORT})
"""Whoever may read cases of a flow, or take a step of one; a test compares."""

_FORWARD: Final = (
    Entry(name="reports", title="月报", icon="calendar", permissions=frozenset({P.SEE_FIGURES})),
    Entry(name="cases", title="办理事项", icon="sitemap", permissions=_CASES),
    Entry(
        name="bridge",
        title="期初衔接",
        icon="arrows-exchange",
        permissions=frozenset({P.SEE_FIGURES}),
    ),
    Entry(
        name="todos",
        title="待办",
        icon="calendar-time",
        permissions=frozenset({P.SUBMIT_REPORT, P.REVIEW_REPORT}),
    ),
    Entry(
        name="overdue",
        title="逾期的单位",
        icon="clock",
        permissions=frozenset({P.SEE_FIGURES}),
    ),
    Entry(
        name="rules",
        title="规则与日历",
        icon="adjustments-horizontal",
        permissions=frozenset({P.SEE_FIGURES}),
    ),
)


@cache
def menu() -> tuple[Group, ...]:
    """The whole menu; the ledgers in it are those that are declared."""
    ledgers = tuple(
        Entry(
            name="ledger",
            arguments=(ledger.slug,),
            title=ledger.title.removesuffix("台账"),
            ledger=ledger.slug,
        )
        for ledger in LEDGERS
    )
    may_import, may_see = frozenset({P.IMPORT_LEDGER}), frozenset({P.SEE_FIGURES})
    people, trail = frozenset({P.MANAGE_PEOPLE}), frozenset({P.SEE_TRAIL})
    opened = frozenset({P.SEE_LEDGERS})
    named = (
        Entry(title="台账", icon="table", below=ledgers, permissions=opened),
        Entry(name="imports", title="导入", icon="file-import", permissions=may_import),
        Entry(name="matrix", title="挂图作战", icon="columns-3", permissions=may_see),
        Entry(name="figures", title="口径与核对", icon="zoom-check", permissions=may_see),
        Entry(name="doubts", title="对数的疑问", icon="help-circle", permissions=may_see),
        Entry(name="changes", title="变更与留痕", icon="git-compare", permissions=trail),
    )
    settings = (
        Entry(name="staff", title="人员与岗位", icon="users-group", permissions=people),
        Entry(name="roles", title="岗位权限表", icon="shield-check"),
        Entry(
            name="trail-verify",
            title="核验留痕",
            icon="circle-check",
            permissions=frozenset({P.VERIFY_TRAIL}),
        ),
        Entry(name="jobs", title="后台作业", icon="list-check"),
    )
    return (
        Group(title="", entries=(Entry(name="home", title="工作台", icon="layout-dashboard"),)),
        Group(title="实名", entries=named),
        Group(title="推进", entries=_FORWARD),
        Group(title="管理", entries=settings),
    )


def entries(request: HttpRequest) -> list[tuple[str, list[Line]]]:
    """The menu of whoever asks, by heading; a heading without a line is left out."""
    roles = frozenset(Role(post.role) for post in posts(request))
    return _entries(roles, deeds(request), _here(request.path))


@lru_cache(maxsize=1_024)
def _entries(
    roles: frozenset[Role], allowed: frozenset[Permission], here: str
) -> list[tuple[str, list[Line]]]:
    """The menu follows from what the posts are, and not from whose they are; nobody alters it."""
    who = _Who(roles, allowed)
    groups = [(group.title, _lines(who, group.entries, here)) for group in menu()]
    return [(title, lines) for title, lines in groups if lines]


class _Who(NamedTuple):
    """What somebody is, and what a request may do at most."""

    roles: frozenset[Role]
    allowed: frozenset[Permission]


def help_topic(request: HttpRequest) -> str:
    """The topic of the help that explains the page asked for; the first one where there is none."""
    match = request.resolver_match
    return HELP.get(package_of(match.func) if match else "", "home")


def package_of(view: Callable[..., Any]) -> str:
    """The package of the web that a view stands in; those not our own are pages of the account."""
    path = view.__module__.split(".")
    return path[2] if path[:2] == ["gongjian", "web"] else "signin"


def _here(path: str) -> str:
    """The address in the menu that a page belongs to: of several above it the nearest."""
    lines = [line for group in menu() for entry in group.entries for line in (entry, *entry.below)]
    addresses = [_address(line) for line in lines if line.name]
    above = (a for a in addresses if path == a or (a != "/" and path.startswith(a)))
    return max(above, key=len, default="")


@cache
def _address(entry: Entry) -> str:
    return reverse(entry.name, args=entry.arguments) if entry.name else ""


def _lines(who: _Who, listed: Sequence[Entry], here: str) -> list[Line]:
    return [_line(who, entry, here) for entry in listed if _shown(who, entry)]


def _shown(who: _Who, entry: Entry) -> bool:
    if entry.ledger:
        opens = any(grants(role, P.SEE_LEDGERS, entry.ledger) for role in who.roles)
        return opens and P.SEE_LEDGERS in who.allowed
    return not entry.permissions or not entry.permissions.isdisjoint(permissions_of(who.roles))


def _line(who: _Who, entry: Entry, here: str) -> Line:
    address = _address(entry)
    return Line(
        title=entry.title,
        icon=entry.icon,
        address=address,
        here=bool(address) and address == here,
        below=_lines(who, entry.below, here),
    )


def address_of(name: str, *arguments: object) -> str | None:
    """The address of a named page; None where the product has none."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None
