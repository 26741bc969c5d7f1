"""The demo city in a database: loaded once for all tests of this module, through the import."""

import json
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from gongjian.areas.queries import root_area
from gongjian.cli.main import main
from gongjian.demo import load as loading
from gongjian.demo.city import story
from gongjian.demo.city.book import Book
from gongjian.demo.city.plan import DAY, PUBLISHED, on_of
from gongjian.history.record import newest
from gongjian.indicators.declare import CATALOG
from gongjian.indicators.lake.engines import DuckDB, Spark, local_spark
from gongjian.indicators.lake.reading import Lake
from gongjian.indicators.lake.writing import write
from gongjian.indicators.query import Asked, Sums, figures
from gongjian.indicators.rows import rows_behind
from gongjian.unions.queries import root_union
from tests.test_city_recount import Recount, made

pytestmark = pytest.mark.django_db

INTERRUPTED = 3
"""Batches that a first, interrupted run had brought in."""

OPENED = (
    "unions.base.net",
    "coverage.enterprises",
    "agreements.signed.industry",
    "agreements.workers.overlap",
    "rate.signing",
)
"""One figure of each make; the others open in the same ways."""

OTHERS: dict[str, Any] = {
    "employers.total": 8981,
    "employers.enterprises": 7430,
    "employers.over100": 824,
    "employers.staff": 519252,
    "coverage.units.own": 4682,
    "coverage.units.joint": 2107,
    "coverage.units.federation": 1516,
    "coverage.units.branch": 44,
    "coverage.units.overlap": 171,
    "unions.base": 5248,
    "unions.joint": 552,
    "unions.federations": 401,
    "unions.overdue": 283,
    "rate.union.over100": (813, 824),
    "unions.hollow": 73,
    "members.female": 112793,
    "members.migrant": 90370,
    "members.dispatched": 8248,
    "members.newform": 824,
    "rate.members.unit": (260284, 497305),
    "rate.members.all": (260284, 519252),
    "agreements.in_force": 3363,
    "agreements.in_force.single": 2962,
    "agreements.in_force.regional": 260,
    "agreements.in_force.industry": 141,
}
"""What nobody published: the other figures of that day."""

Figures = list[dict[str, Any]]


class Loaded(NamedTuple):
    books: dict[str, Book]
    document: dict[str, Any]
    said: str


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The loaded city; everything is taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        books = made()
        first = [batch for batch, _ in zip(story.batches(books), range(INTERRUPTED), strict=False)]
        list(loading.bring(first))
        status, document, said = loading.load()
        assert status == 0
        yield Loaded({book.slug: book for book in books}, document, said)
        transaction.set_rollback(True)


def values(told: Figures) -> dict[str, Any]:
    """Code → value, of a rate its two numbers."""
    return {
        f["code"]: (f["numerator"], f["denominator"]) if "numerator" in f else f["value"]
        for f in told
    }


def asked(codes: list[str], day: date, known_at: int | None = None) -> dict[str, Any]:
    answer = figures(codes, day=day, known_at=known_at, node=root_area(day))
    return values(answer["figures"])


def test_interrupted_load_goes_on_where_it_stopped(city: Loaded) -> None:
    imports = city.document["imports"]

    assert [made["change"] for made in imports] == list(range(INTERRUPTED + 1, newest() + 1))
    assert newest() <= 90
    assert [made["ledger"] for made in imports[:4]] == [
        "coverage",
        "members",
        "agreements",
        "agreement-coverage",
    ]


def test_every_row_goes_in_and_only_what_was_told_late_is_warned_of(city: Loaded) -> None:
    imports = city.document["imports"]

    assert [made for made in imports if made["unchanged"]] == []
    assert all(made["new"] + made["changed"] == made["rows"] for made in imports)
    warned = {(m["report"], m["ledger"]): m["warnings"] for m in imports if m["warnings"]}
    assert warned == {("2011年9月报表", "employers"): 65}


def test_published_figures_to_the_unit(city: Loaded) -> None:
    assert values(city.document["figures"]) == PUBLISHED
    assert asked(list(PUBLISHED), DAY) == PUBLISHED


