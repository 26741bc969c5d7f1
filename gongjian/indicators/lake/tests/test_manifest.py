"""What is a whole export, and which exports add up."""

from dataclasses import replace
from pathlib import Path

import pytest

from gongjian.core.errors import Refused
from gongjian.indicators.lake import manifest
from gongjian.indicators.lake.manifest import Export, Stock, Stored, check_digests, joined, read


def stored(folder: Path, name: str, content: bytes = b"rows") -> Stored:
    path = folder / name
    path.write_bytes(content)
    return Stored(file=name, rows=3, bytes=len(content), sha256=manifest.sha256_of(path))


def export(folder: Path, after: int = 0, change: int = 4) -> Export:
    """An export written to ``folder``; the digest of change n is ``d<n>``."""
    folder.mkdir()
    stock = Stock(
        columns=("vid",),
        rows=stored(folder, "things.rows.parquet"),
        closed=stored(folder, "things.closed.parquet"),
    )
    digests = {"after_digest": f"d{after}", "change_digest": f"d{change}", "digest": "head"}
    made = Export(
        folder=folder,
        stamp="ab12",
        after=after,
        change=change,
        record=9,
        ledgers={"things": stock},
        **digests,
    )
    (folder / manifest.NAME).write_text(manifest.as_text(made), encoding="utf-8")
    return made


def sentence(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.sentence


def test_what_is_written_is_read(tmp_path: Path) -> None:
    made = export(tmp_path / "a")

    assert read(tmp_path / "a") == made
    assert made.rows == 3
    assert made.path("things", "closed") == tmp_path / "a" / "things.closed.parquet"
    check_digests([made])


def test_a_folder_without_a_manifest_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path)
    assert (
        sentence(refused)
        == f"文件夹“{tmp_path}”里没有 manifest.json，不是一份完整的导出，请重新导出。"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-9],
        lambda text: text.replace('"format": 1', '"format": 2'),
        lambda text: text.replace('"stamp"', '"stump"'),
        lambda text: text.replace("things.rows.parquet", "../others.rows.parquet"),
        lambda text: "[]",
        lambda text: "\ufeff",
    ],
)
def test_a_manifest_of_another_kind(change: object, tmp_path: Path) -> None:
    path = export(tmp_path / "a").folder / manifest.NAME
    assert callable(change)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        read(tmp_path / "a")
    assert sentence(refused) == f"“{path}”读不懂，请用本版本重新导出。"


@pytest.mark.parametrize("content", [b"row", None])
def test_a_file_that_is_short_or_missing(content: bytes | None, tmp_path: Path) -> None:
    path = export(tmp_path / "a").path("things", "rows")
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        read(tmp_path / "a")
    assert sentence(refused) == f"文件“{path}”缺失或不完整，请重新取得这一份导出。"


def test_a_file_that_was_changed(tmp_path: Path) -> None:
    made = export(tmp_path / "a")
    made.path("things", "closed").write_bytes(b"Rows")

    with pytest.raises(Refused) as refused:
        check_digests([read(tmp_path / "a")])
    path = made.path("things", "closed")
    assert sentence(refused) == f"文件“{path}”与导出时不同，请重新取得这一份导出。"


def test_exports_join_in_the_order_of_their_changes(tmp_path: Path) -> None:
    first, second = export(tmp_path / "a"), export(tmp_path / "b", 4, 9)
    empty = export(tmp_path / "c", 4, 4)

    assert joined([second, empty, first]) == (first, empty, second)


def test_exports_that_do_not_join(tmp_path: Path) -> None:
    first, later = export(tmp_path / "a"), export(tmp_path / "b", 6, 9)
    overlapping, again = export(tmp_path / "c", 3, 9), export(tmp_path / "d")
    said = []
    for exports in ([], [later], [first, later], [first, overlapping], [first, again]):
        with pytest.raises(Refused) as refused:
            joined(exports)
        said.append(sentence(refused).replace(f"{tmp_path}/", ""))

    assert said == [
        "没有给出导出的文件夹，请至少给出一个。",
        "“b”从变更 6 之后开始，请补上更早的导出。",
        "“a”到变更 4 为止，“b”从变更 6 之后开始，两份接不上，请重新选取。",
        "“a”到变更 4 为止，“c”从变更 3 之后开始，两份接不上，请重新选取。",
        "“a”到变更 4 为止，“d”从变更 0 之后开始，两份接不上，请重新选取。",
    ]


@pytest.mark.parametrize("other", [{"stamp": "cd34"}, {"after_digest": "d4 of another history"}])
def test_exports_of_two_histories(other: dict[str, str], tmp_path: Path) -> None:
    first, second = export(tmp_path / "a"), export(tmp_path / "b", 4, 9)

    with pytest.raises(Refused) as refused:
        joined([first, replace(second, **other)])  # type: ignore[arg-type]  # texts alone
    assert "不是同一个数据库的同一段历史" in sentence(refused)
