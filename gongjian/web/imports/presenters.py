"""What the pages of a paper show, in words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.urls import reverse

from gongjian.jobs.models import Job, State
from gongjian.ledgers.cells import Raw, blank, shown
from gongjian.ledgers.declare import Column, Ledger
from gongjian.web.imports.actions import CHECK, COMMIT, TRY_OUT
from gongjian.web.imports.models import Finding, Line, Paper
from gongjian.web.imports.sheets import ledger_of, letter
from gongjian.web.text import ABSENT, number, percent

CAUSES: Final = {
    "required": "没有填",
    "type": "格式不对",
    "range": "超出范围",
    "choice": "不在选项里",
    "date": "日期不对",
    "date-ambiguous": "日期分不清月份",
    "date-order": "日期先后不对",
    "digits-lost": "数字丢了位",
    "uscc-checksum": "代码校验不符",
    "id-checksum": "号码校验不符",
    "id-mismatch": "与证件号码不一致",
    "unknown-area": "区划查无",
    "unknown-employer": "单位查无",
    "unknown-union": "工会查无",
    "unknown-agreement": "协议查无",
    "duplicate": "重复登记",
    "already-member": "已在别处入会",
    "ended": "记录已终止",
    "out-of-scope": "不在管理范围",
    "date-month-only": "只有年月",
    "id-15": "15 位旧号",
    "back-dated": "补记从前的",
    "rule": "请看一眼",
}

OUTCOMES: Final = {
    "new": "新增",
    "changed": "变更（旧值留作历史）",
    "unchanged": "没变，跳过",
    "skipped": "重复的行，跳过",
}


def steps(paper: Paper, current: int) -> list[dict[str, Any]]:
    """The four steps with what is known of each; those that can be gone to have addresses."""
    read, counted, trial = paper.summary or {}, paper.counted or {}, _fresh_trial(paper)
    found = [c for c in read.get("columns", []) if c["ours"]]
    remarks = [
        f"{number(read['rows'])} 行，{len(found)} 列对上" if read.get("rows") else "选一个文件",
        _checked(counted),
        _tried(trial) if trial else "先看会改什么",
        "入库后可整批撤销",
    ]
    names = ("columns", "check", "trial", "done")
    open_until = 1 + bool(counted) + bool(trial) + (paper.result is not None)
    return [
        {
            "title": title,
            "remark": remark,
            "address": reverse(f"import-{name}", args=[paper.pk]) if at <= open_until else None,
            "state": "dn1" if at < current else "on" if at == current else "",
            "at": at,
        }
        for at, (title, remark, name) in enumerate(
            zip(("上传", "检查改错", "试算", "入库"), remarks, names, strict=True), 1
        )
    ]


def _checked(counted: Mapping[str, Any]) -> str:
    if not counted:
        return "坏格当场改"
    return f"还有 {number(counted['bad'])} 行" if counted["bad"] else "全部通过"


def _fresh_trial(paper: Paper) -> dict[str, Any]:
    trial: dict[str, Any] = paper.trial or {}
    return trial if trial.get("revision") == paper.revision else {}


def _tried(trial: Mapping[str, Any]) -> str:
    counts = trial["counts"]
    new, changed, same = (counts.get(k, 0) for k in ("new", "changed", "unchanged"))
    return f"＋{number(new)} 新增，{number(changed)} 变更，{number(same)} 没变"


def step_of(paper: Paper, job: Job | None) -> str:
    """The name of the page on which the paper stands."""
    if paper.result is not None or (job is not None and job.kind == COMMIT):
        return "import-done"
    if job is not None and job.kind == CHECK and not paper.counted:
        return "import-columns"
    if _fresh_trial(paper) or (job is not None and job.kind == TRY_OUT):
        return "import-trial"
    return "import-check" if paper.counted else "import-columns"


def state_of(paper: Paper, job: Job | None) -> tuple[str, str]:
    """(kind of tag, words) for the list of papers."""
    if paper.result is not None and not paper.result.get("refused"):
        return _ended(paper)
    if job is not None and job.state != State.DONE:
        kind = "act" if not job.over else "bad"
        return kind, str(State(job.state).label)
    read = paper.summary or {}
    if read.get("unreadable"):
        return "bad", "读不出来"
    if read.get("missing"):
        return "warn", "有列要指定"
    bad = (paper.counted or {}).get("bad", 0)
    if bad:
        return "warn", f"有 {number(bad)} 行要改"
    return "act", "已试算，还没入库" if _fresh_trial(paper) else "已检查"


def _ended(paper: Paper) -> tuple[str, str]:
    left = len((paper.result or {}).get("left", ()))
    if left:
        return "warn", f"待改 {number(left)} 行"
    return ("ok", "已入库") if paper.change is not None else ("", "没有变化")


def title_of(paper: Paper) -> str:
    """The heading: what is imported."""
    return f"导入{ledger_of(paper).title}"


# ------------------------------------------------------------------ columns


def choices(paper: Paper) -> list[str]:
    """Columns of the ledger that nothing in the file was recognised as."""
    read = paper.summary or {}
    taken = {c["ours"] for c in read.get("columns", [])}
    pointed = set(paper.pointing.values())
    return [
        c.header for c in ledger_of(paper).columns if c.header not in taken or c.header in pointed
    ]


def columns(paper: Paper) -> list[dict[str, Any]]:
    """Each column of the file; ``open`` where it may be pointed, with what it is pointed to."""
    read = paper.summary or {}
    unknown = set(read.get("unknown", ()))
    required = {c.header for c in ledger_of(paper).columns if c.required}
    return [
        {
            **column,
            "open": column["header"] in unknown or column["header"] in paper.pointing,
            "pointed": paper.pointing.get(column["header"], ""),
            "required": column["ours"] in required,
        }
        for column in read.get("columns", [])
    ]


# ------------------------------------------------------------------ problems


def causes(
    found: Iterable[Mapping[str, Any]], chosen: tuple[str, str, str]
) -> list[dict[str, Any]]:
    """The list at the left: column and cause, with the rows it has."""
    return [
        {
            "key": f"{c['level']}:{c['code']}:{c['header']}",
            "level": c["level"],
            "words": "，".join(filter(None, (c["header"], CAUSES.get(c["code"], "有错")))),
            "rows": c["rows"],
            "on": (c["level"], c["code"], c["header"]) == chosen,
        }
        for c in found
    ]


def parts(key: str) -> tuple[str, str, str]:
    """(level, code, header) of a key of ``causes``; empty ones where nothing was chosen."""
    level, _, rest = key.partition(":")
    code, _, header = rest.partition(":")
    return (level, code, header) if level in ("error", "warning") else ("", "", "")


def problem(paper: Paper, finding: Finding, whole: Mapping[tuple[int, str], Raw]) -> dict[str, Any]:
    """One line of the table of bad cells; ``whole`` has the cells that may be shown in full."""
    row, header = finding.row or 0, finding.header
    value, hidden = finding.value, "*" in finding.value
    if (row, header) in whole:
        value, hidden = plain(whole[row, header]), False
    return {
        "row": row,
        "header": header,
        "cell": cell_of(paper, row, header),
        "label": finding.label,
        "value": "" if hidden else value,
        "hint": finding.value if hidden else "",
        "level": finding.level,
        "message": finding.message,
        "fixed": False,
        "id": f"f{row}-{finding.pk}",
    }


def fixed(paper: Paper, row: int, header: str, label: str) -> dict[str, Any]:
    """The line of a cell that is right now."""
    return {
        "row": row,
        "header": header,
        "cell": cell_of(paper, row, header),
        "label": label,
        "value": "",
        "hint": "",
        "level": "",
        "message": "",
        "fixed": True,
        "id": f"f{row}-ok",
    }


def cell_of(paper: Paper, row: int, header: str) -> str:
    """The address Excel gives to a cell; empty where the file has no such column."""
    at = (paper.summary or {}).get("positions", {}).get(header)
    return "" if at is None else f"{letter(at)}{row}"


def plain(raw: Raw) -> str:
    """A cell as it can be typed again, numbers without a point that nobody typed."""
    if blank(raw):
        return ""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw) if isinstance(raw, int | float) else shown(raw)


def sensitive(ledger: Ledger) -> dict[str, Column]:
    """Header → column, of those that are masked."""
    return {c.header: c for c in ledger.columns if c.sensitive}


# ------------------------------------------------------------------ dry run


def line(paper: Paper, found: Line) -> dict[str, Any]:
    """One line of the dry run; a recorded entry is a link."""
    address = ""
    if found.entry_id is not None:
        address = reverse("record", args=[paper.ledger, found.entry_id])
    return {"row": found.row, "label": found.label, "cells": found.cells, "address": address}


def moved(row: Mapping[str, Any]) -> dict[str, Any]:
    """A figure before and after, and by how much it moves."""
    before, after = row["before"], row["after"]
    said = {**row, "before": number(before), "after": number(after)}
    if row["ratio"]:
        said |= {"before": percent(before), "after": percent(after)}
        return said | {"by": _points(before, after), "up": (after or 0) >= (before or 0)}
    by = after - before
    sign = "＋" if by > 0 else "－" if by < 0 else ""
    return said | {"by": f"{sign}{number(abs(by))}", "up": by >= 0}


def _points(before: float | None, after: float | None) -> str:
    """Percentage points to two places; “—” where a rate begins or ceases to be."""
    if before is None or after is None:
        return ABSENT
    if before == after:
        return "不变"
    by = (after - before) * 100
    if abs(by) < 0.005:
        return "不足 0.01 个百分点"
    return f"{'＋' if by > 0 else '－'}{abs(by):.2f} 个百分点"


def progress(job: Job | None) -> dict[str, Any] | None:
    """How far the job is."""
    if job is None:
        return None
    return {
        "label": job.label,
        "done": job.done,
        "total": job.total,
        "over": job.over,
        "state": job.state,
        "words": str(State(job.state).label),
        "sentence": job.sentence,
        "failed": job.over and job.state != State.DONE,
        "stopping": job.cancel_wanted and not job.over,
    }
