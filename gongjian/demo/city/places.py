"""The places of the city: its divisions as they stood in 2011, its parks, a few grids below."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from gongjian.demo.city.book import Book, How, Row
from gongjian.demo.city.plan import report_of

CITY: Final = "5107"
DIVISIONS: Final = Path(__file__).parent / "divisions" / "mianyang.csv"

PARKS: Final = (
    ("510791", "高新区", "开发区", "绵阳高新区"),
    ("510792", "科创园区", "园区", "绵阳科创园区"),
    ("510793", "经开区", "开发区", "绵阳经开区"),
    ("510794", "农科区", "园区", "绵阳农科区"),
    ("510795", "仙海区", "园区", "绵阳仙海区"),
)
"""The parks that report beside the counties: code (our own; they have none), name, type, short."""

SEATS: Final = {
    "510722": "潼川镇",
    "510723": "云溪镇",
    "510724": "花荄镇",
    "510725": "文昌镇",
    "510726": "永昌镇",
    "510727": "龙安镇",
    "510781": "中坝镇",
}
"""The towns in which county governments sit."""

WEIGHTS: Final = {
    "510703": 31,
    "510704": 11,
    "510722": 11,
    "510723": 5,
    "510724": 8,
    "510725": 4,
    "510726": 4,
    "510727": 3,
    "510781": 14,
    "510791": 4,
    "510792": 2,
    "510793": 2,
    "510794": 1,
    "510795": 1,
}
"""How many of a hundred units lie in each county or park."""

STOPPED: Final = "510722212"
HEIR: Final = "510722125"
STOP: Final = date(2011, 9, 1)
"""双乐乡 of 三台县 is merged into 凯河镇. Invented: no merger of that year is known."""

GRIDS: Final = (
    ("510703001901", "滨江商务楼宇", "楼宇", "510703001", "2009-06-01"),
    ("510703001902", "临园口商圈", "其他", "510703001", "2009-06-01"),
    ("510703005901", "朝阳厂社区", "社区", "510703005", "2004-03-01"),
    ("510703102901", "塘汛工业集中区", "园区", "510703102", "2006-08-01"),
    ("510704001901", "五里堆社区", "社区", "510704001", "2004-03-01"),
    ("510781100901", "中坝工业集中区", "园区", "510781100", "2007-05-01"),
    ("510722102901", "东塔工业集中区", "园区", "510722102", "2008-04-01"),
    ("510703003901", "跃进路物流楼宇", "楼宇", "510703003", "2011-04-08"),
)
"""Grids below townships, invented: code, name, type, above, first day."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that units lie in: a township, a street, or a park that has none below it."""

    code: str
    name: str
    kind: str
    county: str
    short: str
    weight: int

    @property
    def title(self) -> str:
        """The name with the county's before it, for it may not be the only one of its name."""
        return self.short if self.code == self.county else self.short + self.name

    @property
    def trading(self) -> str:
        """What firms of the place put before their names."""
        return "绵阳" if self.kind in ("街道", "园区", "开发区") else self.short


def _divisions() -> list[tuple[str, str, str]]:
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"], row["parent"]) for row in csv.DictReader(file)]


def short(name: str) -> str:
    """涪城区 is 涪城, 北川羌族自治县 is 北川."""
    return name[:2]


def _kind(name: str) -> str:
    return "街道" if name.endswith("街道") else name[-1]


def _weight(county: str, name: str) -> int:
    if SEATS.get(county) == name:
        return 12
    return {"街道": 8, "镇": 3, "乡": 1}[_kind(name)]


class Places:
    """All places, and the ledger of areas."""

    def __init__(self) -> None:
        divisions = _divisions()
        self.names = {code: name for code, name, _ in divisions}
        self.names.update({code: name for code, name, _, _ in PARKS})
        self.counties = [code for code, _, above in divisions if above == CITY]
        self.parks = [code for code, *_ in PARKS]
        self.all = [
            Place(code, name, _kind(name), above, short(self.names[above]), _weight(above, name))
            for code, name, above in divisions
            if above in self.counties
        ]
        self.all += [Place(code, name, kind, code, full, 1) for code, name, kind, full in PARKS]
        self.by_code = {place.code: place for place in self.all}
        self.of_county = {
            county: [place for place in self.all if place.county == county]
            for county in (*self.counties, *self.parks)
        }

    def title_of(self, county: str) -> str:
        """The full name of a county or park, as its union bears it."""
        return f"绵阳{self.names[county]}" if county in self.parks else self.names[county]

    def weighted(self) -> list[tuple[int, Place]]:
        """Every place that stays, with its weight in the whole city, for drawing."""
        whole = {c: sum(place.weight for place in self.of_county[c]) for c in self.of_county}
        return [
            (WEIGHTS[place.county] * 10_000 * place.weight // whole[place.county], place)
            for places in self.of_county.values()
            for place in places
            if place.code != STOPPED
        ]

    def book(self) -> Book:
        """The ledger of areas."""
        book = Book("areas")
        book.open(0, {"区划代码": CITY, "名称": "绵阳市", "类型": "市"})
        for code in self.counties:
            kind = {"区": "区", "市": "市"}.get(self.names[code][-1], "县")
            book.open(0, _area(code, self.names[code], kind, CITY))
        for code, name, kind, _ in PARKS:
            begun = {"启用日期": date(2001, 1, 1)}
            book.open(0, {**_area(code, name, kind, CITY), **begun})
        for place in self.all:
            if place.code == place.county:
                continue
            entry = book.open(0, _area(place.code, place.name, place.kind, place.county))
            if place.code == STOPPED:
                end: Row = {"停用日期": STOP, "并入区划代码": HEIR}
                entry.tell(report_of(STOP), How.ENDS, STOP, end)
        for code, name, kind, above, day in GRIDS:
            begins = date.fromisoformat(day)
            cells = {**_area(code, name, kind, above), "启用日期": begins}
            book.open(report_of(begins), cells)
        return book


def _area(code: str, name: str, kind: str, above: str) -> dict[str, str | date]:
    return {"区划代码": code, "名称": name, "上级代码": above, "类型": kind}
