"""How many work where: staff, and workers under agreements, to the published sums."""

from typing import Final

from gongjian.demo.city.chance import Chance, spread
from gongjian.demo.city.names import GIANT as GIANT_NAME
from gongjian.demo.city.plan import (
    GIANT,
    WORKERS_JOINT,
    WORKERS_LESSER,
    WORKERS_REGIONAL_TRADE,
    number_of,
)
from gongjian.demo.city.units import INDUSTRY, REGIONAL, SINGLE, City, Unit

SMALL_MOST: Final = 24
"""Staff of a unit under a joint union at most: 25 are to found a union of their own."""

SIZES: Final = (
    (34, (26, 40)),
    (31, (41, 80)),
    (19, (81, 160)),
    (12, (161, 420)),
    (3, (421, 1_100)),
    (1, (1_101, 2_600)),
)
"""(weight, (least, most)) of the staff of units with a union of their own."""

PUBLIC_SIZES: Final = ((40, (25, 36)), (38, (37, 60)), (17, (61, 120)), (4, (121, 300)))
SMALL_SIZES: Final = ((1, (4, 20)),)
FEDERATION_SIZES: Final = ((60, (6, 24)), (30, (25, 48)), (10, (49, 90)))
MIDDLE_SIZES: Final = ((50, (25, 40)), (35, (41, 70)), (15, (71, 110)))


def staff(city: City, chance: Chance) -> None:
    """Set ``counts`` and ``staff`` of every unit."""
    _counts_under_two(city, chance)
    _counts_single(city, chance)
    _counts_regional(city, chance)
    _counts_trade(city, chance)
    for unit in city.everyone:
        unit.staff = _staff_of(unit, chance)


def _sized(chance: Chance, table: tuple[tuple[int, tuple[int, int]], ...]) -> int:
    return chance.between(*chance.of(table))


def _give(units: list[Unit], kind: str, counts: list[int]) -> None:
    for unit, count in zip(units, counts, strict=True):
        unit.counts[kind] = count


def _left(kind: str, published: str, units: list[Unit]) -> int:
    """What of the published sum is still to be given to the other units of the kind."""
    whole = number_of(f"agreements.workers.{published}")
    return whole - sum(unit.counts.get(kind, 0) for unit in units)


def _counts_under_two(city: City, chance: Chance) -> None:
    """The lesser number of each unit under two kinds; of ``single`` the other follows later."""
    single = city.by_kind("single")
    by_region = [unit for unit in single if unit.region]
    by_trade = [unit for unit in single if unit.trade]
    both = city.by_kind("regional-trade")
    for units, kind, key in (
        (by_region, REGIONAL, "single-regional"),
        (by_trade, INDUSTRY, "single-trade"),
    ):
        weights = [chance.between(6, 20) for _ in units]
        _give(units, kind, spread(WORKERS_LESSER[key], weights, 12))
    small = [chance.between(9, 11) for _ in both]
    _give(both, REGIONAL, spread(WORKERS_REGIONAL_TRADE, small, 16))
    lesser = spread(WORKERS_LESSER["regional-trade"], small, 8)
    _give(
        both,
        INDUSTRY,
        [min(x, unit.counts[REGIONAL]) for x, unit in zip(lesser, both, strict=True)],
    )


def _counts_single(city: City, chance: Chance) -> None:
    single = city.by_kind("single")
    giant = max((u for u in single if u.old and u.place.code == "510703002"), key=single.index)
    giant.name = GIANT_NAME
    giant.counts[SINGLE] = GIANT
    others = [unit for unit in single if unit is not giant]
    # Under a second kind never more than under the firm's own agreement.
    floors = [max(unit.counts.values(), default=0) + 20 for unit in others]
    weights = [_sized(chance, SIZES) for _ in others]
    rest = _left(SINGLE, "single", single) - sum(floors)
    _give(others, SINGLE, [f + x for f, x in zip(floors, spread(rest, weights, 0), strict=True)])


def _counts_regional(city: City, chance: Chance) -> None:
    joint, federation = city.by_kind("regional-joint"), city.by_kind("regional-federation")
    weights = [chance.between(7, 17) for _ in joint]
    _give(joint, REGIONAL, spread(WORKERS_JOINT["regional-joint"], weights, 3))
    weights = [_sized(chance, FEDERATION_SIZES) for _ in federation]
    rest = _left(REGIONAL, "regional", city.units)
    _give(federation, REGIONAL, spread(rest, weights, 5))


def _counts_trade(city: City, chance: Chance) -> None:
    joint = city.by_kind("trade-joint")
    weights = [chance.between(8, 17) for _ in joint]
    _give(joint, INDUSTRY, spread(WORKERS_JOINT["trade-joint"], weights, 3))
    own, federation = city.by_kind("trade-own", "building-own"), city.by_kind("trade-federation")
    federation += city.by_kind("building")
    weights = [_sized(chance, MIDDLE_SIZES) for _ in own]
    weights += [_sized(chance, FEDERATION_SIZES) for _ in federation]
    _give(own + federation, INDUSTRY, spread(_left(INDUSTRY, "industry", city.units), weights, 6))


def _staff_of(unit: Unit, chance: Chance) -> int:
    """Whoever is under an agreement has hardly more staff than it says."""
    if unit.counts:
        most = max(unit.counts.values())
        more = most * chance.between(0, 5) // 100 + chance.between(0, 1)
        return min(most + more, SMALL_MOST) if unit.mode == "联合" else most + more
    if unit.mode == "联合" or unit.nature == "个体工商户":
        return _sized(chance, SMALL_SIZES)
    if unit.public:
        return _sized(chance, PUBLIC_SIZES)
    if unit.kind == "none":
        return _sized(chance, FEDERATION_SIZES) + (120 if chance.percent(2) else 0)
    return _sized(chance, MIDDLE_SIZES)
