"""Small papers for tests: rows as dictionaries, imported like any other table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongjian.core.access import OPERATOR, Actor
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.importing import Answer, Request, take
from gongjian.ledgers.reading import Table

Rows = Sequence[dict[str, Any]]


def table(rows: Rows) -> Table:
    """Rows by header as the table that reading them from a file would give."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return Table(
        sheet="Sheet1",
        header_row=1,
        other_sheets=[],
        ignored_columns=[],
        totals_skipped=0,
        row_numbers=list(range(2, 2 + len(rows))),
        cells={head: [row.get(head) for row in rows] for head in heads},
        positions={head: i for i, head in enumerate(heads)},
        width=len(heads),
    )


def bring(
    slug: str,
    *rows: dict[str, Any],
    on: date | None = None,
    actor: Actor = OPERATOR,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> Answer:
    """Import ``rows`` into a ledger."""
    request = Request(ledger=LEDGERS[slug], actor=actor, on=on, skip_bad=skip_bad, dry_run=dry_run)
    return take(request, table(rows))


def codes(answer: Answer) -> list[tuple[int | None, str | None, str]]:
    """(row, column, code) of every problem."""
    return [(p.row, p.column, p.code) for p in answer.problems]


def county() -> None:
    """绵阳市 with one district of two townships, imported as change 1."""
    bring(
        "areas",
        {"区划代码": "5107", "名称": "绵阳市", "类型": "市"},
        {"区划代码": "510703", "名称": "涪城区", "上级代码": "5107", "类型": "区"},
        {"区划代码": "510703001", "名称": "城厢街道", "上级代码": "510703", "类型": "街道"},
        {"区划代码": "510703002", "名称": "塘汛镇", "上级代码": "510703", "类型": "镇"},
    )
