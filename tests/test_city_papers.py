"""The demo city as seven workbooks: the same rows, and the same figures on every day."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongjian.cli.main import main
from gongjian.demo.city import papers
from gongjian.demo.city.book import Book
from gongjian.demo.city.plan import DAY, OPENING, PUBLISHED, on_of
from gongjian.ledgers import reading
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.normalise import header_specs
from tests.test_city_recount import Recount, made

LEDGERS_IN_ORDER = [
    "areas",
    "employers",
    "unions",
    "coverage",
    "members",
    "agreements",
    "agreement-coverage",
]
TWELVE = [OPENING, *(on_of(month) for month in range(1, 12)), DAY]


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    return {book.slug: book for book in made()}


@pytest.mark.parametrize("slug", ["areas", "agreements"])
def test_workbook_reads_back_cell_by_cell(
    books: dict[str, Book], slug: str, tmp_path: Path
) -> None:
    book, path = books[slug], tmp_path / "book.xlsx"

    rows = papers.write_book(book, path)

    table = reading.read_table(path, header_specs(LEDGERS[slug]))
    told = [tuple(map(plain, row)) for row in zip(*table.cells.values(), strict=True)]
    assert tuple(table.cells) == book.heads
    assert told == [tuple(map(plain, cells)) for cells in book.periods()]
    assert (rows, table.other_sheets) == (len(told), [])


def plain(cell: Any) -> Any:
    """A cell without regard to how days and numbers are held."""
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return cell or None if isinstance(cell, str) else cell


def test_workbooks_are_the_same_whenever_they_are_written(
    books: dict[str, Book], tmp_path: Path
) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"

    papers.write_book(books["areas"], first)
    papers.write_book(books["areas"], second)

    assert first.read_bytes() == second.read_bytes()


def gongjian(url: str, *words: str) -> Any:
    environment = {**os.environ, "GONGJIAN_DATABASE_URL": url}
    ran = subprocess.run(
        [sys.executable, "-m", "gongjian", *words, "--json"],
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout[:2000]
    return json.loads(ran.stdout)


def figures_on(url: str, day: date) -> dict[str, Any]:
    answer = gongjian(url, "figures", *PUBLISHED, "--at", day.isoformat(), "--area", "5107")
    return {
        f["code"]: (f["numerator"], f["denominator"]) if "numerator" in f else f["value"]
        for f in answer["figures"]
    }


@pytest.mark.proof
def test_seven_workbooks_make_the_same_city_on_thirteen_days(
    books: dict[str, Book], spare_database_url: str, tmp_path: Path
) -> None:
    url, city = spare_database_url, Recount(books)
    nowhere = "sqlite:////nowhere/at/all.sqlite3"
    written = gongjian(nowhere, "demo", "--out-dir", str(tmp_path / "papers"))
    files = [Path(one["file"]) for one in written["files"]]
    assert [path.name for path in files] == [
        f"{number}-{slug}.xlsx" for number, slug in enumerate(LEDGERS_IN_ORDER, 1)
    ]

    gongjian(url, "migrate")
    imported = [
        gongjian(url, "import", slug, str(path))
        for slug, path in zip(LEDGERS_IN_ORDER, files, strict=True)
    ]

    assert [(answer["change"], answer["bad"], answer["unchanged"]) for answer in imported] == [
        (number, 0, 0) for number in range(1, 8)
    ]
    assert [(a["ledger"], a["problems"]) for a in imported if a["problems"]] == []
    by_hand = {day: city.figures(day) for day in TWELVE}
    assert {day: figures_on(url, day) for day in TWELVE} == by_hand


def test_folder_that_is_a_file_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "taken"
    path.touch()

    assert main(["demo", "--out-dir", str(path)]) == 2
    assert capsys.readouterr().err == f"“{path}”是文件，不是文件夹，请换一个文件夹。\n"
