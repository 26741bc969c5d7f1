"""Writes the demonstration workbooks: `python tools/make_county.py [FOLDER]`.

They are ugly on purpose, as the papers of real offices are: titles above the headers, merged
cells, totals in between, days and numbers in every form. The same run gives the same content.
Needs the development requirements (`make venv`).
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html import escape
from itertools import groupby
from pathlib import Path

import county
import xlwt
from county_members import member_rows
from paper import Cell, Paper, Row, day, number, yes

from gongjian.core.builders import make_credit_code

FOLDER = Path(__file__).parents[1] / "gongjian" / "demo" / "county"


def write_areas(folder: Path) -> None:
    """1: one row of headers with notes; codes partly as numbers; a total at the end."""
    paper = Paper(folder / "1-areas.xlsx", "涪安县乡镇、园区、楼宇名册", 8, "区划")
    heads = ["区划\n代码*", "区划名称（必填）", "上级代码", "类 型*", "启用日期", "停用日期"]
    paper.rows(2, [[*heads, "并入区划代码", "备注"]])
    rows: list[Row] = []
    for at, (code, name, above, kind, begun, stopped, heir) in enumerate(
        county.lines(county.AREAS)
    ):
        shown = int(code) if code.isdigit() and at % 2 else code
        note = "撤乡并镇" if heir else None
        rows.append(
            [shown, f"{name} ", above, kind, day(at, begun), day(at + 2, stopped), heir, note]
        )
    rows.insert(5, [])
    paper.rows(3, [*rows, ["合  计", len(rows) - 1]])
    paper.close("代码为自编，仅供演示。")


# ------------------------------------------------------------------ employers


LATER = {county.MOVED: "2011-6-1", county.GROWN: "2011/03/01"}
"""Employers with a second row, and the day from which it holds."""


def credit_codes() -> dict[str, str]:
    """Name → invented credit code of every employer that has one."""
    names = [e.name for e in county.employers()]
    coded = [n for n in names if n not in county.UNCODED]
    return {n: make_credit_code(70001 + i * 37, area=county.COUNTY) for i, n in enumerate(coded)}


def employer_row(at: int, employer: county.Employer) -> list[Cell]:
    """One employer's cells, after the columns 序号 and 所属乡镇."""
    name = employer.name
    code = credit_codes().get(name)
    status = {county.CLOSED: "注销", county.IDLE: "停业"}.get(name, "在业" if at % 4 else None)
    women, migrants, dispatched = employer.parts
    return [
        f"　{name}" if at % 9 == 0 else name,
        code.lower() if code and at % 11 == 0 else code,
        employer.nature,
        employer.industry,
        status,
        number(at, employer.staff),
        number(at + 2, women),
        number(at + 4, migrants),
        dispatched or None,
        "是" if "博远" in name else yes(at, value=False),
        "赵钱孙李周吴郑王"[at % 8] + "建国",
        13900000000 + at * 101 if at % 2 else f"0816-5550{at:03}",
        ("统计", "市场监管", "税务")[at % 3] if employer.founded else "走访",
        day(at, employer.founded),
        employer.founded if name in LATER else None if employer.founded else "2011.10.8",
        "2011年9月30日" if name == county.CLOSED else None,
    ]


def later_rows() -> list[tuple[str, list[Cell]]]:
    """What became of two employers: (area, cells) with a day from which it holds."""
    found = []
    for employer in county.employers():
        if employer.name not in LATER:
            continue
        blank: list[Cell] = [None] * 16
        blank[:6] = employer_row(1, employer)[:6]
        blank[14] = LATER[employer.name]
        if employer.name == county.GROWN:
            blank[5] = "1,240"
        found.append(("涪安工业园区", blank))
    return found


