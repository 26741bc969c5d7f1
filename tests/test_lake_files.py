"""The Parquet files themselves: what is in them, and what is left where they cannot be written."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gongjian.core.errors import Refused, WrongUse
from gongjian.history.models import Head
from gongjian.history.shapes import SHAPES
from gongjian.indicators.lake.engines import DuckDB
from gongjian.indicators.lake.manifest import check_digests, read
from gongjian.indicators.lake.reading import Lake
from gongjian.indicators.lake.writing import write
from tests.cities import FullCity
from tests.lakes import city, exported

pytestmark = pytest.mark.django_db


def test_exports_add_up_to_the_tables_row_for_row(tmp_path: Path) -> None:
    made = city()
    whole = exported(made, tmp_path / "whole", [4])
    parts = exported(made, tmp_path / "parts", [1, 3, 4])

    with DuckDB(threads=1) as one, DuckDB(threads=1) as other:
        Lake(one, whole)
        Lake(other, parts)
        for shape in SHAPES:
            query = f'SELECT * FROM "{shape.table}" ORDER BY vid'
            rows = one.fetch(query)
            assert rows
            assert rows == other.fetch(query)


def test_rows_are_those_of_the_database(tmp_path: Path) -> None:
    made = city()
    folders = exported(made, tmp_path, [2, 4])
    made.write()

    with DuckDB(threads=1) as engine:
        Lake(engine, folders)
        for shape in SHAPES:
            secret = {column for name in shape.secret for column in shape.columns_of(name)}
            stored = shape.version_model._default_manager.order_by("vid").values()
            names = ", ".join(f'"{name}"' for name in stored[0])
            assert engine.fetch(f'SELECT {names} FROM "{shape.table}" ORDER BY vid') == [
                tuple(None if name in secret else value for name, value in row.items())
                for row in stored
            ]


def test_a_second_export_holds_only_what_is_new(tmp_path: Path) -> None:
    made = FullCity()
    made.area(1, "10", known=(1, 2))
    made.area(1, "11", known=(2, 3))
    made.area(1, "12", known=(3, None))
    made.area(2, "20")
    first, second = exported(made, tmp_path, [2, 3])

    def rows(folder: Path, part: str) -> list[tuple[int, int | None]]:
        found = pq.read_table(folder / f"areas.{part}.parquet", columns=["vid", "removed_in"])
        return sorted((row["vid"], row["removed_in"]) for row in found.to_pylist())

    assert rows(first, "rows") == [(1, 2), (2, None), (3, None)]
    assert rows(first, "closed") == []
    assert rows(second, "rows") == [(4, None)]
    assert rows(second, "closed") == [(3, 3)]


def test_no_file_has_a_secret_column(tmp_path: Path) -> None:
    (folder,) = exported(city(), tmp_path, [4])

    names = {path.name: pq.read_schema(path).names for path in folder.glob("*.parquet")}

    assert len(names) == 2 * len(list(SHAPES))
    assert not [n for columns in names.values() for n in columns if n.endswith(("blind", "sealed"))]
    assert "name" in names["members.rows.parquet"]


def test_the_manifest_says_what_there_is(tmp_path: Path) -> None:
    made = city()
    made.write()
    head = Head.objects.get(pk=1)
    export = write(tmp_path / "a")

    said = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))

    assert read(tmp_path / "a") == export
    check_digests([export])
    assert (said["after"], said["change"], said["stamp"]) == (0, 4, head.stamp)
    assert (said["record"], said["digest"]) == (head.record, head.digest)
    assert {slug: stock["rows"]["rows"] for slug, stock in said["ledgers"].items()} == {
        shape.slug: shape.version_model._default_manager.count() for shape in SHAPES
    }
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(
        ["manifest.json"]
        + [stock[part]["file"] for stock in said["ledgers"].values() for part in ("rows", "closed")]
    )


def test_the_same_rows_make_the_same_files(tmp_path: Path) -> None:
    city().write()

    assert write(tmp_path / "a").ledgers == write(tmp_path / "b").ledgers


def test_nothing_new_is_an_export_too(tmp_path: Path) -> None:
    made = city()
    first, empty = exported(made, tmp_path, [4, 4])

    with DuckDB(threads=1) as engine:
        assert Lake(engine, [first, empty]).change == 4
    assert read(empty).rows == 0


@pytest.mark.parametrize("after", [-1, 5])
def test_a_change_that_never_was(after: int, tmp_path: Path) -> None:
    city().write()

    with pytest.raises(WrongUse) as refused:
        write(tmp_path / "a", after=after)

    assert str(refused.value) == f"没有变更 {after}，请填 0 至 4 之间的变更编号。"
    assert list(tmp_path.iterdir()) == []


def test_only_a_new_or_empty_folder_is_written_to(tmp_path: Path) -> None:
    city().write()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("x", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()

    for name in ("full", "file"):
        with pytest.raises(WrongUse) as refused:
            write(tmp_path / name)
        assert str(refused.value) == f"“{tmp_path / name}”里已有内容，请换一个新的或空的文件夹。"
    with pytest.raises(WrongUse) as refused:
        write(tmp_path / "no" / "a")
    assert str(refused.value) == f"文件夹“{tmp_path / 'no'}”不存在，请先建好或换一个位置。"
    assert write(tmp_path / "empty").change == 4
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["note.txt"]


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_nothing(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullDisk(pq.ParquetWriter):  # type: ignore[misc]  # it has no types
        def write_batch(self, *_: object) -> None:
            raise OSError(28, "No space left on device")

    city().write()
    if there:
        (tmp_path / "a").mkdir()
    monkeypatch.setattr(pq, "ParquetWriter", FullDisk)

    with pytest.raises(Refused) as refused:
        write(tmp_path / "a")

    assert str(refused.value) == f"文件夹“{tmp_path / 'a'}”写不进去，请检查权限和剩余空间。"
    assert [list(path.iterdir()) for path in tmp_path.iterdir()] == ([[]] if there else [])
