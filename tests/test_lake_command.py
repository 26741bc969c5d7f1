"""`gongjian parquet` from the command line, on a database that real changes have written."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from gongjian.history.models import TrailRecord
from gongjian.indicators.lake.engines import DuckDB
from gongjian.indicators.lake.manifest import sha256_of
from gongjian.indicators.lake.reading import Lake
from gongjian.indicators.sections import Year
from gongjian.ledgers.declare import LEDGERS
from tests.commands import Run, city, paper, run
from tests.lakes import database_sums, sums_by

__all__ = ["city", "run"]

YEAR = Year.of(date(2011, 12, 28), "01-01")


def sums(folders: list[Path]) -> dict[str, dict[int, int]]:
    with DuckDB(threads=1) as engine:
        lake = Lake(engine, folders)
        return sums_by(lake.leaf_sums, lake.change, YEAR)


def test_what_is_answered_and_what_stays_on_the_trail(city: Run, tmp_path: Path) -> None:
    answer = city("parquet", "--out-dir", str(tmp_path / "a"), "--reason", "报省总", "--json")

    told = {ledger.slug: 0 for ledger in LEDGERS} | {"areas": 4, "employers": 2}
    assert (answer.status, answer.error) == (0, "")
    assert answer.json == {"folder": str(tmp_path / "a"), "after": 0, "change": 2, "rows": told}
    note = TrailRecord.objects.order_by("-number")[0]
    assert note.kind == "export"
    assert json.loads(note.body) == {
        "format": "parquet",
        "after": 0,
        "change": 2,
        "rows": told,
        "manifest": sha256_of(tmp_path / "a" / "manifest.json"),
        "actor": None,
        "name": "系统操作员",
        "reason": "报省总",
    }
    assert city("audit", "verify").status == 0


def test_exports_after_imports_and_undo_give_the_same_figures(city: Run, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    areas = paper(tmp_path / "more.csv", "区划代码,名称,上级代码,类型", "510703003,新镇,510703,镇")

    first = city("parquet", "--out-dir", str(folders[0]))
    assert city("import", "areas", areas).status == 0
    assert city("undo", "2").status == 0
    second = city("parquet", "--out-dir", str(folders[1]), "--after", "2")
    third = city("parquet", "--out-dir", str(folders[2]), "--after", "4")

    assert first.out.startswith(f"已把变更 1 至 2 导出到 {folders[0]}：")
    assert "下次可用 --after 4 只导出新的部分。" in second.out
    assert third.out == f"变更 4 之后没有新的变更，{folders[2]} 里是一份空的导出。\n"
    moment_sums = database_sums(4, YEAR)
    assert sums(folders) == sums(folders[:2]) == moment_sums
    assert moment_sums["employers.total"] == {}
    assert sum(sums(folders[:1])["employers.total"].values()) == 2


def test_wrong_words_leave_nothing_on_the_trail(city: Run, tmp_path: Path) -> None:
    before = TrailRecord.objects.count()

    answer = city("parquet", "--out-dir", str(tmp_path / "a"), "--after", "3")

    assert answer == (2, "", "没有变更 3，请填 0 至 2 之间的变更编号。\n")
    assert TrailRecord.objects.count() == before


def test_without_the_extra(city: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    answer = city("parquet", "--out-dir", str(tmp_path / "a"))

    assert answer == (2, "", "没有安装 pyarrow，请先安装附加组件 gongjian[lake] 再使用。\n")
    assert not (tmp_path / "a").exists()
