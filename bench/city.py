"""A made-up city as tables of cells: uneven as cities are, and the same in every run.

One county holds a third of everything, and one firm the staff that `Size.giant` says. Each table
gives raw cells by header, as reading a workbook would.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, Final

from xlsxwriter import Workbook

from gongjian.core.builders import make_credit_code, make_identity
from gongjian.employers.enums import INDUSTRIES, SOURCES
from gongjian.ledgers.cells import Raw
from gongjian.ledgers.reading import Table

ROOT: Final = "5107"
COUNTIES: Final = 9
FIRST_BIRTH: Final = date(1945, 1, 1)
BIRTHS: Final = 16_000  # days from there that members are born on
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰秀珍建国红梅志文"
_TRADES: Final = ("机械", "商贸", "餐饮", "建筑", "物流", "电子", "农业", "置业")

Row = dict[str, Raw]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many entries each ledger of the city has, and how many rows the measured file."""

    areas: int
    employers: int
    unions: int
    coverage: int
    members: int
    agreements: int
    file: int
    giant: int


SIZES: Final = {
    # A hundredth of the full city; of areas a tenth, for every county has some.
    "hundredth": Size(
        areas=200,
        employers=2_000,
        unions=600,
        coverage=2_500,
        members=10_000,
        agreements=300,
        file=1_000,
        giant=200,
    ),
    "small": Size(
        areas=200,
        employers=20_000,
        unions=6_000,
        coverage=25_000,
        members=100_000,
        agreements=3_000,
        file=20_000,
        giant=4_000,
    ),
    "full": Size(
        areas=2_000,
        employers=200_000,
        unions=60_000,
        coverage=250_000,
        members=1_000_000,
        agreements=30_000,
        file=100_000,
        giant=20_000,
    ),
}


