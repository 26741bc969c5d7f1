from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.ledgers.cells import (
    Choice,
    Count,
    CreditCode,
    Day,
    Kind,
    Money,
    Percent,
    Phone,
    PlainCode,
    Raw,
    Read,
    Reference,
    Text,
    YesNo,
    blank,
    is_clear,
    is_masked,
    read_identity,
    shown,
)

RESIDENT = "居民身份证"
SPRING = date(2011, 3, 5)
NATURE = Choice(("企业", "机关", "A", "3"), {"公司": "企业", "制造业": "A"})


def outcome(kind: Kind, raw: Raw) -> tuple[Any, list[str]]:
    """The value and the codes of the flaws."""
    read = kind.read(raw)
    return read.value, [flaw.code for flaw in read.flaws]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  绵阳市\u3000", "绵阳市"),
        ("\ufeff绵阳\u200b市\u00a0", "绵阳市"),
        ("\u202d13800\u202c", "13800"),
        ("ＡＢｃ１２３（甲）", "ABc123（甲）"),
        ("第一行\r\n  第二行\t第三", "第一行 第二行 第三"),
        ("张\u3000三", "张 三"),
        (12.0, "12"),
        (12, "12"),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (SPRING, "2011-03-05"),
        (datetime(2011, 3, 5), "2011-03-05"),  # noqa: DTZ001  a cell has no zone
        (datetime(2011, 3, 5, 8, 30), "2011-03-05 08:30:00"),  # noqa: DTZ001  a cell has no zone
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("字" * 200, "字" * 200),
    ],
)
def test_text_is_cleaned(raw: Raw, text: str) -> None:
    assert outcome(Text(), raw) == (text, [])


@pytest.mark.parametrize("kind", [Text(), Count(), Money(), Day(), NATURE, CreditCode(), Phone()])
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("字" * 201, "range"),
        ("绵\x00阳", "type"),
        ("绵\x7f阳", "type"),
        ("#N/A", "type"),
        (" #ref! ", "type"),
        ("#DIV/0!", "type"),
        ("#NAME?", "type"),
        ("########", "type"),
    ],
)
def test_what_no_cell_may_hold_is_refused(kind: Kind, raw: str, code: str) -> None:
    assert outcome(kind, raw) == (None, [code])


def test_text_has_its_own_length() -> None:
    assert outcome(Text(max_length=3), "四个汉字") == (None, ["range"])


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        (12.0, 12, []),
        ("12", 12, []),
        ("12.0", 12, []),
        ("１２", 12, []),
        ("1,200", 1200, []),
        ("1，200", 1200, []),
        ("1,234,567", 1_234_567, []),
        (0.0, 0, []),
        (-0.0, 0, []),
        ("+3", 3, []),
        (2_147_483_647, 2_147_483_647, []),
        (2_147_483_648, None, ["range"]),
        (1e300, None, ["range"]),
        ("-1", None, ["range"]),
        ("－1", None, ["range"]),
        (-1.0, None, ["range"]),
        (12.5, None, ["type"]),
        ("12.5", None, ["type"]),
        ("十二", None, ["type"]),
        ("12人", None, ["type"]),
        ("1,20", None, ["type"]),
        ("1 200", None, ["type"]),
        ("1E+3", None, ["type"]),
        (".", None, ["type"]),
        ("٣", None, ["type"]),
        (True, None, ["type"]),
        (SPRING, None, ["type"]),
        (time(8), None, ["type"]),
        (float("nan"), None, ["type"]),
        (float("inf"), None, ["type"]),
    ],
)
def test_count(raw: Raw, value: int | None, codes: list[str]) -> None:
    assert outcome(Count(), raw) == (value, codes)


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("1,200.50", 120_050, []),
        (1200.5, 120_050, []),
        (1200, 120_000, []),
        (0.1, 10, []),
        (1234.565, 123_457, []),
        (-1, None, ["range"]),
        (1e13, None, ["range"]),
        ("1200元", None, ["type"]),
    ],
)
def test_money_is_in_fen(raw: Raw, value: int | None, codes: list[str]) -> None:
    assert outcome(Money(), raw) == (value, codes)


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("8.5%", 850, []),
        ("8.5 ％", 850, []),
        ("0.5%", 50, []),
        (8.5, 850, []),
        ("8.5", 850, []),
        (0.085, 850, []),
        (1, 100, []),
        (0, 0, []),
        ("100%", 10_000, []),
        (-0.05, None, ["range"]),
        (1e9, None, ["range"]),
        ("%", None, ["type"]),
        ("高", None, ["type"]),
    ],
)
def test_percent_is_in_hundredths(raw: Raw, value: int | None, codes: list[str]) -> None:
    assert outcome(Percent(), raw) == (value, codes)


