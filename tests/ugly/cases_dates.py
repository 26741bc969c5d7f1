"""Days in every form, months that are less than a day, and numbers that are neither."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from tests.ugly.builders import (
    FIRM,
    UNION_NAME,
    Case,
    Formula,
    by_hand,
    by_openpyxl,
    by_text,
    by_xlsxwriter,
    by_xlwt,
    cell,
    firm,
    joined,
    line,
    said,
)

_SINCE = "成立日期"
_HEAD = (*FIRM, _SINCE)
_ENDED = (*_HEAD, "注销日期")
_TERMS = ("协议编号", "协议类型", "签约工会", "签订日期", "期限起", "期限止")


def _since(*days: Any) -> list[Sequence[Any]]:
    return [_HEAD, *(firm(seed, 12, day) for seed, day in enumerate(days, 2))]


def _means(day: str, count: int) -> list[dict[str, Any]]:
    return [said(_HEAD, firm(seed, 12, day)) for seed in range(2, 2 + count)]


def _told(count: int, kind: str) -> list[tuple[int, str, str]]:
    return [(row, _SINCE, kind) for row in range(2, 2 + count)]


def _written(row: int, day: str) -> str:
    """A row in XML whose last cell is as given."""
    cells = "".join(cell(f"{chr(65 + i)}{row}", raw) for i, raw in enumerate(firm(row)))
    return f'<row r="{row}">{cells}{day}</row>'


_FORMS = (
    "2011-3-5", "2011/03/05", "2011.3.5", "2011年3月5日", "20110305", " 2011-03-05 ",
    "２０１１年３月５日", "2011－3－5", "2011/3/5 0:00:00", "2011-03-05 00:00", "2011年03月05号",
    "2011 年 3 月 5 日", "2011．3．5",
)  # fmt: skip
_NO_DAYS = (
    "2011-02-30", "2011-13-01", "20111301", "11-3-5", "11.3.5", "不详", "至今", "2011年", "3月5日",
    "2011-3-5至2012-3-4", "0011-03-05", "3011-03-05",
)  # fmt: skip
_MOMENT = datetime(2011, 3, 5, 17, 45, 30)  # noqa: DTZ001  a cell knows no zone
_DAY = date(2011, 3, 5)
_SERIAL = 40607
_TRUTH = True

CASES = (
    Case(
        name="a day in thirteen forms of text",
        paper=by_openpyxl(_since(*_FORMS)),
        counts={"new": 13},
        means=_means("2011-03-05", 13),
    ),
    Case(
        name="a day in thirteen forms of text, in an xls",
        paper=by_xlwt(_since(*_FORMS)),
        counts={"new": 13},
        means=_means("2011-03-05", 13),
    ),
    Case(
        name="Excel days, with and without an hour, by openpyxl",
        paper=by_openpyxl(_since(_DAY, _MOMENT, 20110305, 20110305.0)),
        counts={"new": 4},
        means=_means("2011-03-05", 4),
    ),
    Case(
        name="Excel days by xlsxwriter, one of them a formula's",
        paper=by_xlsxwriter(_since(_DAY, _MOMENT, Formula('="2011-3-5"', "2011-3-5"), 20110305)),
        counts={"new": 4},
        means=_means("2011-03-05", 4),
    ),
    Case(
        name="Excel days of an xls",
        paper=by_xlwt(_since(_DAY, _MOMENT, 20110305)),
        counts={"new": 3},
        means=_means("2011-03-05", 3),
    ),
    Case(
        name="a workbook that counts its days from 1904",
        paper=by_xlsxwriter(_since(_DAY, _MOMENT), date_1904=True),
        counts={"new": 2},
        means=_means("2011-03-05", 2),
    ),
    Case(
        name="days in the number formats of a Chinese Excel, and a serial without one",
        paper=by_hand(
            line(1, _HEAD)
            + _written(2, f'<c r="F2" s="1"><v>{_SERIAL}</v></c>')
            + _written(3, f'<c r="F3" s="2"><v>{_SERIAL}.75</v></c>')
            + _written(4, f'<c r="F4" s="3"><v>{_SERIAL}</v></c>')
            + _written(5, f'<c r="F5" s="5"><v>{_SERIAL}</v></c>')
            + _written(6, f'<c r="F6" s="6"><v>{_SERIAL}</v></c>')
            + _written(7, f'<c r="F7" s="7"><v>{_SERIAL}</v></c>')
        ),
        counts={"new": 5, "bad": 1},
        problems=[(7, _SINCE, "date")],
        asked={"skip_bad": True},
        means=_means("2011-03-05", 5),
    ),
    Case(
        name="days as the standard writes them, days before the first and after the last",
        paper=by_hand(
            line(1, _HEAD)
            + _written(2, '<c r="F2" t="d"><v>2011-03-05</v></c>')
            + _written(3, '<c r="F3" t="d" s="1"><v>2011-03-05T00:00:00</v></c>')
            + _written(4, '<c r="F4" s="1"><v>0</v></c>')
            + _written(5, '<c r="F5" s="1"><v>-1</v></c>')
            + _written(6, '<c r="F6" s="1"><v>99999999</v></c>')
            + _written(7, '<c r="F7" s="1"><v>1E+300</v></c>')
        ),
        counts={"new": 2, "bad": 4},
        problems=[(row, _SINCE, "date") for row in (4, 5, 6, 7)],
        asked={"skip_bad": True},
        means=_means("2011-03-05", 2),
    ),
    Case(
        name="months only",
        paper=by_openpyxl(
            _since("2011年3月", "2011.3", "201103", 201103, "2011-03", "2011/3", "２０１１．３")
        ),
        counts={"new": 7},
        problems=_told(7, "date-month-only"),
        means=_means("2011-03-01", 7),
    ),
    Case(
        name="months only, in an xls; October as text is October",
        paper=by_xlwt(_since("2011年10月", "2011.10", 201110, 201110.0)),
        counts={"new": 4},
        problems=_told(4, "date-month-only"),
        means=_means("2011-10-01", 4),
    ),
    Case(
        name="numbers that may be January or October",
        paper=by_xlsxwriter(_since(2011.1, 2011.3, 2011.12)),
        counts={"bad": 3},
        problems=_told(3, "date-ambiguous"),
    ),
    Case(
        name="numbers that may be January or October, in an xls",
        paper=by_xlwt(_since(2011.1, 2011.11)),
        counts={"bad": 2},
        problems=_told(2, "date-ambiguous"),
    ),
    Case(
        name="what is no day",
        paper=by_openpyxl(_since(*_NO_DAYS)),
        counts={"bad": 12},
        problems=_told(12, "date"),
    ),
    Case(
        name="numbers, hours and truths that are no day",
        paper=by_xlsxwriter(_since(2011, 40607, 3.5, -1, 5e20, time(8, 30), _TRUTH)),
        counts={"bad": 7},
        problems=_told(7, "date"),
    ),
    Case(
        name="error values where a day should be",
        paper=by_xlsxwriter(_since("#N/A", Formula("=DATE(0,0,0)", "#NUM!"))),
        counts={"bad": 2},
        problems=_told(2, "type"),
    ),
    Case(
        name="the end before the beginning, and on the same day",
        paper=by_xlwt(
            [
                _ENDED,
                firm(2, 12, date(2011, 3, 5), date(2011, 3, 4)),
                firm(3, 12, "2011-03-05", "2011-03-05"),
                firm(4, 12, "2011-03-05", "2011-03-06"),
            ]
        ),
        counts={"bad": 2, "new": 1},
        problems=[(2, "注销日期", "date-order"), (3, "注销日期", "date-order")],
    ),
    Case(
        name="a term that ends before it begins",
        ledger="agreements",
        paper=by_openpyxl(
            [
                _TERMS,
                ["绵〔2014〕1号", "单独", UNION_NAME, _DAY, "2014.4.1", "2014.3.31"],
                ["绵〔2014〕2号", "单独", UNION_NAME, _DAY, 2014.1, "2014年12月"],
                ["绵〔2014〕3号", "单独", UNION_NAME, _DAY, "2014.4.1", "2014.4.1"],
            ]
        ),
        counts={"bad": 2, "new": 1},
        problems=[
            (2, "期限止", "date-order"),
            (3, "期限起", "date-ambiguous"),
            (3, "期限止", "date-month-only"),
        ],
    ),
    Case(
        name="days in a text file, where 2011.1 is a text",
        paper=by_text(joined(*_since("2011-3-5", "2011.1", "2011/3/5 0:00", 40607))),
        sheet=None,
        counts={"new": 3, "bad": 1},
        problems=[(3, _SINCE, "date-month-only"), (5, _SINCE, "date")],
    ),
)
