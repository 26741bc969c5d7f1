"""Who counts in which figure, by how much, and in which node of a tree."""

from collections.abc import Callable, Container
from datetime import date, timedelta
from functools import cache
from typing import Any

from gongjian.indicators.tests.histories import Fact
from tests.oracle.days import Day

Key = tuple[str, int]
Rows = dict[Key, tuple[int, ...]]
"""(ledger, entry) → (area it counts in, value), of a rate (area, numerator, denominator)."""

Counted = tuple[str, dict[int, int]]
"""The ledger, and entry → value."""

KINDS = ("single", "regional", "industry")
KIND = dict(zip(("单独", "区域性", "行业性"), KINDS, strict=True))
MODE = {"单独": "own", "联合": "joint", "联合会": "federation", "分会": "branch"}
JOINT = "联合基层工会"
BASE = ("单独基层工会", JOINT)
FEDERATIONS = ("区域性工会联合会", "行业性工会联合会")

NET = {
    "unions.base.net": "unions.base",
    "coverage.units.net": "coverage.units",
    "members.total.net": "members.total",
}
RATES = {
    "rate.union": ("coverage.enterprises", "employers.enterprises"),
    "rate.union.over100": ("coverage.over100", "employers.over100"),
    "rate.members.unit": ("members.total", "coverage.staff"),
    "rate.members.all": ("members.total", "employers.staff"),
    "rate.signing": ("coverage.signing", "coverage.enterprises"),
}
TERRITORY_ONLY = frozenset(
    f"employers.{what}" for what in ("total", "enterprises", "over100", "staff")
) | {"rate.union", "rate.union.over100", "rate.members.all"}
"""Without meaning in the tree of affiliation."""

CODES = (
    *(f"employers.{what}" for what in ("total", "enterprises", "over100", "staff")),
    *("coverage.units", "coverage.enterprises"),
    *(f"coverage.units.{mode}" for mode in (*MODE.values(), "overlap")),
    *(f"unions.{what}" for what in ("base", "joint", "federations", "hollow", "overdue")),
    *(f"members.{what}" for what in ("total", "female", "migrant", "dispatched", "newform")),
    *NET,
    *(
        f"agreements.{what}{kind}"
        for what in ("signed", "in_force", "employers", "workers")
        for kind in ("", *(f".{kind}" for kind in KINDS))
    ),
    *("agreements.employers.overlap", "agreements.workers.overlap"),
    *RATES,
)
"""Every figure of the contract."""


# ------------------------------------------------------------------ who counts


def _employers(day: Day, what: str, _: Container[int]) -> Counted:
    return "employers", _of_firms(day.operating(), what)


def _of_firms(firms: dict[int, dict[str, Any]], what: str) -> dict[int, int]:
    if what in ("enterprises", "over100", "signing"):
        firms = {entry: firm for entry, firm in firms.items() if firm["nature"] == "企业"}
    if what == "over100":
        firms = {entry: firm for entry, firm in firms.items() if firm["staff"] >= 100}
    return {entry: firm["staff"] if what == "staff" else 1 for entry, firm in firms.items()}


def _coverage(day: Day, what: str, unions: Container[int]) -> Counted:
    modes = day.modes(unions)
    what, _, mode = what.partition(".")
    firms = {entry: firm for entry, firm in day.operating().items() if modes.get(entry)}
    if what == "signing":
        under = day.under_agreement(unions)
        firms = {entry: firm for entry, firm in firms.items() if entry in under}
    if mode == "overlap":
        firms = {entry: firm for entry, firm in firms.items() if len(modes[entry]) >= 2}
    elif mode:
        having = {entry for entry, said in modes.items() if mode in {MODE[word] for word in said}}
        firms = {entry: firm for entry, firm in firms.items() if entry in having}
    return "employers", _of_firms(firms, what)


def _unions(day: Day, what: str, unions: Container[int]) -> Counted:
    kinds = {"joint": (JOINT,), "federations": FEDERATIONS}.get(what, BASE)
    existing = day.held("unions").items()
    found = {x: said for x, said in existing if x in unions and said["kind"] in kinds}
    if what == "hollow":
        inhabited = {member["union_id"] for member in day.members().values()}
        found = {x: said for x, said in found.items() if x not in inhabited}
    elif what == "overdue":
        found = {x: said for x, said in found.items() if day.overdue(said)}
    return "unions", dict.fromkeys(found, 1)


def _members(day: Day, what: str, unions: Container[int]) -> Counted:
    asked: Callable[[dict[str, Any]], bool] = {
        "total": lambda _: True,
        "female": lambda said: said.get("sex") == "女",
        "migrant": lambda said: said.get("migrant") == 1,
        "dispatched": lambda said: said.get("dispatched") == 1,
        "newform": lambda said: said.get("newform") is not None,
    }[what]
    members = day.members().items()
    return "members", {x: 1 for x, said in members if said["union_id"] in unions and asked(said)}


