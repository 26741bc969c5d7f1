"""The whole city put together: seven ledgers, told in thirteen reports."""

from collections.abc import Iterator
from typing import NamedTuple

from gongjian.demo.city import days, employers, staffing
from gongjian.demo.city.base import Base
from gongjian.demo.city.book import Book, Cells, digest
from gongjian.demo.city.chance import Chance
from gongjian.demo.city.names import Namer
from gongjian.demo.city.pacts import Pacts
from gongjian.demo.city.people import People
from gongjian.demo.city.places import Places
from gongjian.demo.city.tree import Founding, Tree
from gongjian.demo.city.units import City

SEED = 5107_2011
REPORTS = 13


class Batch(NamedTuple):
    """What one report brings to one ledger."""

    report: int
    ledger: str
    heads: tuple[str, ...]
    rows: list[Cells]

    @property
    def reason(self) -> str:
        """What the change is told to be."""
        return f"2011年{self.report}月报表" if self.report else "2010年末台账"

    @property
    def name(self) -> str:
        """A name that no other batch has."""
        return f"2011-{self.report:02}-{self.ledger}"

    @property
    def digest(self) -> str:
        """A digest of everything it says."""
        return digest(self.heads, self.rows)


def make() -> list[Book]:
    """The seven ledgers in the order in which they depend on each other; always the same."""
    places, chance = Places(), Chance(SEED)
    namer = Namer(chance)
    city = City(places, chance)
    employers.natures(city)
    staffing.staff(city, chance)
    days.date_all(city, chance)
    employers.name_all(city, namer)
    firms = employers.book(city, chance, namer)
    founding = Founding(places, chance, namer)
    base = Base(city, Tree(city, founding), founding)
    pacts = Pacts(city, chance)
    people = People(city, chance)
    return [
        places.book(),
        firms,
        founding.book,
        base.coverage,
        people.book,
        pacts.agreements,
        pacts.coverage,
    ]


def batches(books: list[Book]) -> Iterator[Batch]:
    """Report after report, ledger after ledger; reports that bring a ledger nothing leave it out."""
    for report in range(REPORTS):
        for book in books:
            rows = book.report(report)
            if rows:
                yield Batch(report, book.slug, book.heads, rows)
