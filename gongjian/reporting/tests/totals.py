"""Paper totals of a county in June, and its figures to hold against them."""

from datetime import date
from typing import Any, Final

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR, Actor
from gongjian.indicators.query import figures
from gongjian.indicators.rows import rows_behind
from gongjian.reporting.bridge import Line, bridge
from gongjian.reporting.bridging import enter
from gongjian.reporting.models import PaperTotal
from gongjian.reporting.tests.months import COUNTY, JUNE, TOWN

PAPER: Final = "2011 年第二十七期简报"


def shop(number: int) -> dict[str, Any]:
    return {"工会名称": f"新店{number}工会", "工会类型": "单独基层工会", "所属区划": TOWN,
            "建会日期": date(2011, 6, 1)}  # fmt: skip


def put(value: int = 9, code: str = "unions.base", *, by: Actor = OPERATOR) -> PaperTotal:
    made = enter(JUNE, area_id=area(COUNTY), by=by, source=PAPER, values={code: value})
    return made[0]


def line(code: str = "unions.base") -> Line:
    (found,) = [one for one in bridge(JUNE, area(COUNTY)) if one.figure.code == code]
    return found


def counted(code: str = "unions.base") -> int:
    said = figures([code], day=JUNE.cut_off, known_at=None, node=area(COUNTY))
    return int(said["figures"][0]["value"])


def rows(code: str = "unions.base") -> list[dict[str, Any]]:
    found = rows_behind(code, day=JUNE.cut_off, known_at=None, node=area(COUNTY))
    return list(found["rows"])
