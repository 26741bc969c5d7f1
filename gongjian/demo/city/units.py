"""Which units there are, where they lie, and what covers them: the city as it is to become."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gongjian.demo.city.chance import Chance, spread
from gongjian.demo.city.names import BUILDING, LINES, STREETS, TRADES, Line
from gongjian.demo.city.places import CITY, WEIGHTS, Place, Places
from gongjian.demo.city.plan import (
    CLOSED_UNCOVERED,
    IDLE_UNCOVERED,
    KINDS,
    LOST_IDLE,
    LOST_IDLE_IN_JOINT,
    LOST_IN_JOINT,
    LOST_OWN,
    LOST_WITH_JOINT,
    OPENING,
    REGIONS,
    REGIONS_BEFORE,
    SINGLE_BUILDING,
    SINGLE_REGIONAL,
    SINGLE_TRADE,
    TRADE_BUILDING,
    TRADES_BEFORE,
    UNCOVERED,
    Kind,
)

SINGLE, REGIONAL, INDUSTRY = "单独", "区域性", "行业性"
OWN, JOINT, FEDERATION, BRANCH = "单独", "联合", "联合会", "分会"
ENTERPRISE: Final = "企业"
CLOSED, IDLE = "注销", "停业"


@dataclass(slots=True, eq=False)
class Group:
    """A region or a trade: its federation signs one agreement for its units.

    ``place`` is that of a region; a trade has the county, and building the whole city.
    """

    name: str
    county: str
    place: Place | None
    line: Line | None
    old: bool
    units: "list[Unit]" = field(default_factory=list)
    opened: date = OPENING
    code: str = ""


@dataclass(slots=True, eq=False)
class Unit:
    """An employer of the city; ``mode`` "" is not covered.

    since   first day of its coverage; ``filed`` the report that told of it
    born    the day it was founded; ``known`` the report that told of that
    lost    the day it ceased, ``lost_as`` what it was then
    counts  workers under agreements by their kind
    was     its staff before it changed, None where it never did; ``grown`` the changes: the report
            that told of each, its day, the staff from then on
    moved   where it lay before, and the day it moved
    """

    kind: str
    mode: str
    place: Place
    nature: str
    old: bool
    line: Line | None = None
    region: Group | None = None
    trade: Group | None = None
    staff: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    code: str = ""
    name: str = ""
    born: date = OPENING
    known: int = 0
    since: date = OPENING
    filed: int = 0
    lost: date | None = None
    lost_as: str = ""
    with_joint: bool = False
    was: int | None = None
    grown: tuple[tuple[int, date, int], ...] = ()
    moved: tuple[Place, date] | None = None
    union: str = ""

    @property
    def public(self) -> bool:
        """Is it no enterprise?"""
        return self.nature != ENTERPRISE

    @property
    def modes(self) -> list[str]:
        """All its modes of coverage: under building and trades the federation's beside others."""
        beside = self.kind in ("single", "building-own", "regional-trade") and self.trade
        return [self.mode, FEDERATION] if beside else [self.mode] if self.mode else []


