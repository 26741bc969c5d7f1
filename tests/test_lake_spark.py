"""A real Spark on this machine gives the figures of the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongjian.indicators.lake.engines import Spark, local_spark
from gongjian.indicators.lake.reading import Lake
from tests.lakes import CHANGES, YEARS, city, database_sums, exported, sums_by

pytestmark = [pytest.mark.django_db, pytest.mark.proof]


@pytest.fixture(scope="module")
def engine() -> Iterator[Spark]:
    session = local_spark(cores=2, memory="1g")
    yield Spark(session)
    session.stop()


def test_every_indicator_at_every_leaf(engine: Spark, tmp_path: Path) -> None:
    made = city()
    folders = exported(made, tmp_path, [2, 4])
    made.write()

    lake = Lake(engine, folders)

    for year, known in ((YEARS[1], CHANGES), (YEARS[1], 2), (YEARS[2], 3)):
        assert sums_by(lake.leaf_sums, known, year) == database_sums(known, year), (year, known)


def test_names_that_fit_other_files_stand_for_themselves(engine: Spark, tmp_path: Path) -> None:
    made = city()
    odd = tmp_path / "各县 {a,b}[1]*?%20"
    odd.mkdir()
    folders = exported(made, odd, [4])
    made.write()

    assert sums_by(Lake(engine, folders).leaf_sums, 4, YEARS[1]) == database_sums(4, YEARS[1])
