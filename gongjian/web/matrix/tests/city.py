"""A small city whose months are kept, and how its chart is read back."""

from datetime import date
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from django.test import Client

from gongjian.indicators.store.keeping import ensure
from gongjian.web.figures.tests.city import text
from tests.cities import FullCity

EVE: Final = date(2010, 12, 31)
NOVEMBER, DECEMBER = date(2011, 11, 25), date(2011, 12, 25)
AT: Final = DECEMBER.isoformat()


def keep(*days: date) -> None:
    """Have the days in the store, with the eves of 2010 and 2011."""
    ensure([*days, EVE])


def moving_city() -> None:
    """A city in which each month of 2011 has its own numbers, and whose tree moves in May and July."""
    city, begun, moved = FullCity(), date(2011, 5, 18), date(2011, 7, 1)
    for area, code, parent in ((1, "10", None), (2, "11", 1), (3, "12", 1), (4, "1101", 2)):
        city.area(area, code, parent)
    city.area(5, "13", 1, days=(begun, None))
    city.area(6, "1102", 2, days=(date(1990, 1, 1), moved))
    city.area(6, "1102", 3, days=(moved, None))
    for number in range(1, 61):
        area, month = 1 + number % 6, 1 + number * 7 % 12
        since = (date(2011, month, 3), None) if number % 7 else (date(2009, 1, 1), None)
        city.firm(number, area, staff=17 * number, days=since)
        city.union(number, area, days=since)
        city.cover(number, number, number, days=since)
        city.member(number, number, days=since)
        city.agree(number, number, days=(since[0], None))
        city.under(number, number, number, staff=9 * number)
    city.write()


def get(client: Client, **given: Any) -> BeautifulSoup:
    """A chart that is there, read; of December 2011 unless ``at`` is given."""
    answer = client.get("/matrix/", {"at": AT, **given})
    assert answer.status_code == 200, (given, answer.content.decode()[:500])
    return BeautifulSoup(answer.content, "html.parser")


def lines(page: BeautifulSoup) -> list[list[str]]:
    """Name and numbers of every line."""
    return [
        [text(row.th), *map(number_in, row.select("td"))] for row in page.select(".mxt tbody tr")
    ]


def number_in(cell: Tag) -> str:
    """The number of a cell, without the small one beside it."""
    return text(cell.select_one(".dn, .num"))


def small(page: BeautifulSoup) -> list[list[str]]:
    """The small numbers of every line."""
    return [[text(cell) for cell in row.select("td small")] for row in page.select(".mxt tbody tr")]


def notes(page: BeautifulSoup) -> list[str]:
    """What is said of the tree."""
    return [text(one).removesuffix(" 本月") for one in page.select(".moves li")]
