"""A job in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongjian.core.days import now
from gongjian.jobs.models import AGAIN, Job, State
from gongjian.web.text import moment, number

_KINDS: Final = {
    State.QUEUED: "none",
    State.RUNNING: "lead",
    State.DONE: "ok",
    State.FAILED: "bad",
    State.CANCELLED: "none",
    State.LOST: "bad",
}

_NOTES: Final = {State.FAILED: "bad", State.LOST: "bad", State.CANCELLED: "", State.DONE: "ok"}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobShown:
    """What the page of a job says. ``done`` of ``total`` fill the bar; no total: it only moves."""

    number: int
    title: str
    state: str
    lamp: str
    going: bool
    part: str
    done: int | None
    total: int | None
    note: tuple[str, str] | None
    facts: list[tuple[str, str]]
    address: str
    can_cancel: bool
    can_retry: bool


def shown(job: Job, *, working: bool) -> JobShown:
    """A job as its page shows it; ``working``: is there a process that runs jobs at all?"""
    state = State(job.state)
    running = state == State.RUNNING
    counted = running and bool(job.total)
    return JobShown(
        number=job.pk,
        title=job.title,
        state="正在取消" if running and job.cancel_wanted else state.label,
        lamp=_KINDS[state],
        going=not job.over,
        part=_part(job),
        done=min(job.done, job.total or 0) if counted else None,
        total=job.total if counted else None,
        note=_note(job, working=working),
        facts=_facts(job),
        address=str((job.result or {}).get("address", "")),
        can_cancel=not job.over and not job.cancel_wanted,
        can_retry=state in AGAIN,
    )


def _part(job: Job) -> str:
    """“核对单元格：12,034 / 30,000”."""
    if job.state != State.RUNNING:
        return "前面还有作业在办，轮到就开始。" if job.state == State.QUEUED else ""
    label = job.label or "准备"
    return f"{label}：{number(job.done)} / {number(job.total)}" if job.total else f"{label}…"


def _note(job: Job, *, working: bool) -> tuple[str, str] | None:
    if not job.over:
        return None if working else ("warn", "后台进程没有在运行，作业要等它启动；请告诉管理员。")
    sentence = job.sentence or ("已办完。" if job.state == State.DONE else "")
    return _NOTES[State(job.state)], sentence


def _facts(job: Job) -> list[tuple[str, str]]:
    told = [
        ("作业号", str(job.pk)),
        ("提交", moment(job.created)),
        ("开始", moment(job.started)),
        ("结束", moment(job.finished)),
    ]
    if job.started is not None:
        told.append(("用时", _lasted(job.started, job.finished or now())))
    if job.attempt > 1:
        told.append(("第几次办", str(job.attempt)))
    return told


def _lasted(start: datetime, end: datetime) -> str:
    seconds = max(0, int((end - start).total_seconds()))
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
