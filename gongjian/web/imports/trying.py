"""The dry run: what each row comes to, what the figures would become, all of one moment."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from gongjian.core.access import Actor
from gongjian.core.days import today
from gongjian.core.errors import NotNow, Refused
from gongjian.core.progress import Progress
from gongjian.history import sql
from gongjian.history.record import Edit, Stale
from gongjian.history.shapes import FRAME, Secret
from gongjian.indicators.foretelling import foretell_edit
from gongjian.ledgers import reading
from gongjian.ledgers.importing import TRIES, Answer, preview, seal
from gongjian.ledgers.planning import Plan
from gongjian.reporting import late
from gongjian.web.foretelling import told
from gongjian.web.imports import checking, rows, sheets
from gongjian.web.imports.lines import lines_of, put_down
from gongjian.web.imports.models import Paper
from gongjian.web.imports.queries import reach

_SOURCES: Final = 3  # changes that are named as those which brought rows before

_BUSY: Final = "这几本台账此刻不断有人改动，没有推算指标；入库后可在指标页查看。"


def try_out(paper: Paper, actor: Actor, areas: Mapping[int, str]) -> None:
    """What the paper would do to the ledger and to the figures of ``areas``."""
    table = rows.whole_of(paper)
    answer, made, would = _planned(paper, actor, table, areas)
    with Progress(None, "整理试算结果"):
        # All is made ready first: under the lock there is only writing.
        found = checking.findings_of(paper, table, answer.problems)
        lines = list(lines_of(paper, sheets.ledger_of(paper), table, made))
        seen = reach(paper, actor)
        base = would.get("known_at", made.base)
        trial = {
            "revision": paper.revision,
            "base": base,
            "agreed": fingerprint(made.edit),
            "counts": dict(answer.counts),
            "undated": answer.undated,
            "day": answer.day.isoformat(),
            "effect": would,
            "reach": seen,
            "late": {str(area): day.isoformat() for area, day in late.reach_of(made.edit).items()},
            "brought": _brought(paper, [x.entry_id for x in lines if x.outcome == "unchanged"]),
        }
        counted = {
            "rows": answer.rows,
            "bad": answer.counts["bad"],
            "undated": answer.undated,
            "reach": seen,
            "base": base,
        }
    with transaction.atomic():
        if checking.note(paper, counted, found, None):
            put_down(paper, lines)
            paper.trial = trial
            Paper.objects.filter(pk=paper.pk).update(trial=trial)


def _planned(
    paper: Paper, actor: Actor, table: reading.Table, areas: Mapping[int, str]
) -> tuple[Answer, Plan, dict[str, Any]]:
    """What it comes to and what would move, both of one moment."""
    tries = 0
    while True:
        answer, made = preview(checking.request_of(paper, actor, dry_run=True), table)
        if tries == TRIES:
            return answer, made, {"reason": _BUSY}
        try:
            return answer, made, _effect(made, paper.on or today(), areas)
        except Stale:
            tries += 1


def _effect(made: Plan, day: date, areas: Mapping[int, str]) -> dict[str, Any]:
    if not made.edit:
        return {"day": day.isoformat(), "areas": []}
    seal(made.edit)
    with Progress(None, "推算指标"):
        return told(lambda: foretell_edit(made.edit, base=made.base, day=day), areas)


def _brought(paper: Paper, entries: list[int | None]) -> list[dict[str, int]]:
    """Which changes last said what the paper says again, and how many rows of it."""
    table = sheets.ledger_of(paper).shape.table
    query = f'SELECT entry_id, MAX(added_in) FROM "{table}" WHERE removed_in IS NULL AND'  # noqa: S608
    latest: dict[int, int] = {}
    for batch in sql.chunks([entry for entry in entries if entry is not None]):
        found = sql.fetch(
            f"{query} {sql.in_list('entry_id')} GROUP BY entry_id", [sql.as_list(batch)]
        )
        latest.update(found)
    counted = Counter(latest.values())
    return [{"change": n, "rows": k} for n, k in counted.most_common(_SOURCES)]


def fingerprint(edit: Edit) -> str:
    """A digest that is the same as long as exactly the same would be closed and added."""
    digest = hashlib.sha256(repr(sorted(edit.closes)).encode())
    for entry, version in edit.adds:
        values = [v.blind if isinstance(v, Secret) else v for v in version[len(FRAME) :]]
        digest.update(repr((entry, version[: len(FRAME)], values)).encode())
    return digest.hexdigest()


class Unexplained(Refused):
    """Locked months are reached and no reason is given; ``asks`` is the sentence that asks."""

    def __init__(self, asks: str) -> None:
        super().__init__(asks)
        self.asks = asks


def asks(paper: Paper) -> str:
    """The sentence that asks for a reason, as far as months are locked by now; else empty."""
    told_then: dict[str, str] = (paper.trial or {}).get("late", {})
    return late.asks({int(area): date.fromisoformat(day) for area, day in told_then.items()})


def require_reason(paper: Paper, made: Plan) -> None:
    """Raise Unexplained where the plan reaches a month that was locked since it was looked at."""
    told_now = "" if paper.reason else late.asks(late.reach_of(made.edit))
    if told_now:
        raise Unexplained(told_now)


class Moved(NotNow):
    """What would be written is not what was looked at in the dry run."""


def require_agreed(paper: Paper, made: Plan) -> None:
    """Raise Moved where a plan is another than that of the dry run that was looked at."""
    tried = paper.trial or {}
    if tried.get("agreed") in (None, fingerprint(made.edit)):
        return
    day = (paper.on or today()).isoformat()
    why = (
        "有人改过台账"
        if tried["day"] == day
        else f"换了一天（当时按 {tried['day']}，现在按 {day}）"
    )
    raise Moved(
        f"“{paper.name}”试算之后{why}，现在入库的结果和您看过的不一样，没有写入任何内容；"
        f"请重新试算，看过结果再入库。"
    )
