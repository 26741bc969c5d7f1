"""The practice papers of the demonstration, and a database that is not the demonstration's."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from gongjian.areas.queries import root_area
from gongjian.cli.main import main
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.demo.load import load as load_city
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.indicators.query import figures
from gongjian.ledgers import importing
from gongjian.ledgers.declare import LEDGERS
from tests.papers import bring

ROOT = Path(__file__).parents[1]
COUNTY = ROOT / "gongjian" / "demo" / "county"
DRAWN_UP = date(2011, 12, 20)
DAY = date(2011, 12, 28)

# file: (rows, new, changed, totals skipped, warnings)
COUNTS = {
    "1-areas.xlsx": (10, 10, 0, 1, 2),
    "2-employers.xlsx": (62, 60, 2, 10, 3),
    "3-unions.xls": (39, 38, 1, 2, 8),
    "4-coverage.csv": (68, 68, 0, 2, 19),
    "5-members.xlsx": (623, 622, 1, 7, 20),
    "6-agreements.xlsx": (21, 21, 0, 1, 8),
    "7-agreement-coverage.xls": (42, 42, 0, 1, 0),
}

FIGURES: dict[str, Any] = {
    "employers.total": 58,
    "employers.enterprises": 46,
    "employers.over100": 16,
    "employers.staff": 6661,
    "coverage.units": 51,
    "coverage.enterprises": 43,
    "unions.base": 23,
    "unions.base.net": 3,
    "coverage.units.net": 15,
    "rate.union": (43, 46),
    "rate.union.over100": (15, 16),
    "members.total": 600,
    "members.total.net": 138,
    "rate.members.unit": (600, 6070),
    "rate.members.all": (600, 6661),
}


def load(*, on: date = DRAWN_UP, dry_run: bool = False) -> dict[str, importing.Answer]:
    """Import the papers in their order; the answers by file."""
    answers = {}
    for file in COUNTS:
        slug = file.partition("-")[2].rpartition(".")[0]
        request = importing.Request(
            ledger=LEDGERS[slug], actor=OPERATOR, path=COUNTY / file, on=on, dry_run=dry_run
        )
        answers[file] = importing.run(request)
    return answers


def values(told: list[dict[str, Any]]) -> dict[str, Any]:
    """Code → value, of a rate its two numbers."""
    return {
        f["code"]: (f["numerator"], f["denominator"]) if "numerator" in f else f["value"]
        for f in told
    }


def content(path: Path) -> Any:
    """What a file holds, however it was compressed."""
    if not is_zipfile(path):
        return path.read_bytes()
    with ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_papers_are_what_the_tool_writes(tmp_path: Path) -> None:
    tool = [sys.executable, str(ROOT / "tools" / "make_county.py"), str(tmp_path)]
    subprocess.run(tool, check=True)

    written = {path.name: content(path) for path in tmp_path.iterdir()}

    assert written == {path.name: content(path) for path in COUNTY.iterdir()}
    assert sorted(written) == list(COUNTS)


@pytest.mark.django_db
def test_every_row_of_every_paper_goes_in() -> None:
    answers = load()

    assert [answer.change for answer in answers.values()] == [1, 2, 3, 4, 5, 6, 7]
    assert {
        file: (a.rows, a.counts["new"], a.counts["changed"], a.totals_skipped, len(a.problems))
        for file, a in answers.items()
    } == COUNTS


@pytest.mark.django_db
def test_changes_name_the_papers() -> None:
    load()

    made = Change.objects.order_by("number").values_list("source_name", "source_sha256")
    digests = [hashlib.sha256((COUNTY / file).read_bytes()).hexdigest() for file in COUNTS]
    assert list(made) == list(zip(COUNTS, digests, strict=True))


@pytest.mark.django_db
def test_figures_of_the_papers() -> None:
    load()

    answer = figures(list(FIGURES), day=DAY, known_at=None, node=root_area(DAY))

    assert (answer["at"], answer["area"], answer["known_at"]) == ("2011-12-28", "5107", 7)
    assert values(answer["figures"]) == FIGURES


@pytest.mark.django_db
def test_importing_the_papers_again_changes_nothing() -> None:
    load()

    again = {}
    for file, answer in load(on=DAY, dry_run=True).items():
        errors = [(p.row, p.code) for p in answer.problems if p.level == "error"]
        again[file] = (answer.counts["new"], answer.counts["changed"], errors)

    # The one who moved on is a member elsewhere by now: a stale line takes nobody back.
    stale = {"5-members.xlsx": (0, 0, [(126, "already-member")])}
    assert again == {file: (0, 0, []) for file in COUNTS} | stale


@pytest.mark.django_db
def test_database_of_somebody_else_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    bring("areas", {"区划代码": "5107", "名称": "绵阳市", "类型": "市"})

    with pytest.raises(Refused) as refused:
        load_city()

    assert (refused.value.exit_status, newest()) == (1, 1)
    assert main(["demo"]) == 1
    assert capsys.readouterr().err == (
        "数据库里已有 1 次变更，演示数据只能导入空的数据库，"
        "请用 GONGJIAN_DATABASE_URL 另指一个新的数据库。\n"
    )