def write_employers(folder: Path) -> None:
    """2: a header of two rows, the area merged down its group, a subtotal after each."""
    paper = Paper(
        folder / "2-employers.xlsx", "涪安县用人单位实名制台账（二〇一一年）", 18, "汇总台账"
    )
    singles = {0: "序号", 1: "所属区划\n（乡镇、园区）", 2: "企业名称*", 3: "统一社会信用代码"}
    singles |= {4: "单位类型", 5: "行业门类", 6: "状态", 11: "世界５００强", 12: "法人代表"}
    singles |= {13: "联系电话", 14: "数据来源", 15: "成立日期", 16: "生效日期", 17: "注销日期"}
    for column, head in singles.items():
        paper.sheet.merge_range(2, column, 3, column, head, paper.head)
    paper.sheet.merge_range(2, 7, 2, 10, "职工人数", paper.head)
    paper.rows(3, [[None] * 7 + ["总数", "女", "农民工", "劳务派遣"]])
    at, serial = 4, 0
    groups = [(e.area, employer_row(i, e)) for i, e in enumerate(county.employers())]
    for area, group in groupby([*groups, *later_rows()], key=lambda pair: pair[0]):
        rows = [[serial + i, None, *cells] for i, (_, cells) in enumerate(group, 1)]
        serial += len(rows)
        paper.rows(at, rows)
        paper.sheet.merge_range(at, 1, at + len(rows) - 1, 1, area, paper.box)
        at += len(rows)
        paper.rows(at, [["小计", None, f"{len(rows)}家"]])
        at += 1
    paper.rows(at, [["总计：", None, f"{serial}行"], [None, None], ["制表：县总工会基层工作部"]])
    paper.close()


# ------------------------------------------------------------------ unions


def union_codes() -> dict[str, str]:
    """Name → invented code of every union that has one."""
    names = [u[0] for u in county.lines(county.UNIONS) if u[0] not in county.UNREGISTERED]
    made = {}
    for i, name in enumerate(names):
        made[name] = make_credit_code(90001 + i * 41, kind="81", area=county.COUNTY)
    return made


def union_rows() -> Iterator[list[Cell]]:
    """The unions, and the one whose superior changed with the merger."""
    codes = union_codes()
    for at, line in enumerate(county.lines(county.UNIONS)):
        name, kind, area, superior, founded, term, elected, *_ = line
        ended = {"双河乡总工会": "2011-7-1", "涪安石桥煤业有限公司工会": "2011年9月30日"}.get(name)
        reason = {"2011-7-1": "撤乡并镇", None: None}.get(ended, "单位注销")
        women = yes(at, value=at % 3 > 0)
        chair = "李王张刘陈杨黄赵"[at % 8] + ("明", "芳", "国强", "秀英")[at % 4]
        since = founded if name == "双河乡企业联合工会" else None
        number_ = f"涪工发〔{founded[:4]}〕{at + 1}号"
        yield [
            at + 1, codes.get(name), name, kind, area, superior or None, day(at, founded), number_,
            (f"{term}年" if at % 2 else int(term)) if term else None, day(at + 1, elected), chair,
            "副总经理" if kind == "单独基层工会" else None, women, yes(at, value=True), since, ended,
            reason,
        ]  # fmt: skip
    moved: list[Cell] = [None] * 17
    moved[0], moved[2], moved[3], moved[4] = 39, "双河乡企业联合工会", "联合基层工会", "双河乡"
    moved[5], moved[6], moved[14] = "石桥镇总工会", "2010年5月4日", "2011-07-01"
    yield moved