@pytest.mark.parametrize("month", [1, 3, 6, 9, 11])
def test_figures_of_other_days_are_those_counted_by_hand(city: Loaded, month: int) -> None:
    day = on_of(month)

    assert asked(list(PUBLISHED), day) == Recount(city.books).figures(day)


def test_printed_commands_open_their_figures(
    city: Loaded, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = [x.strip() for x in city.said.splitlines() if x.startswith("  gongjian rows ")]
    commands = {words[2]: words[1:] for words in map(shlex.split, printed)}
    opened: dict[str, Any] = {}
    for code in OPENED:
        assert main([*commands[code], "--json"]) == 0
        opened |= values([json.loads(capsys.readouterr().out)])

    assert list(commands) == list(PUBLISHED)
    assert opened == {code: PUBLISHED[code] for code in OPENED}


def test_units_under_two_kinds_of_agreement_are_listed_by_name(city: Loaded) -> None:
    code = "agreements.employers.overlap"
    found = rows_behind(code, day=DAY, known_at=None, node=root_area(DAY))

    assert len({row["name"] for row in found["rows"]}) == 156


def test_all_unions_stand_under_the_city_s(city: Loaded) -> None:
    codes = ["unions.base.net", "coverage.units", "agreements.workers", "agreements.signed"]
    answer = figures(codes, day=DAY, known_at=None, node=root_union(DAY), tree="affiliation")

    assert values(answer["figures"]) == {code: PUBLISHED[code] for code in codes}


def counted(lake: Lake, day: date, known_at: int | None) -> list[dict[str, Any]]:
    """Every figure of the city as the lake counts it."""
    asked_ = Asked(day, root_area(day))
    return Sums(CATALOG.asked([]), asked_, lake.moment(known_at), lake.leaf_sums).figures(
        asked_.node
    )


def agrees(lake: Lake) -> None:
    """Every figure of the city is that of the database, now and as known in June."""
    for day, known_at in ((DAY, None), (on_of(6), None), (on_of(6), 44)):
        told = figures([], day=day, known_at=known_at, node=root_area(day))
        assert counted(lake, day, known_at) == told["figures"]


def test_every_figure_is_the_same_number_on_either_database(city: Loaded) -> None:
    assert asked([], DAY) == PUBLISHED | OTHERS


def test_duckdb_counts_every_figure_alike(city: Loaded, tmp_path: Path) -> None:
    write(tmp_path / "export")
    with DuckDB() as engine:
        agrees(Lake(engine, [tmp_path / "export"]))


@pytest.mark.proof
def test_spark_counts_every_figure_alike(city: Loaded, tmp_path: Path) -> None:
    write(tmp_path / "export")
    session = local_spark(cores=2, memory="2g")
    try:
        agrees(Lake(Spark(session), [tmp_path / "export"]))
    finally:
        session.stop()


def test_what_was_known_in_june_is_what_had_been_filed_by_then(city: Loaded) -> None:
    told = city.document["known_then"]
    filed = Recount({slug: as_filed(book, loading.THEN) for slug, book in city.books.items()})
    day = on_of(loading.THEN)
    by_hand = filed.figures(day)

    assert (told["at"], told["known_at"]) == ("2011-06-25", 44)
    assert values(told["then"]) == {code: by_hand[code] for code in loading.THEN_CODES}
    assert values(told["now"]) == asked(list(loading.THEN_CODES), day)
    assert asked(list(PUBLISHED), day, told["known_at"]) == by_hand
    assert values(told["then"]) != values(told["now"])


def as_filed(book: Book, report: int) -> Book:
    """The ledger as it would be had no later report come in."""
    cut = Book(book.slug)
    for entry in book.entries:
        if entry.filed <= report:
            kept = type(entry)(entry.filed, entry.first)
            kept.later = tuple(told for told in entry.later if told.filed <= report)
            cut.entries.append(kept)
    return cut


def test_second_run_only_prints_the_figures_again(
    city: Loaded, capsys: pytest.CaptureFixture[str]
) -> None:
    before = newest()

    assert main(["demo", "--json"]) == 0

    again = json.loads(capsys.readouterr().out)
    assert (again["imports"], values(again["figures"]), newest()) == ([], PUBLISHED, before)