class City:
    """All units, regions and trades."""

    def __init__(self, places: Places, chance: Chance) -> None:
        self.places = places
        self.chance = chance
        self._table = places.weighted()
        self.regions = self._regions()
        self.trades = self._trades()
        self.building = Group("建筑", CITY, None, BUILDING, old=False)
        self.units: list[Unit] = []
        for kind in KINDS:
            self.units += self._of_kind(kind)
        self._place_regional()
        self._place_trades()
        self.lost = list(self._lost())
        self.uncovered = list(self._uncovered())
        for unit in self.units:
            for group in (unit.region, unit.trade):
                if group is not None:
                    group.units.append(unit)

    def by_kind(self, *codes: str) -> list[Unit]:
        """The units covered on the day of the bulletin that are of these kinds."""
        return [unit for unit in self.units if unit.kind in codes]

    @property
    def groups(self) -> list[Group]:
        """Everything with a federation: regions, trades, building."""
        return [*self.regions, *self.trades, self.building]

    @property
    def everyone(self) -> Iterator[Unit]:
        """Every employer there ever was."""
        yield from self.units
        yield from self.lost
        yield from self.uncovered

    # ---------------------------------------------------------------- groups

    def _regions(self) -> list[Group]:
        ordered = sorted(self._table, key=lambda pair: (-pair[0], pair[1].code))
        places = [place for _, place in ordered]
        plain = [(place, "企业") for place in places][:240]
        special = [(p, STREETS[i % len(STREETS)]) for i, p in enumerate(places[: REGIONS - 240])]
        return [
            Group(f"{p.title}{word}", p.county, p, None, old=i < REGIONS_BEFORE)
            for i, (p, word) in enumerate(plain + special)
        ]

    def _trades(self) -> list[Group]:
        counties, parks = self.places.counties, self.places.parks[:3]
        found = [(c, word, line) for c in counties for word, line in TRADES]
        found += [(p, word, line) for p in parks for word, line in TRADES[:5]][:14]
        ordered = sorted(found, key=lambda trade: -WEIGHTS[trade[0]])
        return [
            Group(word, county, None, line, old=i < TRADES_BEFORE)
            for i, (county, word, line) in enumerate(ordered)
        ]

    # ---------------------------------------------------------------- covered units

    def _of_kind(self, kind: Kind) -> list[Unit]:
        flags = [True] * kind.old + [False] * (kind.units - kind.old)
        nature = "" if kind.code.startswith("public") else ENTERPRISE
        units = [
            Unit(kind.code, kind.mode, self._anywhere(), nature, old)
            for old in self.chance.shuffled(flags)
        ]
        for unit in units:
            if not unit.public:
                unit.line = self._line()
        return units

    def _anywhere(self) -> Place:
        return self.chance.of(self._table)

    def _within(self, county: str) -> Place:
        return self.chance.of([(p.weight, p) for p in self.places.of_county[county]])

    def _line(self) -> Line:
        return self.chance.of([(line.weight, line) for line in LINES])

    def _place_regional(self) -> None:
        """Give each unit of a region its region: those a federation covered before, an old one."""
        single = self.by_kind("single")[:SINGLE_REGIONAL]
        both = self.by_kind("regional-trade")
        covered = self.by_kind("regional-federation")
        first = [unit for unit in covered if unit.old]
        rest = [unit for unit in covered if not unit.old] + self.by_kind("regional-joint") + single
        weights = [r.place.weight * WEIGHTS[r.county] for r in self.regions if r.place]
        sizes = spread(len(first) + len(rest) + len(both), weights, 2)
        pairs = zip(self.regions, sizes, strict=True)
        slots = self.chance.shuffled([region for region, size in pairs for _ in range(size)])
        for unit in first:
            unit.region = _taken(slots, lambda region: region.old)
        for unit in both:
            unit.region = _taken(slots, lambda region: region.county in self.places.counties)
        for unit, region in zip(rest, slots, strict=True):
            unit.region = region
        for unit in [*first, *both, *rest]:
            if unit.region is not None and unit.region.place is not None:
                unit.place = unit.region.place

    def _place_trades(self) -> None:
        """Give each unit of a trade its trade, and a place in its county."""
        singles = self.by_kind("single")[SINGLE_REGIONAL:]
        both = self.by_kind("regional-trade")
        building = singles[SINGLE_TRADE:][:SINGLE_BUILDING] + both[:TRADE_BUILDING]
        for unit in [*building, *self.by_kind("building", "building-own")]:
            unit.trade, unit.line = self.building, BUILDING
        for unit in both[TRADE_BUILDING:]:
            unit.trade = self.chance.pick([t for t in self.trades if t.county == unit.place.county])
            unit.line = unit.trade.line
        covered = self.by_kind("trade-federation")
        first = [unit for unit in covered if unit.old]
        rest = [unit for unit in covered if not unit.old] + singles[:SINGLE_TRADE]
        rest += self.by_kind("trade-own", "trade-joint")
        sizes = spread(len(first) + len(rest), [WEIGHTS[t.county] for t in self.trades], 3)
        pairs = zip(self.trades, sizes, strict=True)
        slots = self.chance.shuffled([trade for trade, size in pairs for _ in range(size)])
        chosen = [_taken(slots, lambda trade: trade.old) for _ in first] + slots
        for unit, trade in zip([*first, *rest], chosen, strict=True):
            unit.trade, unit.line = trade, trade.line
            unit.place = self._within(trade.county)

    # ---------------------------------------------------------------- others

    def _lost(self) -> Iterator[Unit]:
        """Units covered at the opening that are not on the day of the bulletin."""
        numbers = (
            (LOST_OWN, OWN, CLOSED),
            (LOST_IDLE, OWN, IDLE),
            (LOST_IN_JOINT, JOINT, CLOSED),
            (LOST_IDLE_IN_JOINT, JOINT, IDLE),
        )
        joint = [unit for unit in self.by_kind("regional-joint") if unit.old]
        for count, mode, state in numbers:
            for i in range(count):
                place = self._anywhere() if mode == OWN else joint[i * 7].place
                yield self._losing(mode, place, state)
        homes = self.places.of_county["510781"][: LOST_WITH_JOINT // 3]
        for i in range(LOST_WITH_JOINT):
            unit = self._losing(JOINT, homes[i // 3], CLOSED)
            unit.with_joint = True
            yield unit

    def _losing(self, mode: str, place: Place, state: str) -> Unit:
        line = self._line()
        return Unit("lost", mode, place, ENTERPRISE, old=True, line=line, lost_as=state)

    def _uncovered(self) -> Iterator[Unit]:
        for nature, count in UNCOVERED.items():
            for _ in range(count):
                line = self._line() if nature == ENTERPRISE else None
                yield Unit("none", "", self._anywhere(), nature, old=False, line=line)
        for state, count in ((IDLE, IDLE_UNCOVERED), (CLOSED, CLOSED_UNCOVERED)):
            for _ in range(count):
                place, line = self._anywhere(), self._line()
                yield Unit("none", "", place, ENTERPRISE, old=True, line=line, lost_as=state)


def _taken(slots: list[Group], fits: Callable[[Group], bool]) -> Group:
    """The first of ``slots`` that fits, taken out."""
    at = next(i for i, group in enumerate(slots) if fits(group))
    return slots.pop(at)
