"""A made-up province as Parquet files: copies of one uneven city, 1.2 million members each.

A third of everything lies in the first county of each city; a few unions hold most members and
one of them 20,000. One entry in ten was told anew by the last change: its first version is
removed and two follow. The files and their manifest are those of an export, made by DuckDB alone.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb

from gongjian.history.shapes import SHAPES, Shape
from gongjian.indicators.lake import manifest
from gongjian.indicators.lake.columns import exported
from gongjian.indicators.lake.manifest import CLOSED, ROWS, Export, Stock, Stored

CHANGE: Final = 2


def _chance(salt: int) -> str:
    """Between 0 and 1, the same for the same entry."""
    return f"(hash(i * 16 + {salt}) % 1000003 / 1000003.0)"


def _entry(ledger: str, nearness: int, salt: int, first: int = 0) -> str:
    """An entry of ``ledger`` in the same city: the higher ``nearness``, the more often a low one."""
    count = _COUNTS[ledger]
    low = f"CAST(floor({count - first} * pow({_chance(salt)}, {nearness})) AS BIGINT)"
    return f"city * {count} + {first} + {low} + 1"


def _one(values: str, salt: int) -> str:
    words = values.split()
    listed = ", ".join("NULL" if word == "-" else f"'{word}'" for word in words)
    return f"([{listed}])[1 + CAST(hash(i * 16 + {salt}) % {len(words)} AS INTEGER)]"


def _number(values: str, salt: int) -> str:
    words = values.replace("-", "NULL").split()
    return f"([{', '.join(words)}])[1 + CAST(hash(i * 16 + {salt}) % {len(words)} AS INTEGER)]"


_COUNTS: Final = {
    "areas": 2_000,
    "employers": 200_000,
    "unions": 60_000,
    "coverage": 250_000,
    "members": 1_000_000,
    "agreements": 30_000,
    "agreement-coverage": 120_000,
}

# A third of all stand in the first two hundred areas, those of the first county.
_AREA: Final = (
    f"CASE WHEN i % 3 = 0 THEN city * 2000 + i % 200 + 1 ELSE {_entry('areas', 1, 1)} END"
)
_TERM: Final = "DATE '2010-01-01' + CAST(i * 13 % 700 AS INTEGER)"

_SAYS: Final[Mapping[str, Mapping[str, str]]] = {
    "areas": {
        "code": "'51' || (city * 10000 + i)",
        "name": "'区' || i",
        "kind": "'村'",
        "parent_id": "CASE WHEN i > 0 THEN city * 2000 + i // 10 + 1 END",
    },
    "employers": {
        "code": "'91' || (city * 200000 + i)",
        "name": "'示范企业第' || i || '号'",
        "area_id": _AREA,
        "nature": _one("企业 企业 企业 企业 事业单位", 2),
        "status": _one("在业 在业 在业 在业 停业", 3),
        "staff": f"CASE WHEN i = 0 THEN 20000 ELSE CAST(5 * pow(1 - {_chance(4)}, -0.9) AS INTEGER) END",
    },
    "unions": {
        "code": "'81' || (city * 60000 + i)",
        "name": "'示范工会第' || i || '号'",
        "area_id": _AREA,
        "kind": _one("单独基层工会 单独基层工会 联合基层工会 总工会 区域性工会联合会", 2),
        "superior_id": "CASE WHEN i > 0 THEN city * 60000 + i // 20 + 1 END",
        "term_years": _number("3 5 5 -", 3),
        "elected_on": "DATE '2004-02-29' + CAST(i * 17 % 2500 AS INTEGER)",
    },
    "coverage": {
        "union_id": _entry("unions", 2, 1),
        "employer_id": _entry("employers", 1, 2),
        "mode": _one("单独 联合 联合会 分会", 3),
    },
    "members": {
        "identity_kind": "'居民身份证'",
        "name": "'会员' || i",
        "sex": _one("男 女 -", 2),
        "migrant": _number("0 0 1 -", 3),
        "dispatched": _number("0 0 0 1", 4),
        "newform": _one("- - - - - - - 快递员", 5),
        "union_id": f"CASE WHEN i % 50 = 0 THEN city * 60000 + 1 ELSE {_entry('unions', 3, 6)} END",
        "status": "CASE WHEN turn = 1 AND i % 20 = 0 THEN '保留' ELSE '正常' END",
        "workplace": "'单位' || i % 1000",
    },
    "agreements": {
        "number": "'协' || i",
        "kind": _one("单独 单独 区域性 行业性", 2),
        "union_id": _entry("unions", 1, 3),
        "term_from": _TERM,
        "term_to": f"{_TERM} + 730",
        "effective_on": f"CASE WHEN i % 3 > 0 THEN {_TERM} END",
        "received_on": _TERM,
        "review": _one("- 无异议 有异议", 4),
    },
    "agreement-coverage": {
        "agreement_id": _entry("agreements", 2, 1),
        "employer_id": _entry("employers", 1, 2),
        "staff": f"CAST(200 * {_chance(3)} AS INTEGER)",
    },
}

_VERSIONS: Final = """
SELECT {names} FROM (
  SELECT city * {count} + i + 1 AS entry, i, city, part, part // 3 AS turn, DATE '2000-01-01' + CAST(i * 37 % 4000 AS INTEGER) AS begins
  FROM (SELECT n // {count} AS city, n % {count} AS i FROM range({total}) AS r(n)),
    (VALUES (0), (1), (2), (3)) AS p(part)
  WHERE (i % 10 = 0) = (part > 0)
)
"""
"""Of each entry ``i`` of a ``city`` the ``part`` 0: told once; 1 the version removed by the last change, 2 and 3 those
in its place, of which the second has ``turn`` 1. What is not said of a column is NULL."""

_FRAME: Final = {
    "vid": "entry * 4 + part",
    "entry_id": "entry",
    "opened": "begins",
    "stated": "0",
    "valid_from": "begins + 2000 * turn",
    "valid_to": "CASE WHEN part = 2 THEN begins + 2000 END",
    "added_in": "CASE WHEN part > 1 THEN 2 ELSE 1 END",
    "removed_in": "CASE WHEN part = 1 THEN 2 END",
}


def make(folder: Path, copies: int) -> Export:
    """The files of all ledgers in ``folder``, and the export that they are."""
    with duckdb.connect() as connection:
        ledgers = {shape.slug: _stock(connection, folder, shape, copies) for shape in SHAPES}
    digest = {"after_digest": "", "change_digest": "", "digest": ""}
    export = Export(
        folder=folder, stamp="", after=0, change=CHANGE, record=0, ledgers=ledgers, **digest
    )
    (folder / manifest.NAME).write_text(manifest.as_text(export), encoding="utf-8")
    return export


def _stock(connection: duckdb.DuckDBPyConnection, folder: Path, shape: Shape, copies: int) -> Stock:
    count, says = _COUNTS[shape.slug], {**_FRAME, **_SAYS[shape.slug]}
    columns = exported(shape)
    names = ", ".join(
        f"CAST({says.get(c.name, 'NULL')} AS {c.kind.sql}) AS {c.name}" for c in columns
    )
    query = _VERSIONS.format(
        names=names,
        count=count,
        total=count * copies,
    )
    none = "SELECT 1 AS vid, 1 AS removed_in WHERE 1 = 0"
    return Stock(
        columns=tuple(c.name for c in columns),
        rows=_file(connection, folder / manifest.file_name(shape.slug, ROWS), query),
        closed=_file(connection, folder / manifest.file_name(shape.slug, CLOSED), none),
    )


def _file(connection: duckdb.DuckDBPyConnection, path: Path, query: str) -> Stored:
    found = connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    ((rows,),) = found.fetchall()
    return Stored(file=path.name, rows=rows, bytes=path.stat().st_size, sha256="")
