"""The ledger of employers: names, codes, staff by kind, and what became of them."""

from typing import Final

from gongjian.core.builders import make_credit_code
from gongjian.demo.city.book import Book, Entry, How
from gongjian.demo.city.chance import Chance
from gongjian.demo.city.names import BUREAUS, CLUBS, SCHOOLS, SHOPS, SOCIETIES, Line, Namer
from gongjian.demo.city.places import Place, Places
from gongjian.demo.city.plan import report_of
from gongjian.demo.city.units import CLOSED, IDLE, City, Unit

REGISTRIES: Final = {
    "企业": "91",
    "个体工商户": "92",
    "机关": "11",
    "事业单位": "12",
    "社会团体": "51",
    "民办非企业": "52",
}
"""First two digits of a credit code by 单位性质."""

LETTERS: Final = {
    "机关": "S",
    "事业单位": "P",
    "社会团体": "S",
    "民办非企业": "P",
    "个体工商户": "O",
}
BUREAU: Final = "机关"
WOMEN, MIGRANTS = 48, 6
"""Of a hundred who work in a public body so many are women, and migrants."""

STRIDE: Final = 7_919
"""Between the seeds of two credit codes, so that they do not read like a row."""

OWN_PUBLIC: Final = ((BUREAU, 310), ("事业单位", 700), ("社会团体", 20), ("民办非企业", 30))
JOINT_PUBLIC: Final = (("事业单位", 46), ("社会团体", 42), ("民办非企业", 68), ("个体工商户", 46))
WORLD_TOP: Final = (400, 1_400, 2_400)
"""Firms that belong to one of the world's five hundred largest: their places in the ledger."""


def natures(city: City) -> None:
    """Say of every public unit what it is; the bureaus of a county are where its government is."""
    for kind, table in (("public-own", OWN_PUBLIC), ("public-joint", JOINT_PUBLIC)):
        wanted = [nature for nature, count in table for _ in range(count)]
        for unit, nature in zip(city.by_kind(kind), wanted, strict=True):
            unit.nature = nature
    for unit in city.by_kind("public-branch"):
        unit.nature = "事业单位"
    bureaus = [unit for unit in city.units if unit.nature == BUREAU]
    for at, unit in enumerate(bureaus):
        county = city.places.counties[at % len(city.places.counties)]
        unit.place = max(city.places.of_county[county], key=lambda place: place.weight)


class _Bodies:
    """Names of public bodies, each once: bureaus by county, schools by township."""

    def __init__(self, places: Places, namer: Namer) -> None:
        self._places, self._namer = places, namer
        self._taken: dict[tuple[str, str], int] = {}

    def name(self, unit: Unit) -> str:
        """The name of the next body of that nature in that place."""
        place = unit.place
        if unit.nature == BUREAU:
            at = self._taken.get((place.county, BUREAU), 0)
            self._taken[place.county, BUREAU] = at + 1
            return f"{self._places.names[place.county]}{BUREAUS[at]}"
        if unit.nature == "事业单位":
            return self._numbered(place, SCHOOLS)
        if unit.nature == "社会团体":
            return self._numbered(place, SOCIETIES)
        words = CLUBS if unit.nature == "民办非企业" else SHOPS
        return self._namer.body(place.title, words[len(place.name + unit.nature) % len(words)])

    def _numbered(self, place: Place, words: tuple[str, ...]) -> str:
        at = self._taken.get((place.code, words[0]), 0)
        self._taken[place.code, words[0]] = at + 1
        turn, which = divmod(at, len(words))
        return f"{place.title}{_ordinal(turn)}{words[which]}"


def _ordinal(turn: int) -> str:
    return f"第{'一二三四五六七八九十'[turn]}" if turn else ""


def name_all(city: City, namer: Namer) -> None:
    """Give every unit its name and code."""
    bodies = _Bodies(city.places, namer)
    for i, unit in enumerate(city.everyone):
        area = unit.place.code[:6] if unit.place.code != unit.place.county else "510700"
        unit.code = make_credit_code(1 + i * STRIDE, kind=REGISTRIES[unit.nature], area=area)
        if not unit.name:
            line, place = unit.line, unit.place
            unit.name = namer.firm(place.trading, line) if line else bodies.name(unit)


def book(city: City, chance: Chance, namer: Namer) -> Book:
    """The ledger."""
    made = Book("employers")
    for i, unit in enumerate(city.everyone):
        place = unit.moved[0] if unit.moved else unit.place
        staff = unit.staff if unit.was is None else unit.was
        entry = made.open(
            unit.known,
            {
                "统一社会信用代码": unit.code,
                "单位名称": unit.name,
                "所属区划": place.code,
                "单位性质": unit.nature,
                "行业": unit.line.letter if unit.line else LETTERS[unit.nature],
                "经营状态": IDLE if unit.lost_as == IDLE and unit.lost is None else "在业",
                **_parts(staff, unit.line),
                "世界500强": "是" if i in WORLD_TOP else "否",
                "法定代表人": namer.person(),
                "联系电话": f"0816-{2_200_000 + chance.below(600_000)}",
                "来源": _source(unit, chance),
                "成立日期": unit.born,
            },
        )
        _later(entry, unit)
    return made


def _parts(staff: int, line: Line | None) -> dict[str, int]:
    women, migrants = (line.women, line.migrants) if line else (WOMEN, MIGRANTS)
    return {
        "职工人数": staff,
        "女职工人数": staff * women // 100,
        "农民工人数": staff * migrants // 100,
        "劳务派遣人数": staff * 6 // 100 if staff >= 50 else 0,
    }


def _source(unit: Unit, chance: Chance) -> str:
    if unit.known == 3:
        return chance.pick(("统计", "市场监管", "市场监管"))
    return chance.of(((5, "统计"), (6, "市场监管"), (3, "税务"), (3, "走访"), (1, "网格")))


def _later(entry: Entry, unit: Unit) -> None:
    for filed, day, staff in unit.grown:
        entry.tell(filed, How.CHANGES, day, _parts(staff, unit.line))
    if unit.moved is not None:
        day = unit.moved[1]
        entry.tell(report_of(day), How.CHANGES, day, {"所属区划": unit.place.code})
    if unit.lost is None:
        return
    if unit.lost_as == CLOSED:
        entry.tell(report_of(unit.lost), How.ENDS, unit.lost, {"注销日期": unit.lost})
    else:
        entry.tell(report_of(unit.lost), How.CHANGES, unit.lost, {"经营状态": IDLE})
