"""An export that fails leaves nothing open behind it."""

from collections.abc import Generator
from datetime import date
from inspect import GEN_CLOSED, getgeneratorstate
from pathlib import Path
from typing import Any

import pytest

from gongjian.history import sql
from gongjian.ledgers import export
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.tests.city import city


@pytest.mark.django_db
def test_what_is_read_is_closed_where_writing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    city()
    stream, opened = sql.stream, list[Generator[tuple[Any, ...]]]()

    def spied(*asked: Any, **more: Any) -> Generator[tuple[Any, ...]]:
        opened.append(stream(*asked, **more))
        return opened[-1]

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(sql, "stream", spied)
    monkeypatch.setattr(export._Sheets, "add", full)
    monkeypatch.setattr(export, "_BATCH", 1)
    with pytest.raises(OSError, match="disk full") as failed:
        export.write_export(LEDGERS["unions"], tmp_path / "F.xlsx", day=date(2012, 6, 30))
    # Whoever handles the error still holds all that it was raised in.
    assert failed.value.__traceback__ is not None
    assert [getgeneratorstate(each) for each in opened] == [GEN_CLOSED]
