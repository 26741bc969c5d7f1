"""The rows behind several figures of a node at once, as believed now."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from gongjian.history import state
from gongjian.history.sql import fetch
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.query import Asked
from gongjian.indicators.rows import RANK, Drill, Row, Where, in_order, placed, rows_behind
from gongjian.indicators.sections import Moment
from gongjian.indicators.standing import Standing

TRIES = 5
"""How often rows are asked for while changes keep coming between."""


def rows_together(
    codes: Sequence[str], *, day: date, node: int, year_start: str = "01-01"
) -> dict[str, list[Row]]:
    """By code the rows of ``rows_behind``, of several figures as believed at one moment.

    For figures of few rows it is one question each, and those who stand there are looked up once.
    Where a change comes meanwhile they are asked again: what was known before is read from whole
    tables, which takes a hundred times as long.
    """
    asked = Asked(day, node, year_start)
    for _ in range(TRIES):
        now = state.afresh().change
        found = _rows(codes, asked, now)
        if state.afresh().change == now:
            return found
    known, figures = state.afresh().change, CATALOG.asked(codes)
    return {
        f.code: rows_behind(f.code, day=day, known_at=known, node=node, year_start=year_start)[
            "rows"
        ]
        for f in figures
    }


def _rows(codes: Sequence[str], asked: Asked, now: int) -> dict[str, list[Row]]:
    moment, stands = Moment(now, believed=True), Standing()
    found: dict[str, list[Row]] = {}
    for figure in CATALOG.asked(codes):
        where = Where(figure, asked, moment, stands)
        drill = Drill(figure, moment, where.at(where.all), where.looked_up(where.all) or {})
        rows = fetch(*in_order(drill)) if where.codes else []
        ranked = groupby(rows, key=itemgetter(RANK))
        found[figure.code] = [row for at, own in ranked for row in drill.said(own, where.codes[at])]
    return found


def ids_together(codes: Sequence[str], *, day: date, node: int) -> dict[str, dict[int, int]]:
    """By code the entries behind indicators, with what each adds: as ``rows_together``, no names.

    One question for all indicators of a base.
    """
    moment, stands = Moment(state.latest().change, believed=True), Standing()
    of_base: dict[Base, list[str]] = {}
    for code in codes:
        of_base.setdefault(CATALOG.indicator(code).base, []).append(code)
    found: dict[str, dict[int, int]] = {}
    for base, own in of_base.items():
        where = Where(CATALOG.indicator(own[0]), Asked(day, node), moment, stands)
        found |= {code: {} for code in own} if not where.codes else _ids(base, own, where, moment)
    return found


def _ids(base: Base, codes: list[str], where: Where, moment: Moment) -> dict[str, dict[int, int]]:
    few = where.looked_up(where.all) or {}
    ((year, at),) = where.at(where.all).items()
    relation, params = placed(base, year, moment, at._replace(branch=at.branch or few.get(base)))
    columns = ", ".join(f'r."{code}"' for code in codes)
    counted = " OR ".join(f'r."{code}" IS NOT NULL' for code in codes)
    rows = fetch(f"SELECT r.entity_id, {columns} FROM {relation}\nWHERE {counted}", params)
    return {
        code: {row[0]: int(row[nth]) for row in rows if row[nth] is not None}
        for nth, code in enumerate(codes, 1)
    }
