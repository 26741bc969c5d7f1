"""The demonstration county: what its papers hold, what they come to, and that every door opens."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from gongjian.cli.main import main
from gongjian.core.access import OPERATOR
from gongjian.core.errors import Refused
from gongjian.demo.load import COUNTY, DAY, PAPERS, load
from gongjian.history.record import newest
from gongjian.ledgers import importing
from gongjian.ledgers.declare import LEDGERS
from tests.papers import bring, codes

ROOT = Path(__file__).parents[1]

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


def values(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Code → value, of a rate its two numbers."""
    return {
        f["code"]: (f["numerator"], f["denominator"]) if "numerator" in f else f["value"]
        for f in figures
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
    assert sorted(written) == [paper.file for paper in PAPERS]


@pytest.mark.django_db
def test_every_row_of_every_paper_goes_in() -> None:
    status, document, said = load()

    assert status == 0
    assert [made["change"] for made in document["imports"]] == [1, 2, 3, 4, 5, 6, 7]
    assert {
        made["file"]: tuple(
            made[key] for key in ("rows", "new", "changed", "totals_skipped", "warnings")
        )
        for made in document["imports"]
    } == COUNTS
    assert said.startswith("变更 1：区划台账（1-areas.xlsx）10 行，新增 10，变更 0，提醒 2 处\n")


@pytest.mark.django_db
def test_figures_and_every_printed_command(capsys: pytest.CaptureFixture[str]) -> None:
    _, document, said = load()
    printed = [line.strip() for line in said.splitlines() if line.startswith("  gongjian ")]

    opened: dict[str, list[Any]] = {}
    for command in printed:
        _, *words = shlex.split(command)
        assert main(words) == 0
        capsys.readouterr()
        assert main([*words, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        if "--known-at" in words:
            assert (answer["known_at"], values(answer["figures"])) == (3, {"coverage.units": 0})
        else:
            opened.setdefault(words[1], []).append(answer)

    assert (document["at"], document["area"], document["known_at"]) == ("2011-12-28", "5107", 7)
    assert values(document["figures"]) == FIGURES
    assert len(printed) == 2 * len(FIGURES) + 1
    assert list(opened) == list(FIGURES)
    for code, (figure, rows) in opened.items():
        assert values(figure["figures"]) == {code: FIGURES[code]}
        assert values([rows]) == {code: FIGURES[code]}


@pytest.mark.django_db
def test_second_run_only_prints_the_figures_again(capsys: pytest.CaptureFixture[str]) -> None:
    load()

    assert main(["demo", "--json"]) == 0

    again = json.loads(capsys.readouterr().out)
    assert (again["imports"], values(again["figures"]), newest()) == ([], FIGURES, 7)


@pytest.mark.django_db
def test_interrupted_load_goes_on_where_it_stopped() -> None:
    for paper in PAPERS[:2]:
        request = importing.Request(
            ledger=LEDGERS[paper.ledger], actor=OPERATOR, path=paper.path, on=DAY
        )
        importing.run(request)

    _, document, _ = load()

    assert [made["change"] for made in document["imports"]] == [3, 4, 5, 6, 7]
    assert values(document["figures"]) == FIGURES


@pytest.mark.django_db
def test_database_of_somebody_else_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    answer = bring("areas", {"区划代码": "5107", "名称": "绵阳市", "类型": "市"})

    with pytest.raises(Refused) as refused:
        load()

    assert (codes(answer), refused.value.exit_status, newest()) == ([], 1, 1)
    assert main(["demo"]) == 1
    assert capsys.readouterr().err == (
        "数据库里已有 1 次变更，演示数据只能导入空的数据库，"
        "请用 GONGJIAN_DATABASE_URL 另指一个新的数据库。\n"
    )


@pytest.mark.django_db
def test_importing_the_papers_again_changes_nothing() -> None:
    load()

    again = {}
    for paper in PAPERS:
        request = importing.Request(
            ledger=LEDGERS[paper.ledger], actor=OPERATOR, path=paper.path, on=DAY, dry_run=True
        )
        answer = importing.run(request)
        errors = [(p.row, p.code) for p in answer.problems if p.level == "error"]
        again[paper.file] = (answer.counts["new"], answer.counts["changed"], errors)

    # The one who moved on is a member elsewhere by now: a stale line takes nobody back.
    stale = {"5-members.xlsx": (0, 0, [(126, "already-member")])}
    assert again == {paper.file: (0, 0, []) for paper in PAPERS} | stale
