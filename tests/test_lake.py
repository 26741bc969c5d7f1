"""Figures from Parquet files are those of the database, however many exports they came in."""

from pathlib import Path

import pytest

from gongjian.core.errors import WrongUse
from gongjian.indicators.declare import AFFILIATION, CATALOG
from gongjian.indicators.lake.engines import DuckDB
from gongjian.indicators.lake.reading import Lake
from gongjian.indicators.query import Asked, Sums
from gongjian.indicators.sections import Year
from tests.lakes import AREAS, CHANGES, YEARS, city, database_sums, exported, sums_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("changes", [[4], [1, 2, 3, 4], [2, 2, 4]], ids=str)
def test_every_indicator_at_every_leaf(changes: list[int], tmp_path: Path) -> None:
    made = city()
    folders = exported(made, tmp_path, changes)
    made.write()

    with DuckDB(threads=1) as engine:
        lake = Lake(engine, reversed(folders))
        for year in YEARS:
            for known in range(CHANGES + 1):
                told = sums_by(lake.leaf_sums, known, year)
                assert told == database_sums(known, year), (year, known)


def test_the_city_tells_something_of_every_indicator() -> None:
    made = city()
    made.write()

    told = [database_sums(CHANGES, year) for year in YEARS]

    assert [code for code in told[0] if not any(t[code] for t in told)] == []
    assert max(len(leaves) for leaves in told[1].values()) > AREAS // 2


def test_figures_roll_up_as_from_the_database(tmp_path: Path) -> None:
    made = city()
    folders = exported(made, tmp_path, [2, 4])
    made.write()
    wanted = list(CATALOG)

    with DuckDB(threads=1) as engine:
        lake = Lake(engine, folders)
        for node in range(1, AREAS + 1, 4):
            asked = Asked(YEARS[1].day, node)
            from_files = Sums(wanted, asked, lake.moment(), lake.leaf_sums)
            assert from_files.figures(node) == Sums(wanted, asked, lake.moment()).figures(node)


def test_branches_of_unions_are_left_to_the_database(tmp_path: Path) -> None:
    made = city()
    folders = exported(made, tmp_path, [4])
    made.write()

    with DuckDB(threads=1) as engine:
        lake = Lake(engine, folders)
        branch = (AFFILIATION, [1])
        with pytest.raises(WrongUse, match="只能按区划统计"):
            lake.leaf_sums(CATALOG.bases[0], YEARS[1], lake.moment(), branch)


def test_a_change_after_the_last_export_is_not_known(tmp_path: Path) -> None:
    (folder,) = exported(city(), tmp_path, [2])

    with DuckDB(threads=1) as engine, pytest.raises(WrongUse) as refused:
        sums_by(Lake(engine, [folder]).leaf_sums, 3, YEARS[1])
    assert str(refused.value) == "导出只到变更 2，还没有变更 3，请先补上新的导出。"


def test_an_earlier_export_knows_what_was_believed_then(tmp_path: Path) -> None:
    made = city()
    (folder,) = exported(made, tmp_path, [2])
    made.write()

    with DuckDB(threads=1) as engine:
        lake = Lake(engine, [folder])
        assert lake.moment().known == 2
        assert sums_by(lake.leaf_sums, 2, YEARS[1]) == database_sums(2, YEARS[1])


def test_a_year_that_began_late(tmp_path: Path) -> None:
    made = city()
    folders = exported(made, tmp_path, [4])
    made.write()
    year = Year.of(YEARS[1].day, "12-28")

    with DuckDB(threads=1) as engine:
        told = sums_by(Lake(engine, folders).leaf_sums, 4, year)
    assert told == database_sums(4, year)
