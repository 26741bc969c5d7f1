"""The tree of unions above the base: city, counties and parks, townships, federations."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjian.core.builders import make_credit_code
from gongjian.demo.city.book import Book, Entry, How, Row
from gongjian.demo.city.chance import Chance
from gongjian.demo.city.names import Namer
from gongjian.demo.city.places import CITY, HEIR, STOP, STOPPED, Place, Places
from gongjian.demo.city.plan import report_of, workdays
from gongjian.demo.city.units import City, Group

GENERAL, SINGLE_BASE, JOINT_BASE = "总工会", "单独基层工会", "联合基层工会"
AREA_FEDERATION, TRADE_FEDERATION, BRANCH_UNION = "区域性工会联合会", "行业性工会联合会", "分会"
STRIDE: Final = 5_077
POSTS: Final = (
    "副总经理",
    "办公室主任",
    "人力资源部经理",
    "党支部副书记",
    "生产部经理",
    "财务部经理",
)
PUBLIC_POST: Final = "党组成员"


@dataclass(slots=True, eq=False)
class Union:
    """A union as others need to know it."""

    name: str
    kind: str
    area: str
    county: str
    opened: date
    filed: int
    staff: int = 0
    code: str = ""


class Founding:
    """Enters unions into their ledger, each under its superior."""

    def __init__(self, places: Places, chance: Chance, namer: Namer) -> None:
        self.book = Book("unions")
        self.chance, self._namer, self._names = chance, namer, places.names
        self._made = 0
        self._papers: dict[tuple[str, int], int] = {}

    def found(self, union: Union, above: list[Union], more: Row) -> Entry:
        """Enter ``union`` under the first of ``above`` that is there, and on under later ones.

        ``above`` is in the order of preference; the last is older than any.
        """
        self._made += 1
        area = union.county if union.county != CITY else "510700"
        union.code = make_credit_code(self._made * STRIDE, kind="81", area=area)
        steps = self._steps(union, above)
        entry = self.book.open(
            union.filed,
            {
                "工会代码": union.code,
                "工会名称": union.name,
                "工会类型": union.kind,
                "所属区划": union.area,
                "上级工会": steps[0][1].code if steps else None,
                "建会日期": union.opened,
                "批准文号": self._paper(union),
                "主席姓名": self._namer.person(),
                "女职工委员会": "是" if union.staff >= 25 else "否",
                "经费审查委员会": "是" if union.staff >= 15 else "否",
                **more,
            },
        )
        for day, superior in steps[1:]:
            cells = {"上级工会": superior.code}
            entry.tell(max(report_of(day), superior.filed), How.CHANGES, day, cells)
        return entry

    def _steps(self, union: Union, above: list[Union]) -> list[tuple[date, Union]]:
        """(day, superior): whoever exists first, then each preferred one from its own founding."""
        steps: list[tuple[date, Union]] = []
        for superior in reversed(above):
            day = max(superior.opened, union.opened)
            if steps and day == steps[-1][0]:
                steps.pop()
            steps.append((day, superior))
        return steps

    def _paper(self, union: Union) -> str:
        """The number of the paper that approved it."""
        year = union.opened.year
        number = self._papers.get((union.county, year), 0) + 1
        self._papers[union.county, year] = number
        return f"{self._names[union.county][0]}工发〔{year}〕{number}号"

    def chair(self) -> str:
        """Somebody to preside."""
        return self._namer.person()


class Tree:
    """The unions above the base. ``township`` and ``county`` are by code of the place."""

    def __init__(self, city: City, founding: Founding) -> None:
        self._city, self._founding = city, founding
        self._chance = founding.chance
        self.top = Union("绵阳市总工会", GENERAL, CITY, CITY, date(1951, 3, 1), 0, 90)
        founding.found(self.top, [], {"届期": "5", "换届日期": date(2008, 11, 20)})
        self.county = {code: self._county(code) for code in city.places.of_county}
        self.township = dict(self.county)
        for at, place in enumerate(city.places.all):
            if place.code != place.county:
                self.township[place.code] = self._township(place, at)
        self.federation = {group: self._federation(group) for group in city.groups}

    def above(self, place: Place) -> list[Union]:
        """Superiors of a union of that place, the preferred one first."""
        own = [self.township[place.code]] if place.code != place.county else []
        return [*own, self.county[place.county]]

    def _county(self, code: str) -> Union:
        park = code in self._city.places.parks
        opened = date(2003, 6, 10) if park else date(1953, 5, 1 + int(code[4:]) % 28)
        name = f"{self._city.places.title_of(code)}总工会"
        union = Union(name, GENERAL, code, code, opened, 0, 40)
        self._founding.found(union, [self.top], {"届期": "5", "换届日期": date(2009, 4, 28)})
        return union

    def _township(self, place: Place, at: int) -> Union:
        """One in five was founded in the year; the stopped township's and its heir's were not."""
        young = at % 5 == 2 and place.code not in (STOPPED, HEIR)
        if young:
            opened = self._chance.pick(workdays(self._chance.between(3, 10)))
        else:
            opened = date(self._chance.between(1998, 2009), self._chance.between(1, 12), 15)
        union = Union(
            f"{place.title}总工会", GENERAL, place.code, place.county, opened, report_of(opened), 30
        )
        entry = self._founding.found(union, [self.county[place.county]], {"届期": "5"})
        if place.code == STOPPED:
            end: Row = {"撤销日期": STOP, "撤销原因": "撤乡并镇，并入凯河镇总工会"}
            entry.tell(report_of(STOP), How.ENDS, STOP, end)
        return union

    def _federation(self, group: Group) -> Union:
        """A region's stands under its township's, a trade's under the county's, building's under
        the city's, crossing all areas."""
        if group.place is not None:
            name, kind, area = f"{group.name}工会联合会", AREA_FEDERATION, group.place.code
            above = self.above(group.place)
        elif group.county == CITY:
            name, kind, area = "绵阳市建筑行业工会联合会", TRADE_FEDERATION, CITY
            above = [self.top]
        else:
            title = self._city.places.title_of(group.county)
            name, kind, area = f"{title}{group.name}行业工会联合会", TRADE_FEDERATION, group.county
            above = [self.county[group.county]]
        union = Union(name, kind, area, group.county, group.opened, report_of(group.opened), 20)
        self._founding.found(union, above, {"届期": "5"})
        group.code = union.code
        return union