@pytest.mark.parametrize(
    "raw",
    [
        SPRING,
        datetime(2011, 3, 5, 14, 30),  # noqa: DTZ001  a cell has no zone
        "2011-3-5",
        "2011-03-05",
        "2011/03/05",
        "2011.3.5",
        "2011年3月5日",
        "2011年03月05号",
        "20110305",
        20110305,
        20110305.0,
        "２０１１．３．５",
        "2011／3／5",
        "2011－3－5",
        "2011。3。5",
        "2011 年 3 月 5 日",
        "2011- 3 -5",
        "2011-03-05 00:00:00",
        "2011-03-05T08:30",
        "2011年3月5日 8:30",
        "2011-03-05T00:00:00Z",
    ],
)
def test_day_in_every_form(raw: Raw) -> None:
    assert outcome(Day(), raw) == (SPRING, [])


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2011年3月", date(2011, 3, 1)),
        ("2011年03月份", date(2011, 3, 1)),
        ("2011.3", date(2011, 3, 1)),
        ("2011.1", date(2011, 1, 1)),
        ("2011.10", date(2011, 10, 1)),
        ("2011-3", date(2011, 3, 1)),
        ("2011/03", date(2011, 3, 1)),
        ("201103", date(2011, 3, 1)),
        (201103, date(2011, 3, 1)),
        (201103.0, date(2011, 3, 1)),
    ],
)
def test_month_alone_is_its_first_day_with_a_warning(raw: Raw, day: date) -> None:
    read = Day().read(raw)

    assert (read.value, [f[:2] for f in read.flaws]) == (day, [("date-month-only", "warning")])


@pytest.mark.parametrize("raw", [2011.1, 2011.3, 2011.12, 1999.01])
def test_numeric_month_is_ambiguous(raw: float) -> None:
    assert outcome(Day(), raw) == (None, ["date-ambiguous"])


@pytest.mark.parametrize(
    "raw",
    [
        "2011-2-29",
        "2011-13-1",
        "20111301",
        20111301,
        "201113",
        "11-3-5",
        "110305",
        110305,
        "3/5/2011",
        "2011 1 2",
        "2011-3/5",
        "2011年",
        2011,
        2011.5678,
        2011.99,
        "1899-12-31",
        "2101-1-1",
        date(1899, 12, 31),
        date(2101, 1, 1),
        40634,
        "40634",
        40634.5,
        1e20,
        -1,
        True,
        time(8),
        timedelta(1),
        float("nan"),
        "去年",
        "2011-3-5 至 2012-3-4",
    ],
)
def test_what_is_no_day_is_refused(raw: Raw) -> None:
    assert outcome(Day(), raw) == (None, ["date"])


@pytest.mark.parametrize("raw", [40634, "40634", 40634.25])
def test_serial_number_names_the_day_it_looks_like(raw: Raw) -> None:
    (flaw,) = Day().read(raw).flaws

    assert "2011-04-01" in flaw.message


@pytest.mark.parametrize(
    ("raw", "value", "codes"),
    [
        ("企业", "企业", []),
        (" 企 业 ", "企业", []),
        ("公司", "企业", []),
        ("a", "A", []),
        ("Ａ", "A", []),
        ("制造业", "A", []),
        (3.0, "3", []),
        ("３", "3", []),
        ("工厂", None, ["choice"]),
        (True, None, ["choice"]),
        (SPRING, None, ["choice"]),
    ],
)
def test_choice(raw: Raw, value: str | None, codes: list[str]) -> None:
    assert outcome(NATURE, raw) == (value, codes)


def test_choice_names_what_is_allowed() -> None:
    (flaw,) = NATURE.read("工厂").flaws

    assert flaw.message == "“工厂”不在可选项中，请改为：企业、机关、A、3。"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, ["是", "有", "Y", "y", "Yes", "1", 1, 1.0, "√", "✓", "✔", "TRUE", True, "１"]),
        (False, ["否", "无", "N", "n", "No", "0", 0, 0.0, "×", "x", "X", "✗", "FALSE", False]),
    ],
)
def test_yes_and_no(value: bool, words: list[Raw]) -> None:
    assert [outcome(YesNo(), word) for word in words] == [(value, [])] * len(words)


@pytest.mark.parametrize("raw", ["也许", 2, SPRING, "是否"])
def test_neither_yes_nor_no_is_refused(raw: Raw) -> None:
    assert outcome(YesNo(), raw) == (None, ["choice"])


def test_helpers_tell_blank_clear_and_masked() -> None:
    assert [blank(r) for r in (None, "", " \u3000\ufeff\n", "0", 0, False, "－")] == (
        [True, True, True, False, False, False, False]
    )
    assert [is_clear(r) for r in (" 清空\u3000", "清空了", None, 0)] == [True, False, False, False]
    assert [is_masked(r) for r in ("138****5678", "1＊", "138", 138, None)] == (
        [True, True, False, False, False]
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (" 绵阳 ", "绵阳"),
        (12.0, "12"),
        (5.10703e17, "5.10703E+17"),
        (float("inf"), "inf"),
        (False, "FALSE"),
        (SPRING, "2011-03-05"),
        ("字" * 300, "字" * 200),
    ],
)
def test_a_cell_is_shown_as_it_was_seen(raw: Raw, text: str) -> None:
    assert shown(raw) == text


RAWS = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-/:年月日 EeXx%#*"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
READERS: list[Callable[[Raw], Read]] = [
    *(
        kind.read
        for kind in (
            Text(), Text(max_length=5), Count(), Money(), Percent(), Day(), NATURE, YesNo(),
            CreditCode(), PlainCode(), Phone(), Reference(),
        )
    ),
    partial(read_identity, RESIDENT),
    partial(read_identity, "护照"),
]  # fmt: skip


@given(raw=RAWS)
def test_no_cell_breaks_any_kind_and_errors_have_no_value(raw: Raw) -> None:
    for read in READERS:
        value, flaws = read(raw)
        assert (value is None) is (any(flaw.level == "error" for flaw in flaws))
        assert all(flaw.message.endswith("。") for flaw in flaws)