def _agreements(day: Day, what: str, unions: Container[int]) -> Counted:
    what, _, kind = what.partition(".")
    if what in ("signed", "in_force"):
        chosen = day.signed_this_year if what == "signed" else day.in_force
        found = (
            entry
            for entry, said in day.held("agreements").items()
            if said["union_id"] in unions and kind in ("", KIND[said["kind"]]) and chosen(said)
        )
        return "agreements", dict.fromkeys(found, 1)
    values: dict[int, int] = {}
    for entry, staff in day.under_agreement(unions).items():
        of_kind = {KIND[name]: workers for name, workers in staff.items()}
        if kind in KINDS and kind not in of_kind:
            continue
        if kind == "overlap" and len(of_kind) < 2:
            continue
        values[entry] = 1 if what == "employers" else _workers(of_kind, kind)
    return "employers", values


def _workers(staff: dict[str, int], kind: str) -> int:
    """Of one employer, by kind of agreement the largest number of workers."""
    if kind in KINDS:
        return staff[kind]
    largest = max(staff.values())
    return sum(staff.values()) - largest if kind == "overlap" else largest


FAMILIES: dict[str, Callable[[Day, str, Container[int]], Counted]] = {
    "employers": _employers,
    "coverage": _coverage,
    "unions": _unions,
    "members": _members,
    "agreements": _agreements,
}


# ------------------------------------------------------------------ in which node


class Oracle:
    """What ``facts`` known at a change say of one day, and of the day before its year began."""

    def __init__(self, facts: list[Fact], day: date, known: int, year_start: str = "01-01") -> None:
        month, of_month = map(int, year_start.split("-"))
        begins = date(day.year, month, of_month)
        if begins > day:
            begins = date(day.year - 1, month, of_month)
        self.at = Day(facts, day, known, begins)
        self.before = Day(facts, begins - timedelta(days=1), known, begins)
        self._counted = cache(self._count)

    def rows(self, code: str, node: int, tree: str = "territory") -> Rows:
        """Who counts in ``node``; nobody where it does not exist or the figure has no meaning."""
        if not self._exists(self.at, node, tree):
            return {}
        if tree == "affiliation" and code in TERRITORY_ONLY:
            return {}
        if code in RATES:
            over, under = (self._in_node(self.at, part, node, tree) for part in RATES[code])
            return {
                key: (
                    (over.get(key) or under[key])[0],
                    *(part.get(key, (0, 0))[1] for part in (over, under)),
                )
                for key in over | under
            }
        if code not in NET:
            return self._in_node(self.at, code, node, tree)
        now, then = self._in_node(self.at, NET[code], node, tree), {}
        if self._exists(self.before, node, tree):
            then = self._in_node(self.before, NET[code], node, tree)
        gained = {key: now[key] for key in now.keys() - then.keys()}
        lost = {key: (then[key][0], -then[key][1]) for key in then.keys() - now.keys()}
        return gained | lost

    def value(self, code: str, node: int, tree: str = "territory") -> tuple[int, ...]:
        """The figure: (value,), of a rate (numerator, denominator)."""
        columns = list(zip(*self.rows(code, node, tree).values(), strict=True))[1:]
        return tuple(map(sum, columns)) or (0,) * (2 if code in RATES else 1)

    def children(self, node: int, tree: str = "territory") -> set[int]:
        """The existing nodes right below an existing one."""
        day, ledger = self.at, "areas" if tree == "territory" else "unions"
        if not self._exists(day, node, tree):
            return set()
        above = day.area_above if tree == "territory" else day.union_above
        return {x for x in day.held(ledger) if above(x) == node}

    def _exists(self, day: Day, node: int, tree: str) -> bool:
        return node in day.held("areas" if tree == "territory" else "unions")

    def _in_node(self, day: Day, code: str, node: int, tree: str) -> Rows:
        within = day.branch(node) if tree == "affiliation" else None
        found = self._counted(day, code, within)
        if tree == "affiliation":
            return found
        return {key: row for key, row in found.items() if day.within(row[0], node)}

    def _count(self, day: Day, code: str, unions: frozenset[int] | None) -> Rows:
        """Everybody who counts by what ``unions`` did, by default all, each in its area."""
        family, _, what = code.partition(".")
        chosen = day.unions() if unions is None else unions
        ledger, values = FAMILIES[family](day, what, chosen)
        rows: Rows = {}
        for entry, value in values.items():
            area = day.area_of(ledger, entry)
            if area is not None:
                rows[ledger, entry] = (area, value)
        return rows
