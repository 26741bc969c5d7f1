"""The rows behind several figures of a node at once, as believed now."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from gongjian.history.sql import fetch
from gongjian.history.state import latest, one_moment
from gongjian.indicators.declare import CATALOG, Base
from gongjian.indicators.query import Asked
from gongjian.indicators.rows import RANK, Drill, Row, Where, in_order, placed
from gongjian.indicators.sections import Moment
from gongjian.indicators.standing import Standing


@one_moment()
def rows_together(
    codes: Sequence[str], *, day: date, node: int, year_start: str = "01-01", own: bool = False
) -> dict[str, list[Row]]:
    """By code the rows of ``rows_behind``, of several figures as believed at one moment.

    With ``own`` only those that stand directly at the node, by its code on the day, at none below.
    For figures of few rows it is one question each, and those who stand there are looked up once.
    All of them are asked in one view of the database. To see by its number whether a change came
    meanwhile, and ask again, would never end where changes come faster than the answer.
    """
    asked = Asked(day, node, year_start)
    moment, stands = Moment(latest().change, believed=True), Standing()
    found: dict[str, list[Row]] = {}
    for figure in CATALOG.asked(codes):
        where = Where(figure, asked, moment, stands)
        ranks = where.own if own else where.all
        drill = Drill(figure, moment, where.at(ranks), where.looked_up(ranks) or {})
        rows = fetch(*in_order(drill)) if ranks else []
        ranked = groupby(rows, key=itemgetter(RANK))
        found[figure.code] = [row for at, one in ranked for row in drill.said(one, where.codes[at])]
    return found


@one_moment()
def ids_together(codes: Sequence[str], *, day: date, node: int) -> dict[str, dict[int, int]]:
    """By code the entries behind indicators, with what each adds: as ``rows_together``, no names.

    One question for all indicators of a base.
    """
    moment, stands = Moment(latest().change, believed=True), Standing()
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
