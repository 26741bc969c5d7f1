"""Codes: digits lost in numbers, letters of the wrong kind, spaces around and within."""

from typing import Any

from tests.ugly.builders import (
    FIRM,
    Case,
    by_hand,
    by_openpyxl,
    by_text,
    by_xlsxwriter,
    by_xlwt,
    cell,
    code,
    firm,
    joined,
    line,
    said,
    union_code,
)

_CODE = "统一社会信用代码"
_UNION = ("工会代码", "工会名称", "工会类型", "所属区划", "建会日期")


def _coded(*codes: Any) -> list[Any]:
    rows = ([written, *firm(seed)[1:]] for seed, written in enumerate(codes, 2))
    return [FIRM, *rows]


def _wide(text: str) -> str:
    """The text in full-width characters."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def _wrong_check(seed: int) -> str:
    good = code(seed)
    return good[:17] + ("A" if good[17] != "A" else "B")


_LETTERS = next(seed for seed in range(500, 900) if not code(seed).isdecimal())


def _area(*areas: Any) -> list[Any]:
    rows = ([*firm(seed)[:2], area, "企业", 12] for seed, area in enumerate(areas, 2))
    return [FIRM, *rows]


CASES = (
    Case(
        name="codes in full-width, with spaces around, in lower case",
        paper=by_openpyxl(
            _coded(_wide(code(2)), f"\u00a0{code(3)}\u3000", f"{code(4)}\n", code(5).lower())
        ),
        counts={"new": 4},
        means=[said(FIRM, firm(seed)) for seed in range(2, 6)],
    ),
    Case(
        name="letters of a code in lower case",
        paper=by_xlwt([FIRM, [code(_LETTERS).lower(), *firm(_LETTERS)[1:]]]),
        counts={"new": 1},
        means=[said(FIRM, firm(_LETTERS))],
    ),
    Case(
        name="codes as numbers have lost digits",
        paper=by_xlsxwriter(_coded(915107030000000123.0, 9.15107e17, 1234567890123456)),
        counts={"bad": 3},
        problems=[(row, _CODE, "digits-lost") for row in (2, 3, 4)],
    ),
    Case(
        name="codes as numbers in an xls",
        paper=by_xlwt(_coded(915107030000000123.0, 9.15107e17)),
        counts={"bad": 2},
        problems=[(row, _CODE, "digits-lost") for row in (2, 3)],
    ),
    Case(
        name="codes as numbers by openpyxl, all digits in the file",
        paper=by_openpyxl(_coded(int("915107030000000012"))),
        counts={"bad": 1},
        problems=[(2, _CODE, "digits-lost")],
    ),
    Case(
        name="codes as numbers by hand, in three notations",
        paper=by_hand(
            line(1, FIRM)
            + "".join(
                f'<row r="{row}"><c r="A{row}"><v>{number}</v></c>'
                + "".join(cell(f"{chr(66 + i)}{row}", raw) for i, raw in enumerate(firm(row)[1:]))
                + "</row>"
                for row, number in enumerate(
                    ("915107030000000012", "9.15107030000000012E+17", "9.15107030000000000e17"), 2
                )
            )
        ),
        counts={"bad": 3},
        problems=[(row, _CODE, "digits-lost") for row in (2, 3, 4)],
    ),
    Case(
        name="codes in scientific notation as texts",
        paper=by_text(joined(*_coded("9.15107E+17", "9.15107e17", "9E+17"))),
        sheet=None,
        counts={"bad": 3},
        problems=[(row, _CODE, "digits-lost") for row in (2, 3, 4)],
    ),
    Case(
        name="codes of the wrong length, character or check",
        paper=by_xlsxwriter(
            _coded(
                code(2)[:17],
                code(3) + "0",
                _wrong_check(4),
                code(5)[:10] + "O" + code(5)[11:],
                code(6)[:4] + " " + code(6)[4:],
                "无",
                12345,
            )
        ),
        counts={"bad": 7},
        problems=[(row, _CODE, "uscc-checksum") for row in range(2, 9)],
    ),
    Case(
        name="codes of unions, one of them a number",
        ledger="unions",
        paper=by_xlwt(
            [
                _UNION,
                [f" {union_code(2)} ", "甲工会", "单独基层工会", 510703001, "2012-01-01"],
                [8.15107e17, "乙工会", "单独基层工会", "510703001", "2012-01-01"],
                [_wrong_check(7), "丙工会", "单独基层工会", "510703001", "2012-01-01"],
            ]
        ),
        counts={"new": 1, "bad": 2},
        problems=[(3, "工会代码", "digits-lost"), (4, "工会代码", "uscc-checksum")],
    ),
    Case(
        name="codes of areas as numbers and texts",
        paper=by_openpyxl(_area(510703001, 510703001.0, " 510703001", _wide("510703001"))),
        counts={"new": 4},
        means=[said(FIRM, firm(seed)) for seed in range(2, 6)],
    ),
    Case(
        name="codes of areas that are none",
        paper=by_xlwt(_area(510799, "5.10703E+08", 5.10703e20, "51070300", 0.5)),
        counts={"bad": 5},
        problems=[
            (2, "所属区划", "unknown-area"),
            (3, "所属区划", "digits-lost"),
            (4, "所属区划", "digits-lost"),
            (5, "所属区划", "unknown-area"),
            (6, "所属区划", "type"),
        ],
    ),
    Case(
        name="an error value for an area, a truth for a code",
        paper=by_xlsxwriter([FIRM, [code(2), "甲厂", "#N/A", "企业", 1], [True, *firm(3)[1:]]]),
        counts={"bad": 2},
        problems=[(2, "所属区划", "type"), (3, _CODE, "type")],
    ),
)
