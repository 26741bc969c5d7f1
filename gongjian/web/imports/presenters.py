"""What the pages of a paper show, in words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.urls import reverse

from gongjian.history.models import Change
from gongjian.jobs.models import Job, State
from gongjian.ledgers.causes import CAUSES
from gongjian.ledgers.cells import Raw, blank, shown
from gongjian.ledgers.declare import Column, Ledger
from gongjian.web.imports.actions import CHECK, COMMIT, MARK, TRY_OUT
from gongjian.web.imports.models import Finding, Line, Paper
from gongjian.web.imports.queries import refers_to
from gongjian.web.imports.sheets import ledger_of, letter
from gongjian.web.text import moment, number

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
    if job is not None and job.kind == CHECK and not (paper.counted and job.over):
        return "import-check" if paper.counted else "import-columns"
    if _fresh_trial(paper) or (job is not None and job.kind == TRY_OUT):
        return "import-trial"
    return "import-check" if paper.counted else "import-columns"


def page_beside(paper: Paper) -> str:
    """The page from which the marked book is asked for."""
    return "import-done" if paper.result is not None else "import-check"


def listed(papers: Iterable[Paper], jobs: Mapping[int, Job]) -> list[dict[str, Any]]:
    """Papers with what they are of and where they stand."""
    return [
        {
            "paper": p,
            "title": ledger_of(p).title,
            "state": state_of(p, jobs.get(p.job_id or 0)),
        }
        for p in papers
    ]


def queued(papers: list[Paper], jobs: Mapping[int, Job]) -> list[dict[str, Any]]:
    """Papers of one go in the order they depend, each with those that should go in before it."""
    found = listed(papers, jobs)
    for line in found:
        named = set(refers_to(line["paper"].ledger))
        before = [p for p in papers if p.ledger in named and _waits(p)]
        line["needs"] = [{"title": ledger_of(p).title, "paper": p} for p in before]
        job = jobs.get(line["paper"].job_id or 0)
        line["open"] = _waits(line["paper"])
        line["busy"] = job is not None and not job.over
    return found


def next_of(paper: Paper, papers: list[Paper]) -> Paper | None:
    """The next paper of one go that is not in the ledger yet."""
    return next((p for p in papers if p.pk != paper.pk and _waits(p)), None)


def _waits(paper: Paper) -> bool:
    return paper.result is None or bool(paper.result.get("refused"))


def state_of(paper: Paper, job: Job | None) -> tuple[str, str]:
    """(kind of tag, words) for the list of papers."""
    if paper.result is not None and not paper.result.get("refused"):
        return _ended(paper)
    if job is not None and job.state != State.DONE and job.kind != MARK:
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


def sum_of(paper: Paper, asides: int) -> dict[str, int]:
    """The numbers above the table."""
    counted = paper.counted or {}
    return {
        "rows": counted.get("rows", 0) + asides,
        "good": counted.get("rows", 0) - counted.get("bad", 0),
        "bad": counted.get("bad", 0),
        "warned": counted.get("warned", 0),
        "asides": asides,
    }


def causes(
    found: Iterable[Mapping[str, Any]], chosen: tuple[str, str, str]
) -> list[dict[str, Any]]:
    """The list at the left: column and cause, with the rows it has."""
    return [
        {
            "key": f"{c['level']}:{c['code']}:{c['header']}",
            "level": c["level"],
            "words": "，".join(filter(None, (c["header"], CAUSES[c["code"]]))),
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


def problem(paper: Paper, finding: Finding, raw: Raw, *, whole: bool, seen: str) -> dict[str, Any]:
    """One line of the table of bad cells; ``whole`` where ``raw`` may be shown in full.

    ``seen`` is the mark of the cell as it is shown here.
    """
    row, header = finding.row or 0, finding.header
    value, hidden = finding.value, "*" in finding.value
    if whole:
        value, hidden = plain(raw), False
    return {
        "seen": seen,
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
        "seen": "",
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
    # A row that names its entry by system number alone says nothing else to be called by.
    label = found.label or (f"系统编号 {found.entry_id}" if address else "")
    return {"row": found.row, "label": label, "cells": found.cells, "address": address}


def brought(found: list[dict[str, int]], sources: Mapping[int, Change]) -> list[dict[str, Any]]:
    """Who said before what the paper says again: rows, and the change that said it."""
    told = [(x["rows"], sources.get(x["change"])) for x in found]
    return [{"rows": rows, **told_change(c)} for rows, c in told if c is not None]


def told_changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as somebody's deeds."""
    return [told_change(change) for change in changes]


def told_change(change: Change) -> dict[str, Any]:
    """Who changed what when, and from which paper."""
    return {
        "number": change.number,
        "by": change.actor_name or "系统",
        "at": moment(change.at),
        "source": change.source_name,
    }


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
