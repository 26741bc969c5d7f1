"""A small city for the pages of figures, and how a page is read back."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.cities import DAYS, D, FullCity

ROOT, WEST, EAST, TOWN = 1, 2, 3, 4
"""Areas: the city, its two counties, a town of the western one."""

HEAD, WEST_HEAD, EAST_HEAD = 20, 21, 22
"""Unions: the federation of the city, and those of its counties."""

MANY = 120
"""Members of one union: more than two pages of rows."""


def small_city(*, members: int = 6) -> FullCity:
    """Three counties' worth of entries at each level; no figure of the city is nought."""
    city = FullCity()
    for area, code, parent in ((1, "10", None), (2, "11", 1), (3, "12", 1), (4, "1101", 2)):
        city.area(area, code, parent)
    city.union(HEAD, ROOT, days=(date(1990, 1, 1), None), kind="总工会")
    for union, area in ((WEST_HEAD, WEST), (EAST_HEAD, EAST)):
        city.union(union, area, days=(date(1990, 1, 1), None), kind="总工会", superior_id=HEAD)
    for entry in range(1, 9):
        _of_each(city, entry)
    for entry in range(1, members + 1):
        flags = {"sex": "女", "migrant": 1, "dispatched": 1, "newform": "快递员"}
        city.member(entry, 1 + entry % 6, days=(DAYS[0], None), **flags)
    city.union(9, ROOT, days=(date(2005, 1, 1), None), superior_id=HEAD)
    city.member(members + 1, 9, days=(date(2011, 3, 1), None))
    city.write()
    return city


def _of_each(city: FullCity, i: int) -> None:
    """The i-th employer, union, coverage, agreement; every third begins within the year."""
    kinds = ("单独基层工会", "联合基层工会", "区域性工会联合会")
    area, late = 1 + i % 4, (date(2011, 2, i), None)
    head = EAST_HEAD if area == EAST else WEST_HEAD
    begun = late if i % 2 else (DAYS[0], None)
    city.firm(i, area, staff=60 * i, days=late if i % 3 == 0 else (DAYS[0], None))
    city.union(i, area, days=begun, kind=kinds[i % 3], superior_id=head)
    city.cover(i, i, 1 + i % 7, mode=("单独", "联合", "联合会", "分会")[i % 4])
    city.agree(i, i, days=late, kind=("单独", "区域性", "行业性")[i % 3])
    city.under(i, i, 1 + i % 5, staff=i)


def get(client: Client, address: str, **given: Any) -> BeautifulSoup:
    """A page that is there, read; of the demo day unless ``at`` is given."""
    answer = client.get(address, {"at": D.isoformat(), **given})
    assert answer.status_code == 200, (address, given, answer.content.decode()[:500])
    return BeautifulSoup(answer.content, "html.parser")


def text(found: Tag | None) -> str:
    """What is written there, without the blanks around it."""
    assert found is not None
    return " ".join(found.get_text(" ", strip=True).split())


def texts(page: BeautifulSoup, where: str) -> list[str]:
    """What is written at each place that the selector finds."""
    return [text(found) for found in page.select(where)]


def count(said: str) -> int | None:
    """The number that is said: 1,234, +12, −3; None for a dash."""
    return None if said == "—" else int(said.replace(",", "").replace("−", "-"))
