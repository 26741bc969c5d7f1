"""The wage agreements of the made-up city, and whom they cover."""

from collections.abc import Iterator
from datetime import date, timedelta

from bench.city import City, Row, employer_code, union_code

_KINDS = ("单独",) * 26 + ("区域性",) * 3 + ("行业性",)
_REVIEWS = ("无异议", "无异议", "无异议", "待审", "有异议")
_MANY = {"单独": 1, "区域性": 25, "行业性": 30}
"""Employers under one agreement of the kind."""


def agreement_rows(city: City, count: int) -> Iterator[Row]:
    """``count`` agreements, signed over three years, most of them of one year's term."""
    unions = city.first_base, city.size.unions - city.first_base
    for i in range(count):
        signed = date(2022, 1, 10) + timedelta(days=i * 37 % 900)
        begins = signed + timedelta(days=10)
        received = signed + timedelta(days=3)
        yield {
            "协议编号": _number(i),
            "协议类型": _KINDS[i % len(_KINDS)],
            "签约工会": union_code(unions[0] + i % unions[1]),
            "签订日期": signed,
            "期限起": begins,
            "期限止": begins + timedelta(days=364 if i % 4 else 1_094),
            "生效日期": begins if i % 3 == 0 else None,
            "收到日期": received,
            "审查意见": _REVIEWS[i % len(_REVIEWS)],
            "应到代表": 30,
            "实到代表": 28,
            "同意票数": 27,
            "最低月工资": 1_500 + i % 900,
            "作废日期": signed + timedelta(days=200) if i % 97 == 5 else None,
        }


def under_agreement_rows(city: City, count: int) -> Iterator[Row]:
    """Every employer that ``count`` agreements cover, some under several."""
    employers = city.size.employers
    for i in range(count):
        for turn in range(_MANY[_KINDS[i % len(_KINDS)]]):
            yield {
                "协议编号": _number(i),
                "用人单位": employer_code((i * 7 + turn * 11) % employers),
                "覆盖职工数": 5 + (i + turn) % 90,
            }


def _number(i: int) -> str:
    return f"示范协〔2022〕{i:05}号"
