"""A few entries of every ledger, and what is known of them, for tests of exports."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from openpyxl import load_workbook

from gongjian.core.access import OPERATOR
from gongjian.core.builders import make_credit_code, make_identity
from gongjian.history import trail
from gongjian.history.models import Change, Head, TrailRecord
from gongjian.history.shapes import FRAME, SHAPES, Secret
from gongjian.ledgers.declare import LEDGERS
from gongjian.ledgers.export import write_export
from gongjian.ledgers.importing import Answer, Request, run
from tests.papers import bring, county

SLUGS = ("areas", "employers", "unions", "coverage", "members", "agreements", "agreement-coverage")
DAY = date(2012, 6, 30)
SIGNED = date(2011, 3, 20)
"""Before it, what its agreement covers is covered by nothing and so is not written."""
FIRM, OTHER = make_credit_code(1), make_credit_code(2)
UNION, SECOND, HEAD_UNION = (make_credit_code(i, kind="81") for i in (1, 2, 3))
ANNA = make_identity("510703", date(1985, 3, 2), 12)
BORIS = make_identity("510703", date(1979, 11, 30), 15)
CLARA = make_identity("510703", date(1990, 1, 1), 18)


def empty(stamp: str) -> None:
    """Empty every ledger, as in another database with a stamp of its own."""
    with connection.cursor() as cursor:
        for shape in reversed(list(SHAPES)):
            cursor.execute(f'DELETE FROM "{shape.table}"')
        for shape in reversed(list(SHAPES)):
            cursor.execute(f'DELETE FROM "{shape.entry_table}"')
    TrailRecord.objects.all().delete()
    Change.objects.all().delete()
    Head.objects.update(stamp=stamp, change=0, record=0, digest=trail.GENESIS)


def told(slug: str, *rows: dict[str, Any], on: date | None = None) -> None:
    """Import rows that must be right."""
    answer = bring(slug, *rows, on=on)
    assert [p.message for p in answer.problems if p.level == "error"] == []
    assert answer.change is not None


def city() -> None:
    """A few entries of every ledger, with periods, corrections and days of their own."""
    county()
    told("areas", {"区划代码": "510703003", "名称": "旧园", "上级代码": "510703", "类型": "园区",
                   "启用日期": date(2001, 1, 1), "停用日期": date(2011, 5, 1),
                   "并入区划代码": "510703002"})  # fmt: skip
    _employers()
    _unions()
    _members()
    _agreements()


def _employers() -> None:
    firm = {"统一社会信用代码": FIRM, "单位名称": "甲公司", "所属区划": "510703001"}
    told(
        "employers",
        {**firm, "单位性质": "企业", "职工人数": 120, "女职工人数": 40, "联系电话": "13800001234",
         "世界500强": "否", "行业": "C", "成立日期": date(2006, 5, 18)},
        {"统一社会信用代码": OTHER, "单位名称": "=乙公司", "所属区划": "510703003",
         "单位性质": "企业", "职工人数": 30, "成立日期": date(2003, 1, 1)},
        {"单位名称": "丙店", "所属区划": "510703002", "单位性质": "个体工商户", "职工人数": 3,
         "成立日期": date(2009, 2, 3)},
    )  # fmt: skip
    told("employers", {**firm, "职工人数": 150, "生效日期": date(2010, 1, 1)})
    told("employers", {**firm, "单位名称": "甲集团", "女职工人数": "清空",
                       "联系电话": "清空", "生效日期": date(2011, 1, 1)})  # fmt: skip
    told("employers", {"统一社会信用代码": OTHER, "经营状态": "注销", "注销日期": date(2011, 9, 9)})
    told("employers", {"统一社会信用代码": OTHER, "成立日期": date(2012, 2, 2), "职工人数": 35})
    told("employers", {**firm, "职工人数": 999, "生效日期": date(2013, 1, 1)})


def _unions() -> None:
    told(
        "unions",
        {"工会代码": HEAD_UNION, "工会名称": "涪城区总工会", "工会类型": "总工会",
         "所属区划": "510703", "建会日期": date(1990, 1, 1)},
        {"工会代码": UNION, "工会名称": "甲公司工会", "工会类型": "单独基层工会",
         "所属区划": "510703001", "上级工会": "涪城区总工会", "建会日期": date(2008, 6, 1),
         "届期": "3", "换届日期": date(2011, 6, 1), "主席姓名": "李"},
        {"工会代码": SECOND, "工会名称": "乙公司工会", "工会类型": "单独基层工会",
         "所属区划": "510703003", "上级工会": HEAD_UNION, "建会日期": date(2008, 6, 1)},
    )  # fmt: skip
    told("unions", {"工会代码": UNION, "届期": "5", "生效日期": date(2011, 12, 1)})
    told("unions", {"工会代码": UNION, "主席姓名": "王", "生效日期": date(2012, 1, 1)})
    told("coverage",
         {"工会": UNION, "用人单位": FIRM, "涵盖方式": "单独", "起始日期": date(2008, 6, 1),
          "终止日期": date(2010, 1, 1)},
         {"工会": SECOND, "用人单位": "丙店", "涵盖方式": "联合", "起始日期": date(2009, 3, 1),
          "涵盖职工数": 3})  # fmt: skip
    told("coverage", {"工会": UNION, "用人单位": FIRM, "涵盖方式": "联合",
                      "起始日期": date(2010, 3, 1), "涵盖职工数": 120})  # fmt: skip


def _members() -> None:
    joined = {"入会日期": date(2008, 7, 1), "所属工会": UNION}
    told(
        "members",
        {"证件号码": ANNA, "姓名": "安", **joined, "手机": "13900005678", "工作单位": FIRM},
        {"证件号码": BORIS, "姓名": "白", **joined, "工作单位": "外地某厂", "是否农民工": "是"},
        {"证件类别": "护照", "证件号码": "AB12345", "姓名": "程", **joined},
        {"证件号码": CLARA, "姓名": "兰", **joined, "所属工会": SECOND},
    )
    told("members", {"证件号码": ANNA, "会籍状态": "转出待接收", "会籍变化日期": date(2010, 2, 1)})
    told("members", {"证件号码": ANNA, "所属工会": SECOND, "入会日期": date(2010, 3, 1)})
    told("members", {"证件号码": BORIS, "会籍状态": "保留", "会籍变化日期": date(2010, 5, 1),
                     "会籍变化原因": "待岗"})  # fmt: skip
    told("members", {"证件号码": BORIS, "会籍状态": "退会", "会籍变化日期": date(2011, 1, 1),
                     "会籍变化原因": "本人申请"})  # fmt: skip
    told("members", {"证件号码": BORIS, "入会日期": date(2011, 8, 1)})
    told("members", {"证件类别": "护照", "证件号码": "AB12345", "会籍状态": "去世",
                     "会籍变化日期": date(2012, 1, 1)})  # fmt: skip
    told("unions", {"工会代码": SECOND, "撤销日期": date(2012, 3, 1), "撤销原因": "合并"})
    told("members", {"证件号码": CLARA, "所属工会": UNION, "入会日期": date(2012, 4, 1)})


def _agreements() -> None:
    term = {"签订日期": SIGNED, "期限起": date(2011, 4, 1), "期限止": date(2013, 3, 31)}
    told(
        "agreements",
        {"协议编号": "绵〔2011〕1号", "协议类型": "单独", "签约工会": UNION, **term,
         "生效日期": date(2011, 4, 10), "审查意见": "无异议", "最低月工资": "1,200.50",
         "增长率": "8.5%"},
        {"协议编号": "绵〔2011〕2号", "协议类型": "区域性", "签约工会": HEAD_UNION, **term,
         "收到日期": date(2011, 4, 2), "应到代表": 30, "实到代表": 28, "同意票数": 27},
    )  # fmt: skip
    one = {"协议编号": "绵〔2011〕1号", "用人单位": FIRM}
    two = {"协议编号": "绵〔2011〕2号", "用人单位": OTHER}
    told(
        "agreement-coverage",
        {**one, "覆盖职工数": 120},
        {**two, "覆盖职工数": 30, "终止日期": date(2011, 8, 31)},
        {**two, "用人单位": "丙店", "覆盖职工数": 3, "起始日期": date(2011, 5, 1),
         "终止日期": date(2012, 12, 31)},
    )  # fmt: skip
    told("agreement-coverage", {**two, "覆盖职工数": 35, "起始日期": date(2012, 2, 2)})


def known(slug: str, *, until: date) -> list[tuple[Any, ...]]:
    """Every span of equal values up to a day, with references as words and secrets as text."""
    shape, names = SHAPES[slug], ["entry_id", *FRAME[:3], *SHAPES[slug].columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {", ".join(names)} FROM "{shape.table}" WHERE removed_in IS NULL'
            " ORDER BY entry_id, valid_from"
        )
        stored = cursor.fetchall()
    spans: list[list[Any]] = []
    for entry, valid_from, valid_to, opened, *values in stored:
        unsigned = slug == "agreement-coverage" and until < SIGNED
        if valid_from > until or unsigned:
            continue
        ends = valid_to if valid_to and valid_to <= until else None
        says = (opened, *_worded(slug, shape.unpack(tuple(values)), valid_from))
        if ends is None and shape.ending:
            says = says[: -len(shape.ending)]
        if spans and spans[-1][0] == entry and spans[-1][2] == valid_from and spans[-1][3] == says:
            spans[-1][2] = ends
        else:
            spans.append([entry, valid_from, ends, says])
    return sorted((tuple(span[1:]) for span in spans), key=repr)


def _worded(slug: str, values: tuple[Any, ...], day: date) -> Iterator[Any]:
    shape = SHAPES[slug]
    for name, value in zip(shape.fields, values, strict=True):
        to = shape.refs.get(shape.columns_of(name)[0])
        yield value.blind if isinstance(value, Secret) else _word(to, value, day) if to else value


def _word(slug: str, entry: int | None, day: date) -> str | None:
    """Code or name of who is meant on a day: a stopped area means its heir."""
    if entry is None:
        return None
    ledger = LEDGERS[slug]
    heir = f"{ledger.heir}_id" if ledger.heir else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ledger.code}, {ledger.name or 'NULL'}, valid_to, {heir}"
            f' FROM "{ledger.shape.table}"'
            " WHERE entry_id = %s AND removed_in IS NULL ORDER BY valid_from DESC",
            [entry],
        )
        code, name, ended, then = cursor.fetchall()[0]
    return _word(slug, then, day) if then and ended <= day else code or name


def take(slug: str, path: Path) -> Answer:
    return run(Request(ledger=LEDGERS[slug], actor=OPERATOR, path=path, on=date(2030, 1, 1)))


def errors(answer: Answer) -> list[str]:
    return [f"{p.row} {p.message}" for p in answer.problems if p.level == "error"]


def sheet(path: Path) -> list[dict[str, Any]]:
    """The rows of an export by header, blank cells left out."""
    head, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [{str(h): v for h, v in zip(head, row, strict=True) if v is not None} for row in rows]


def export(slug: str, folder: Path, **options: Any) -> Path:
    path = folder / f"{slug}.xlsx"
    write_export(LEDGERS[slug], path, **{"day": DAY, "unmask": True, **options})
    return path
