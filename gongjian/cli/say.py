"""How answers are said to people, in Chinese, on a terminal."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from gongjian.calendars.rules import Due
from gongjian.history.trail import Verdict
from gongjian.indicators.declare import TERRITORY
from gongjian.ledgers import writing
from gongjian.ledgers.declare import LEDGERS, Ledger
from gongjian.ledgers.importing import Answer
from gongjian.ledgers.rows import Problem

SHOWN_PROBLEMS = 50
"""Problems printed before the rest is only counted; the result workbook has them all."""

SHOWN_ROWS = 200

HEADS = {
    "id": "系统编号",
    "key": "编号",
    "name": "名称",
    "area": "区划代码",
    "value": "计数",
    "numerator": "分子",
    "denominator": "分母",
}


def migrated(key_file: Path | None) -> str:
    """The database stands; where its key lies."""
    if key_file is None:
        return "数据库已就绪。\n"
    return (
        f"数据库已就绪。加密密钥在 {key_file}，请立即另存一份："
        "丢了密钥，证件号码和电话就再也读不出来。\n"
    )


def user(document: dict[str, Any]) -> str:
    """A new person and the password that is shown once."""
    return (
        f"已增加用户“{document['user']}”（{document['role']}）。"
        f"初始密码只显示这一次：{document['password']}\n"
    )


def imported(answer: Answer, ledger: Ledger, options: Any) -> str:
    """What came of an import: the numbers, each problem, and what to do next."""
    lines = [_headline(answer, ledger)]
    if answer.header_row is not None:
        lines.append(_counts(answer))
    lines += _asides(answer)
    lines += _problems(answer.problems)
    lines.append(_outcome(answer, options))
    return "\n".join(lines) + "\n"


def _headline(answer: Answer, ledger: Ledger) -> str:
    where = f"工作表“{answer.sheet}”" if answer.sheet else "文件"
    header = f"，表头在第 {answer.header_row} 行" if answer.header_row else ""
    return f"{ledger.title}：{where}{header}"


def _counts(answer: Answer) -> str:
    c = answer.counts
    return (
        f"共 {answer.rows} 行：新增 {c['new']}，变更 {c['changed']}，无变化 {c['unchanged']}，"
        f"有错 {c['bad']}，重复跳过 {c['skipped']}；合计等行略过 {answer.totals_skipped}"
    )


def _asides(answer: Answer) -> Iterable[str]:
    if answer.ignored_columns:
        yield f"没有用到的列：{'、'.join(answer.ignored_columns)}"
    if answer.other_sheets:
        yield f"没有读取的工作表：{'、'.join(answer.other_sheets)}（用 --sheet 指定）"
    if answer.undated:
        yield (
            f"有 {answer.undated} 行没有写日期，所说的情况从 {answer.day} 起算；"
            f"如果不对，请填写生效日期，或用 --on 指定从哪天起。"
        )


def _problems(problems: list[Problem]) -> Iterable[str]:
    for problem in problems[:SHOWN_PROBLEMS]:
        mark = "错误" if problem.level == "error" else "提醒"
        row = f"第 {problem.row} 行" if problem.row else "整份文件"
        column = f"〔{problem.column}〕" if problem.column else ""
        value = f"“{problem.value}”" if problem.value else ""
        yield f"  {mark} {row}{column}{value}：{problem.message}"
    rest = len(problems) - SHOWN_PROBLEMS
    if rest > 0:
        yield f"  …… 另有 {rest} 处，请用 --result F.xlsx 取回标好的表格查看。"


def _outcome(answer: Answer, options: Any) -> str:
    if answer.change is not None:
        bad = answer.counts["bad"]
        left = f"另有 {bad} 行有错，没有导入。" if bad else ""
        return (
            f"已导入，记为变更 {answer.change}。{left}"
            f"如有误，可用 gongjian undo {answer.change} 撤销。"
        )
    if answer.refused and not answer.outcomes:
        return "没有导入：请按上面的说明改正后重新导入。"
    if answer.refused and options.bad_rows != "skip":
        return "没有导入：请按上面的说明改正后重新导入；或用 --bad-rows skip 只导入没错的行。"
    if answer.header_row is None:
        return "没有导入。"
    if options.dry_run:
        return "只作检查，没有写入。"
    return "没有新的内容，未产生变更。"


# ------------------------------------------------------------------ figures


def figures(answer: dict[str, Any], name: str) -> str:
    """Figures as a table: one line a figure, one column more for each child.

    Where the children do not add up, because rows stand at the node itself, the tree changed
    or the same employer counts under two unions, a last column says by how much, so that every
    line adds up before the eye.
    """
    children = answer.get("children", [])
    own = [_own(figure, children, i) for i, figure in enumerate(answer["figures"])]
    apart = bool(children) and any(own)
    beside = "本级及变动" if answer["tree"] == TERRITORY else "本级减重叠"
    heads = ["代码", "名称", name, *(c["name"] for c in children), *([beside] * apart)]
    body = []
    for i, figure in enumerate(answer["figures"]):
        others = [value(child["figures"][i]) for child in children]
        alone = figure["value"] is None or "numerator" in figure
        rest = ["" if alone else value({**figure, "value": own[i]})]
        line = [figure["code"], figure["name"], value(figure), *others, *(rest * apart)]
        body.append(line)
    title = f"{answer['at']}（所知截至变更 {answer['known_at']}）"
    return f"{title}\n{table(heads, body)}"


def _own(figure: dict[str, Any], children: list[dict[str, Any]], i: int) -> int:
    """What of an additive figure is in none of the children."""
    if "numerator" in figure or figure["value"] is None:
        return 0
    return int(figure["value"]) - sum(int(child["figures"][i]["value"]) for child in children)


def value(figure: dict[str, Any]) -> str:
    """A figure in a cell: with its unit, a rate with its two numbers; a dash for none."""
    number = figure["value"]
    if figure.get("numerator") is not None:
        shown = "—" if number is None else f"{number:.2%}"
        return f"{shown}（{figure['numerator']}/{figure['denominator']}）"
    return "—" if number is None else f"{number:,}{figure['unit']}"


def rows(found: dict[str, Any], out: str | None) -> str:
    """The names behind a figure."""
    if out:
        return f"已写出 {len(found['rows'])} 行到 {out}\n"
    names = ["key", "name", "area", *_value_names(found)]
    heads = [HEADS[name] for name in names]
    shown = found["rows"][:SHOWN_ROWS]
    named = table(heads, [[str(row[n]) for n in names] for row in shown])
    rest = len(found["rows"]) - len(shown)
    more = f"…… 另有 {rest} 行，用 --out F.xlsx 取全部。\n" if rest > 0 else ""
    return f"{found['code']} = {found['value']}，名单 {len(found['rows'])} 行\n{named}{more}"


def _value_names(found: dict[str, Any]) -> list[str]:
    rows_ = found["rows"]
    return ["numerator", "denominator"] if rows_ and "numerator" in rows_[0] else ["value"]


def write_rows(found: dict[str, Any], path: Path) -> None:
    """The names behind a figure as a workbook."""
    names = ["id", "key", "name", "area", *_value_names(found)]
    with writing.workbook(path, streaming=True) as book:
        sheet, styles = book.add_worksheet("名单"), writing.Styles(book)
        text = styles.of(writing.TEXT)
        for col, name in enumerate(names):
            writing.put_text(sheet, 0, col, HEADS[name], styles.header)
            sheet.set_column(col, col, 24 if name in ("key", "name") else 12)
        for row, values in enumerate(found["rows"], 1):
            for col, name in enumerate(names):
                value = values[name]
                if isinstance(value, str):
                    writing.put_text(sheet, row, col, value, text)
                else:
                    sheet.write_number(row, col, value)
        writing.lay_out(sheet, 0, frozen=0)


KINDS = {
    "import": "导入",
    "undo": "撤销",
    "annul": "作废",
    "merge": "合并",
    "correct": "更正",
}


def due(found: Due) -> str:
    """The last day of a span, and whether it is sure."""
    weekday = "一二三四五六日"[found.day.weekday()]
    unsure = "" if found.published else "；所涉年份的节假日安排未公布，按周一至周五上班推算"
    return f"{found.day}（星期{weekday}）{unsure}\n"


def changes(found: list[dict[str, Any]]) -> str:
    """The latest changes: number, moment, what, who, from which paper and why."""
    if not found:
        return "还没有任何变更。\n"
    body = []
    for change in found:
        ledger = LEDGERS[change["ledger"]].title if change["ledger"] in LEDGERS else ""
        what = KINDS.get(change["kind"], change["kind"])
        if change["undoes"]:
            what += f"变更 {change['undoes']}"
        if change["undone_by"]:
            what += f"（已由 {change['undone_by']} 撤销）"
        moment = change["at"][:16].replace("T", " ")
        paper = change["source"]
        body.append(
            [str(change["change"]), moment, what, ledger, change["by"], paper, change["reason"]]
        )
    return table(["变更", "时间", "办理", "台账", "经办人", "来源文件", "理由"], body)


def verified(verdict: Verdict) -> str:
    """Is the chain whole?"""
    if verdict.ok:
        return f"留痕 {verdict.records} 条，逐条核验无误。\n"
    return (
        f"留痕 {verdict.records} 条，从第 {verdict.first_broken} 条起与原记录不符，请立即查明。\n"
    )


def table(heads: list[str], body: list[list[str]]) -> str:
    """Columns one under the other; a Hanzi is two wide."""
    widths = [max(_width(row[i]) for row in [heads, *body]) for i in range(len(heads))]
    lines = [
        "  ".join(_pad(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in [heads, *body]
    ]
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
