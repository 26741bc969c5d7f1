"""What an engine is asked to do, and what is said where a library is missing."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongjian.core.errors import WrongUse
from gongjian.history.shapes import SHAPES
from gongjian.indicators.lake.columns import columns_of, exported
from gongjian.indicators.lake.engines import DuckDB, local_spark
from gongjian.indicators.lake.extras import require_java
from gongjian.indicators.lake.relations import Assembly


@pytest.mark.parametrize("name", ["a.parquet", "各县'[1]*?{x}.parquet"])
def test_a_file_stands_for_itself(name: str, tmp_path: Path) -> None:
    pq.write_table(pa.table({"vid": [1, 2]}), tmp_path / name)
    pq.write_table(pa.table({"vid": [3]}), tmp_path / "各县'1xx{x}.parquet")

    with DuckDB() as engine:
        engine.open("things", tmp_path / name)
        assert engine.fetch("SELECT vid FROM things ORDER BY vid") == [(1,), (2,)]


def test_nothing_is_fetched_from_elsewhere() -> None:
    with DuckDB(threads=1) as engine:
        names = "'autoinstall_known_extensions', 'autoload_known_extensions', 'threads'"
        query = f"SELECT value FROM duckdb_settings() WHERE name IN ({names}) ORDER BY name"
        assert engine.fetch(query) == [("false",), ("false",), ("1",)]


def test_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(WrongUse) as refused:
        DuckDB()
    assert str(refused.value) == "没有安装 duckdb，请先安装附加组件 gongjian[lake] 再使用。"

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(WrongUse) as refused:
        local_spark()
    assert str(refused.value) == "没有安装 pyspark，请先安装附加组件 gongjian[spark] 再使用。"


def test_a_machine_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrongUse) as refused:
        require_java()
    assert str(refused.value) == (
        "没有找到 Spark 要用的 java，请安装 Java 17（如 openjdk-17-jre-headless）"
        "或用 JAVA_HOME 指明它在哪里。"
    )

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(WrongUse) as refused:
        require_java()
    assert str(refused.value) == (
        f"JAVA_HOME 的值“{tmp_path}”里没有 bin/java，请改成 Java 17 所在的文件夹。"
    )

    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    require_java()


def test_secret_columns_are_known_but_not_exported() -> None:
    for shape in SHAPES:
        columns = columns_of(shape)
        secret = [c.name for c in columns if c.secret]

        assert [c.name for c in columns] == [
            f.column for f in shape.version_model._meta.concrete_fields
        ]
        assert sorted(secret) == sorted(c for f in shape.secret for c in shape.columns_of(f))
        assert not [c.name for c in exported(shape) if c.name.endswith(("_blind", "_sealed"))]


def test_a_ledger_that_no_export_has_is_an_empty_table() -> None:
    with DuckDB(threads=1) as engine:
        for shape in SHAPES:
            engine.define(shape.table, Assembly(shape, [], engine.quote).query())
            described = engine.fetch(f'DESCRIBE "{shape.table}"')

            assert engine.fetch(f'SELECT * FROM "{shape.table}"') == []
            assert [name for name, *_ in described] == [c.name for c in columns_of(shape)]
            assert {kind for _, kind, *_ in described} <= {
                "BIGINT",
                "INTEGER",
                "SMALLINT",
                "VARCHAR",
                "DATE",
                "BLOB",
            }