class City:
    """The city of one size; every table can be made anew at any time."""

    def __init__(self, size: Size) -> None:
        self.size = size

    # ---------------------------------------------------------------- where things are

    @cached_property
    def areas(self) -> list[tuple[str, str, str | None]]:
        """(code, kind, code of the area above): the city, its counties, townships, villages."""
        counties = [f"{ROOT}{i:02}" for i in range(1, COUNTIES + 1)]
        found: list[tuple[str, str, str | None]] = [(ROOT, "市", None)]
        found += [(code, "区", ROOT) for code in counties]
        townships = [
            f"{counties[uneven(i, COUNTIES)]}{i:03}" for i in range(1, self.size.areas // 10)
        ]
        found += [(code, "镇", code[:6]) for code in townships]
        rest = self.size.areas - len(found)
        parents = [townships[i % len(townships)] for i in range(rest)]
        found += [(f"{above}{i % 1000:03}", "村", above) for i, above in enumerate(parents)]
        return found

    @cached_property
    def places(self) -> list[list[str]]:
        """Codes of the townships and villages of each county."""
        found: list[list[str]] = [[] for _ in range(COUNTIES)]
        for code, kind, _ in self.areas:
            if kind in ("镇", "村"):
                found[int(code[4:6]) - 1].append(code)
        return found

    def place(self, i: int) -> str:
        """The area of the i-th of something: a third of them all lie in the first county."""
        places = self.places[uneven(i, COUNTIES)]
        return places[i * 31 % len(places)]

    @property
    def first_base(self) -> int:
        """The number of the first base union: before it come the federations."""
        return self.size.areas // 10 + COUNTIES

    # ---------------------------------------------------------------- tables

    def area_rows(self) -> Iterator[Row]:
        for code, kind, above in self.areas:
            yield {"区划代码": code, "名称": f"{kind}{code}", "上级代码": above, "类型": kind}

    def employer_rows(self) -> Iterator[Row]:
        industries, random = tuple(INDUSTRIES), Random(1)
        for i in range(self.size.employers):
            staff = self.size.giant if i == 0 else min(int(random.paretovariate(1.1) * 5), 3_000)
            yield {
                "统一社会信用代码": employer_code(i),
                "单位名称": employer_name(i),
                "所属区划": self.place(i),
                "单位性质": "企业" if i % 12 else "事业单位",
                "行业": industries[i % len(industries)],
                "经营状态": "停业" if i % 40 == 7 else "在业",
                "职工人数": staff,
                "女职工人数": staff * 2 // 5,
                "农民工人数": staff // 3,
                "劳务派遣人数": staff // 20,
                "世界500强": "是" if i == 0 else "否",
                "法定代表人": person(i * 17),
                "联系电话": f"0816{i % 10_000_000:07}",
                "来源": SOURCES[i % len(SOURCES)],
                "成立日期": date(1985, 1, 1) + timedelta(days=i * 37 % 11_000),
            }

    def union_rows(self) -> Iterator[Row]:
        """The federations of the city, the counties and the townships, then the base unions."""
        heads = [(code, above) for code, kind, above in self.areas if kind != "村"]
        number = {code: i for i, (code, _) in enumerate(heads)}
        for i in range(self.size.unions):
            federation = i < len(heads)
            area, above = heads[i] if federation else (self.place(i), None)
            over = above if federation else area[:9]
            yield {
                "工会代码": union_code(i),
                "工会名称": f"{area}总工会" if federation else f"{employer_name(i)}工会委员会",
                "工会类型": "总工会" if federation else ("联合基层工会", "单独基层工会")[i % 3 > 0],
                "所属区划": area,
                "上级工会": union_code(number[over]) if over is not None else None,
                "建会日期": date(1990, 1, 1) + timedelta(days=i * 29 % 10_000),
                "届期": "5",
                "换届日期": date(2018, 1, 1) + timedelta(days=i % 1_500),
                "主席姓名": person(i * 13),
                "女职工委员会": "是" if i % 3 else "否",
            }

    def coverage_rows(self) -> Iterator[Row]:
        """Every pair once: base unions around the employers, in as many rounds as it takes."""
        first, employers = self.first_base, self.size.employers
        unions = self.size.unions - first
        for i in range(self.size.coverage):
            turn, employer = divmod(i, employers)
            yield {
                "工会": union_code(first + (employer + turn * 7) % unions),
                "用人单位": employer_code(employer),
                "涵盖方式": "联合" if i % 3 else "单独",
                "起始日期": date(2019, 1, 1) + timedelta(days=i % 1_000),
                "涵盖职工数": 3 + i % 40,
            }

    def member_rows(self, first: int, count: int) -> Iterator[Row]:
        """``count`` members from the ``first`` on; no two share a number."""
        for i in range(first, first + count):
            yield self._member(i)

    def _member(self, i: int) -> Row:
        county = uneven(i, COUNTIES)
        identity = make_identity(f"{ROOT}{county + 1:02}", born(i), i // BIRTHS % 1000)
        # The giant's people come spread over all rows of a file, as a list by name brings them.
        share = max(self.size.file // self.size.giant, 1)
        firm = 0 if i % share == 0 else 1 + i * 7919 % (self.size.employers - 1)
        base = self.first_base
        union = base + (0 if firm == 0 else firm % (self.size.unions - base))
        away = i % 33 == 5
        return {
            "证件类别": "居民身份证",
            "证件号码": identity,
            "姓名": person(i),
            "性别": "男" if int(identity[16]) % 2 else "女",
            "出生日期": born(i),
            "民族": "汉族" if i % 20 else "羌族",
            "学历": ("初中", "高中", "大学专科", "大学本科")[i % 4],
            "技术等级": ("初级工", "中级工", "高级工", None)[i % 4],
            "政治面貌": "中共党员" if i % 9 == 0 else "群众",
            "户籍类型": "农业家庭" if i % 5 < 3 else "非农业家庭",
            "是否农民工": "是" if i % 5 < 2 else "否",
            "是否劳务派遣": "否" if i % 15 else "是",
            "新就业形态": "快递员" if i % 50 == 9 else None,
            "手机": f"13{i % 1_000_000_000:09}",
            "所属工会": union_code(union),
            "工作单位": employer_code(firm) if firm % 10 else employer_name(firm),
            "入会日期": date(2005, 1, 1) + timedelta(days=i * 41 % 6_500),
            "会籍状态": "保留" if away else "正常",
            "会籍变化日期": date(2023, 5, 1) if away else None,
        }

    def loads(self) -> list[tuple[str, Callable[[], Iterator[Row]]]]:
        """The ledgers in order of dependence, with what makes their rows."""
        return [
            ("areas", self.area_rows),
            ("employers", self.employer_rows),
            ("unions", self.union_rows),
            ("coverage", self.coverage_rows),
            ("members", lambda: self.member_rows(0, self.size.members)),
        ]


def uneven(i: int, parts: int) -> int:
    """One of ``parts``: the first for a third of all numbers, the others alike."""
    return 0 if i % 3 == 0 else 1 + i * 7 % (parts - 1)


def born(i: int) -> date:
    return FIRST_BIRTH + timedelta(days=i % BIRTHS)


def person(i: int) -> str:
    first, second = _GIVEN[i // 31 % len(_GIVEN)], _GIVEN[i // 7 % len(_GIVEN)]
    return _SURNAMES[i % len(_SURNAMES)] + first + second


def employer_code(i: int) -> str:
    return make_credit_code(i + 1)


def employer_name(i: int) -> str:
    return f"示范{_TRADES[i % len(_TRADES)]}第{i}有限公司"


def union_code(i: int) -> str:
    return make_credit_code(i + 1, kind="81")


def table(rows: Iterator[Row]) -> Table:
    """Rows as the table that reading them from a file would give."""
    first = next(rows)
    columns: dict[str, list[Raw]] = {head: [cell] for head, cell in first.items()}
    stores = list(columns.values())
    for row in rows:
        for store, cell in zip(stores, row.values(), strict=True):
            store.append(cell)
    count = len(stores[0])
    return Table(
        sheet="Sheet1",
        header_row=1,
        other_sheets=[],
        ignored_columns=[],
        totals_skipped=0,
        row_numbers=list(range(2, 2 + count)),
        cells=columns,
        positions={head: i for i, head in enumerate(columns)},
        width=len(columns),
    )


def write_xlsx(rows: Iterator[Row], path: Path) -> None:
    """Rows as a workbook: days as dates, everything else as it is."""
    with Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet: Any = book.add_worksheet("会员")
        for number, row in enumerate(rows):
            if number == 0:
                sheet.write_row(0, 0, list(row))
            for at, cell in enumerate(row.values()):
                if cell is not None:
                    sheet.write(number + 1, at, cell)