def write_unions(folder: Path) -> None:
    """3: the old format, with merged headers over committees and a total in the middle."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("工会组织")
    heads = ["序号", "工会代码", "工会全称*", "组织类型", "所在区划", "上级工会名称", "成立日期"]
    heads += ["批准文号", "任期", "最近换届日期", "工会主席", "主席行政职务"]
    sheet.write_merge(0, 0, 0, 16, "涪安县工会组织台账")
    sheet.write(1, 0, "填报单位：涪安县总工会　　单位：个")
    for column, head in enumerate(heads):
        sheet.write_merge(2, 3, column, column, head)
    sheet.write_merge(2, 2, 12, 13, "内设委员会")
    sheet.write(3, 12, "女工委")
    sheet.write(3, 13, "经审委")
    for column, head in enumerate(("生效日期", "撤销日期", "撤销原因"), 14):
        sheet.write_merge(2, 3, column, column, head)
    rows = list(union_rows())
    rows.insert(11, ["小计", None, "县、乡镇级 11 个"])
    style = xlwt.easyxf(num_format_str="YYYY-M-D")
    for at, row in enumerate([*rows, ["合计", None, f"{len(rows) - 2} 个"]], 4):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, column, cell, *([style] if isinstance(cell, datetime) else []))
    book.save(str(folder / "3-unions.xls"))


# ------------------------------------------------------------------ coverage


def coverage_rows() -> Iterator[list[str]]:
    """Every employer of every union; breaks as two rows."""
    staff = {e.name: e for e in county.employers()}
    codes, names = credit_codes(), union_codes()
    at = 0
    for union, kind, _, _, founded, _, _, _, covered in county.lines(county.UNIONS):
        for part in covered.split():
            employer = staff[county.full_name(part)]
            begun = max(founded, employer.founded) if at % 20 else founded
            ended, again = county.BREAKS.get(employer.name, ("", ""))
            if ended <= begun:
                ended, again = "", ""
            word = codes.get(employer.name, employer.name) if at % 3 == 0 else employer.name
            mode = county.MODES.get(kind, "联合会")
            people = str(number((at % 3) * 2, employer.staff))
            start = _text(day(at * 5 + 1, begun))
            who = names.get(union, union) if at % 7 == 0 else union
            yield [who, word, mode, start, _text(day(3, ended)), people, ""]
            if again:
                yield [who, word, mode, again, "", people, "恢复涵盖"]
            at += 1


def _text(cell: Cell) -> str:
    return f"{cell:%Y/%m/%d}" if isinstance(cell, date) else str(cell or "")


def write_coverage(folder: Path) -> None:
    """4: comma-separated text as an old program exports it, in GB18030."""
    rows = list(coverage_rows())
    head = ["工会名称（必填）", "单位名称", "涵盖方式", "涵盖日期", "终止日期", "职工数", "备注"]
    lines = [["涪安县工会涵盖法人单位明细"], head, *rows[:30], ["小计", "30"], [""], *rows[30:]]
    lines.append(["合计", str(len(rows))])
    text = "".join(",".join(_quoted(c) for c in line) + "\r\n" for line in lines)
    (folder / "4-coverage.csv").write_bytes(text.encode("gb18030"))


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


# ------------------------------------------------------------------ members


def write_members(folder: Path) -> None:
    """5: the longest list, with a subtotal every hundred rows."""
    paper = Paper(folder / "5-members.xlsx", "涪安县工会会员实名制台账", 16, "会员")
    heads = [
        "序号",
        "会员姓名*",
        "身份证号码\n（18位）",
        "民族",
        "文化程度",
        "是否农民工",
        "劳务派遣",
    ]
    heads += ["新就业形态", "手机号码", "工会名称*", "所在单位", "入会时间*", "会籍状态"]
    paper.rows(3, [[*heads, "变化日期", "变化原因", "签名"]])
    rows = list(member_rows())
    for first in range(len(rows) // 100 * 100, -1, -100):
        rows.insert(min(first + 100, len(rows)), ["小计", f"{len(rows[first : first + 100])}人"])
    paper.rows(4, rows)
    paper.close("会员签名栏由基层工会留存。")


# ------------------------------------------------------------------ agreements


def write_agreements(folder: Path) -> None:
    """6: votes and wages under merged titles."""
    paper = Paper(folder / "6-agreements.xlsx", "涪安县工资集体协议登记表", 16, "协议登记")
    singles = ["编号*", "合同类型", "工会名称", "签约日期", "有效期起", "有效期止", "生效日期"]
    singles += ["收到日期", "审查意见"]
    for column, head in enumerate([*singles]):
        paper.sheet.merge_range(2, column, 3, column, head, paper.head)
    paper.sheet.merge_range(2, 9, 2, 11, "职工代表表决", paper.head)
    paper.sheet.merge_range(2, 12, 2, 14, "工资标准（元）", paper.head)
    paper.sheet.merge_range(2, 15, 3, 15, "作废日期", paper.head)
    heads = ["应到代表", "实到代表", "同意票数", "最低月工资", "平均月工资", "增长率"]
    paper.rows(3, [[None] * 9 + heads])
    rows: list[Row] = []
    for at, line in enumerate(county.lines(county.AGREEMENTS)):
        mark, kind, union, signed, begun, ended, received, review, *numbers, rise, _ = line
        counts = [number(at + i, int(n)) for i, n in enumerate(numbers[:5])]
        days = [day(at + i, d) for i, d in enumerate((signed, begun, ended))]
        own, void = county.OWN_DAY.get(mark), county.VOIDED.get(mark)
        rate: Cell = float(rise[:-1]) / 100 if at % 2 else rise
        rows.append([agreement_number(mark), kind, county.union_named(union), *days, own or None,
                     day(at + 3, received), review or None, *counts, rate, void])  # fmt: skip
    paper.rows(4, [*rows, ["合计", f"{len(rows)} 份"]])
    paper.close()


def agreement_number(mark: str) -> str:
    """The number of an agreement as it is printed on it."""
    return f"涪安工协〔2011〕{mark}号"


# ------------------------------------------------------------------ agreement coverage


def covered_rows() -> Iterator[tuple[str, list[str]]]:
    """(agreement, cells) of every employer under an agreement."""
    codes, at = credit_codes(), 0
    for line in county.lines(county.AGREEMENTS):
        for part in line[-1].split():
            short, people = part.split("=")
            name = county.full_name(short)
            word = codes.get(name, name) if at % 4 == 1 else name
            starts, ends = ("2011年8月15日", "") if short == "明珠玻璃" else ("", "")
            if short == "新世纪塑业":
                ends = "2011-11-30"
            yield line[0], [word, str(number(at, int(people))), starts, ends]
            at += 1


def write_agreement_coverage(folder: Path) -> None:
    """7: a web page that an older system saves as .xls, its agreements merged downwards."""
    heads = ["序号", "合同编号", "覆盖单位", "覆盖职工（人）", "起始日期", "终止日期"]
    parts = ['<tr><td colspan="6">工资集体协议覆盖单位明细表</td></tr>']
    parts.append("<tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>")
    serial = 0
    for mark, group in groupby(covered_rows(), key=lambda pair: pair[0]):
        rows = [cells for _, cells in group]
        for i, cells in enumerate(rows):
            serial += 1
            merged = f'<td rowspan="{len(rows)}">{agreement_number(mark)}</td>' if i == 0 else ""
            rest = "".join(f"<td>{escape(cell) or '&nbsp;'}</td>" for cell in cells)
            parts.append(f"<tr><td>{serial}</td>{merged}{rest}</tr>")
    parts.append(f"<tr><td>合计</td><td></td><td>{serial} 家次</td></tr>")
    page = '<html><head><meta charset="gb2312"></head><body><table border="1">\n'
    text = page + "\n".join(parts) + "\n</table></body></html>\n"
    (folder / "7-agreement-coverage.xls").write_bytes(text.encode("gb18030"))


def main(arguments: Sequence[str]) -> int:
    """Write all seven into the folder named, by default where the demonstration has them."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for write in (write_areas, write_employers, write_unions, write_coverage, write_members,
                  write_agreements, write_agreement_coverage):  # fmt: skip
        write(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
