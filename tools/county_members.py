"""The members of the demonstration county: invented people with valid invented numbers."""

from collections.abc import Iterator
from datetime import date, timedelta

import county
from paper import Cell, Row, day, wide, yes

from gongjian.core.builders import make_identity

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = (
    "伟",
    "敏",
    "建军",
    "丽",
    "志强",
    "秀兰",
    "勇",
    "静",
    "国庆",
    "晓燕",
    "磊",
    "桂英",
    "洪",
    "娟",
)
STANDINGS: dict[int, Row] = {
    17: ("退会", "2011-3-31", "离职"),
    58: ("退会", "2011年6月30日", "退休"),
    90: ("保留", "2011.9.1", "参军"),
    133: ("转出待接收", "2011-11-10", "调往外县"),
    171: ("退会", "2010/12/31", "离职"),
    204: ("去世", "2011-8-8", None),
    246: ("除名", "2011-5-20", "严重违反章程"),
    300: ("转出待接收", "2011年12月5日", "单位搬迁"),
    377: ("保留", "2011-4-1", "待岗"),
    415: ("退会", "2011-12-28", "离职"),
    470: ("退会", "2011-10-15", "返乡"),
}  # fmt: skip
TRANSFERRED, RETURNED, FREE = 120, 333, 584


def member_rows() -> Iterator[list[Cell]]:
    """The members of every union, and the second rows of two of them."""
    at = 0
    later: list[list[Cell]] = []
    for union, _, _, _, founded, _, _, count, covered in county.lines(county.UNIONS):
        places = [county.full_name(part) for part in covered.split()]
        for i in range(int(count)):
            yield member_row(at, union, places[i % len(places)], joined(at, founded))
            at += 1
    first = list(identity(TRANSFERRED))
    later.append([at + 1, *first, None, None, None, None, None, None, "涪安瑞康药业有限公司工会",
                  "涪安瑞康药业有限公司", "2011-04-01", None, None, None])  # fmt: skip
    first = list(identity(RETURNED))
    later.append([at + 2, *first, None, None, None, None, None, None, "涪安瑞康药业有限公司工会",
                  "涪安瑞康药业有限公司", "2011年3月8日", None, None, None])  # fmt: skip
    yield from later


def joined(at: int, founded: str) -> date:
    """A day on which a member joined: between the founding (or 2003) and the autumn of 2011."""
    begun = max(date.fromisoformat(founded), date(2003, 1, 1))
    days = (date(2011, 11, 1) - begun).days
    return begun + timedelta(days=at * 131 % days)


def identity(at: int) -> tuple[str, str]:
    """Name and identity number; each tenth as it was before 1999 or with a small x."""
    born = date(1956, 3, 1) + timedelta(days=at * 1009 % 12000)
    text = make_identity(county.COUNTY, born, 100 + at % 800)
    if at % 97 == 40:
        text = text[:6] + text[8:17]
    name = SURNAMES[at * 7 % len(SURNAMES)] + GIVEN[at * 5 % 7 * 2 + (text[-2] in "02468")]
    return name, text.replace("X", "x") if at % 2 else text


def member_row(at: int, union: str, place: str, on: date) -> list[Cell]:
    """One member's cells."""
    name, text = identity(at)
    standing = STANDINGS.get(at, (None, None, None))
    if at == TRANSFERRED:
        standing = ("转出待接收", "2011-3-1", "工作调动")
    if at == RETURNED:
        standing = ("退会", "2010-5-1", "离职")
    if at in (TRANSFERRED, RETURNED) or standing[0]:
        on = min(on, date(2009, 6, 1))
    freight = FREE <= at < FREE + 6
    return [
        at + 1,
        f"{name[0]}　{name[1:]}" if at % 23 == 0 and len(name) == 2 else name,
        text,
        ("汉", "汉族", "汉族", "羌族")[at % 4],
        ("初中", "高中", "中专", "大专", "本科")[at % 5],
        yes(at, value=at % 3 == 0),
        yes(at + 1, value=at % 19 == 0),
        ("货车司机", "快递员")[at % 2] if freight else None,
        13800000000 + at * 137 if at % 3 else wide(13800000000 + at * 137),
        union,
        "个体经营" if at == FREE else place,
        day(at, on.isoformat()),
        standing[0] or ("正常" if at % 2 else None),
        *standing[1:],
    ]
