"""People: identity numbers in every state, and what must agree with them."""

from datetime import date
from typing import Any

from gongjian.core.builders import make_identity
from gongjian.core.codes import mask_identity
from tests.ugly.builders import (
    MEMBER,
    UNION_NAME,
    Case,
    by_hand,
    by_openpyxl,
    by_text,
    by_xlsxwriter,
    by_xlwt,
    joined,
    lines,
    member,
    old_number,
    person,
    said,
)

_ID, _UNION = "证件号码", "所属工会"
_FULL = (*MEMBER, "性别", "出生日期")
_PAPERS = ("证件类别", *MEMBER)
_STANDING = (*MEMBER, "会籍状态", "会籍变化日期")
_WORK = (*MEMBER, "工作单位", "手机")
_WITH_X = next(seed for seed in range(2, 100) if person(seed).endswith("X"))


def _wrong_check(seed: int) -> str:
    number = person(seed)
    return number[:17] + ("0" if number[17] != "0" else "1")


def _numbered(*numbers: Any) -> list[Any]:
    rows = ([number, *member(seed)[1:]] for seed, number in enumerate(numbers, 2))
    return [MEMBER, *rows]


def _wide(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


CASES = (
    Case(
        name="a lower-case x, full-width digits, spaces around",
        ledger="members",
        paper=by_openpyxl(
            [
                MEMBER,
                [person(_WITH_X).lower(), *member(_WITH_X)[1:]],
                [_wide(person(_WITH_X + 1)), *member(_WITH_X + 1)[1:]],
                [f"\u00a0{person(_WITH_X + 2)} \n", *member(_WITH_X + 2)[1:]],
            ]
        ),
        counts={"new": 3},
        means=[said(MEMBER, member(_WITH_X + i)) for i in range(3)],
    ),
    Case(
        name="numbers of 15 digits, as text and as number",
        ledger="members",
        paper=by_xlsxwriter(_numbered(old_number(2), int(old_number(3)), float(old_number(4)))),
        counts={"new": 3},
        problems=[(row, _ID, "id-15") for row in (2, 3, 4)],
        means=[said(MEMBER, member(seed)) for seed in (2, 3, 4)],
    ),
    Case(
        name="the 15 digits of somebody known",
        ledger="members",
        paper=by_xlwt([MEMBER, [old_number(1), *member(1)[1:]]]),
        counts={"unchanged": 1},
        problems=[(2, _ID, "id-15")],
    ),
    Case(
        name="numbers of 18 digits as numbers have lost digits",
        ledger="members",
        paper=by_xlwt(_numbered(510703198001011230.0, 5.10703e17)),
        counts={"bad": 2},
        problems=[(2, _ID, "digits-lost"), (3, _ID, "digits-lost")],
    ),
    Case(
        name="numbers of 18 digits as numbers with all their digits",
        ledger="members",
        paper=by_hand(
            lines(MEMBER, ["", *member(2)[1:]], [None, *member(3)[1:]]).replace(
                '<c r="A2" t="inlineStr"><is><t xml:space="preserve"></t></is></c>',
                '<c r="A2"><v>510703198001011234</v></c>',
            )
        ),
        counts={"bad": 2},
        problems=[(2, _ID, "digits-lost"), (3, _ID, "required")],
    ),
    Case(
        name="numbers in scientific notation as texts",
        ledger="members",
        paper=by_text(joined(*_numbered("5.10703E+17", "5.10703198001011E+17"))),
        sheet=None,
        counts={"bad": 2},
        problems=[(2, _ID, "digits-lost"), (3, _ID, "digits-lost")],
    ),
    Case(
        name="numbers of the wrong length, character, day or check",
        ledger="members",
        paper=by_openpyxl(
            _numbered(
                person(2)[:17],
                person(3) + "1",
                person(4)[:6] + "19801301" + person(4)[14:],
                _wrong_check(5),
                person(6)[:16] + "OX",
                "510703801301001",
                "身份证丢失",
                12345,
            )
        ),
        counts={"bad": 8},
        problems=[(row, _ID, "id-checksum") for row in range(2, 10)],
    ),
    Case(
        name="sex and birth from the number, and against it",
        ledger="members",
        paper=by_xlsxwriter(
            [
                _FULL,
                member(2, "女", date(1980, 3, 15)),
                member(3, "女", "1980-04-21"),
                member(4, "女", "1980-05-30"),
                member(5, None, "1980年7月"),
            ]
        ),
        counts={"new": 2, "bad": 2},
        problems=[
            (3, "性别", "id-mismatch"),
            (4, "出生日期", "id-mismatch"),
            (5, "出生日期", "date-month-only"),
        ],
        asked={"skip_bad": True},
        means=[said(_FULL, member(2, "女", "1980-03-15"))],
    ),
    Case(
        name="other documents than the resident's card",
        ledger="members",
        paper=by_xlwt(
            [
                _PAPERS,
                ["护照", "g12345678", "约翰", UNION_NAME, "2012-01-01"],
                ["外国人永久居留证", "ＣＡＮ110178010101", "玛丽", UNION_NAME, "2012-01-01"],
                ["身份证", *member(4)],
                ["护照", "1234", "短号", UNION_NAME, "2012-01-01"],
                ["驾驶证", *member(6)],
            ]
        ),
        counts={"new": 3, "bad": 2},
        problems=[(5, _ID, "id-checksum"), (6, "证件类别", "choice")],
    ),
    Case(
        name="one person twice, once with the old number",
        ledger="members",
        paper=by_openpyxl([MEMBER, member(2), [old_number(2), *member(2)[1:]], member(3)]),
        counts={"new": 2, "skipped": 1},
        problems=[(3, _ID, "id-15"), (3, _ID, "duplicate")],
    ),
    Case(
        name="one number, two names",
        ledger="members",
        paper=by_xlwt([MEMBER, member(2), [person(2), "李示范", *member(2)[2:]]]),
        counts={"bad": 2},
        problems=[(2, _ID, "duplicate"), (3, _ID, "duplicate")],
    ),
    Case(
        name="no such union, no such standing, no day of the change",
        ledger="members",
        paper=by_xlsxwriter(
            [
                _STANDING,
                [*member(2)[:2], "没有的工会", "2010-03-01", None, None],
                member(3, "在册", None),
                member(4, "退会", None),
                member(5, "退会", "2012-05-01"),
                member(6, "保留", "2009-05-01"),
            ]
        ),
        counts={"new": 1, "bad": 4},
        problems=[
            (2, _UNION, "unknown-union"),
            (3, "会籍状态", "choice"),
            (4, "会籍变化日期", "required"),
            (6, "会籍变化日期", "date-order"),
        ],
    ),
    Case(
        name="a workplace nobody knows, telephones of all kinds",
        ledger="members",
        paper=by_xlwt(
            [
                _WORK,
                member(2, "绵阳涪江机械有限公司", 13900000000),
                member(3, "门口修车铺", "139 0000 0000"),
                member(4, "东街早餐店", "无"),
            ]
        ),
        counts={"new": 2, "bad": 1},
        problems=[(3, "工作单位", "rule"), (4, "手机", "type")],
    ),
    Case(
        name="a child of fourteen, and a day before birth",
        ledger="members",
        paper=by_openpyxl(
            [
                MEMBER,
                [make_identity("510703", date(2000, 1, 1), 1), "小示", UNION_NAME, "2014-06-01"],
                member(3, joined="1970-01-01"),
            ]
        ),
        counts={"new": 2},
        problems=[(2, "入会日期", "rule"), (3, "入会日期", "rule")],
    ),
    Case(
        name="masked cells mean as before, but name nobody",
        ledger="members",
        paper=by_xlsxwriter(
            [(*MEMBER, "手机"), member(1, "139****0000"), ["510703********0016", *member(3)[1:]]]
        ),
        counts={"unchanged": 1, "bad": 1},
        problems=[(3, _ID, "required")],
    ),
    Case(
        name="a number where a header should be",
        ledger="members",
        paper=by_openpyxl([[*MEMBER[:2], person(3), "备注"], member(2)]),
        ignored=[mask_identity(person(3)), "备注"],
        problems=[(None, head, "missing-column") for head in MEMBER[2:]],
    ),
    Case(
        name="columns that slipped by one",
        ledger="members",
        paper=by_xlwt(
            [
                _FULL,
                ["张示2", person(2), UNION_NAME, "2010-03-01", None, None],
                ["张示3", "女", UNION_NAME, "2010-03-01", person(3), person(3)],
                [person(4), "张示4", UNION_NAME, old_number(4), None, person(4).lower()],
            ]
        ),
        counts={"bad": 3},
        problems=[
            (2, _ID, "id-checksum"),
            (3, _ID, "id-checksum"),
            (3, "性别", "choice"),
            (3, "出生日期", "date"),
            (4, "入会日期", "date"),
            (4, "出生日期", "date"),
        ],
    ),
)
