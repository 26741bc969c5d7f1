"""Loads the demonstration city report by report and prints the published figures."""

import hashlib
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongjian.areas.queries import root_area
from gongjian.core.access import OPERATOR
from gongjian.core.days import cut_offs, year_before
from gongjian.core.errors import Refused
from gongjian.core.progress import Progress
from gongjian.demo.city import story
from gongjian.demo.city.book import table
from gongjian.demo.city.plan import DAY, PUBLISHED, on_of
from gongjian.demo.city.story import Batch
from gongjian.history.models import Change
from gongjian.history.record import newest
from gongjian.indicators.query import figures
from gongjian.indicators.store.keeping import MONTHS, ensure
from gongjian.indicators.store.layout import with_eves
from gongjian.ledgers import importing
from gongjian.ledgers.declare import LEDGERS

FIRST = "2011-00-areas.txt"
"""What lies beside the first change of a database that holds the demonstration."""

SHOWN = (date(2011, 12, 25), DAY, date(2011, 12, 31))
"""Days that people look at, each beside the same day a year before."""

THEN = 6
"""The report whose figures are shown as they were known when it was filed, and as they are now."""

THEN_CODES = ("unions.base.net", "members.total")


def load() -> tuple[int, dict[str, Any], str]:
    """Import what is not yet loaded, then give the figures: (exit status, JSON document, text).

    What one report brings to one ledger is a change of its own. The cut-offs of its year come into
    the store, so that trends and the matrix stand at once. A database that holds the
    demonstration already, whole or up to an interruption, is taken as it is; one that holds
    anything else is Refused.
    """
    # Told from the first change, before the city is made at all.
    if Change.objects.filter(number=1).exclude(source_name=FIRST).exists():
        raise _occupied()
    with Progress(None, "生成演示数据"):
        batches = list(story.batches(story.make()))
        done = _loaded(batches)
    if done < len(batches) and newest() != done:
        raise _occupied()
    imports = list(bring(batches[done:]))
    ensure(with_eves({*cut_offs(DAY, MONTHS), *SHOWN, *map(year_before, SHOWN)}))
    document = {"imports": imports} | _figures() | {"known_then": _known_then(batches)}
    return 0, document, "".join(_said(document))


def holds_demo() -> bool:
    """Is what this database holds the demonstration? It is told from the first change."""
    return Change.objects.filter(number=1, source_name=FIRST).exists()


def _occupied() -> Refused:
    return Refused(
        f"数据库里已有 {newest()} 次变更，演示数据只能导入空的数据库，"
        f"请用 GONGJIAN_DATABASE_URL 另指一个新的数据库。"
    )


def bring(batches: Sequence[Batch]) -> Iterator[dict[str, Any]]:
    """Import batches one after the other; what came of each."""
    with Progress(sum(len(batch.rows) for batch in batches), "导入演示数据") as progress:
        for batch in batches:
            yield _bring(batch)
            progress.advance(len(batch.rows))


def _note(batch: Batch) -> bytes:
    """What lies beside a batch in place of a file: its name, size and digest."""
    return f"{batch.name}\n{len(batch.rows)}\n{batch.digest}\n".encode()


def _loaded(batches: Iterable[Batch]) -> int:
    """How many of the batches are the first changes of this database, in their order."""
    made = Change.objects.order_by("number").values_list("source_sha256", flat=True)
    done = 0
    for batch, digest in zip(batches, made, strict=False):
        if hashlib.sha256(_note(batch)).hexdigest() != digest:
            break
        done += 1
    return done


def _bring(batch: Batch) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        note = Path(folder) / f"{batch.name}.txt"
        note.write_bytes(_note(batch))
        request = importing.Request(
            ledger=LEDGERS[batch.ledger],
            actor=OPERATOR,
            path=note,
            on=on_of(batch.report),
            reason=batch.reason,
        )
        answer = importing.take(request, table(batch.heads, batch.rows))
    if answer.change is None:
        first = answer.problems[0].message if answer.problems else "没有内容。"
        raise Refused(f"演示数据“{batch.reason}”没有导入：{first}")
    said = answer.as_json()
    kept = ("change", "ledger", "rows", "new", "changed", "unchanged")
    warnings = len(said["problems"])
    return {"report": batch.reason} | {key: said[key] for key in kept} | {"warnings": warnings}


def _figures() -> dict[str, Any]:
    node = root_area(DAY)
    answer = figures(list(PUBLISHED), day=DAY, known_at=None, node=node)
    where = f"--at {DAY} --area {answer['area']}"
    for figure in answer["figures"]:
        figure["command"] = f"gongjian rows {figure['code']} {where}"
    return answer


def _known_then(batches: Sequence[Batch]) -> dict[str, Any]:
    """Figures of a report's day as they were known on it, and as they are known now."""
    change = sum(batch.report <= THEN for batch in batches)
    day = on_of(THEN)
    then, now = (_one_day(day, known_at) for known_at in (change, None))
    where = f"--at {day} --area {now['area']}"
    return {
        "at": day.isoformat(),
        "known_at": change,
        "then": then["figures"],
        "now": now["figures"],
        "command": f"gongjian figures {' '.join(THEN_CODES)} {where} --known-at {change}",
    }


def _one_day(day: date, known_at: int | None) -> dict[str, Any]:
    return figures(THEN_CODES, day=day, known_at=known_at, node=root_area(day))


# ------------------------------------------------------------------ said to people


def _said(document: dict[str, Any]) -> Iterator[str]:
    for report, group in groupby(document["imports"], key=lambda made: made["report"]):
        made = list(group)
        rows, warnings = (sum(one[key] for one in made) for key in ("rows", "warnings"))
        yield (
            f"{report}：变更 {made[0]['change']} 至 {made[-1]['change']}，"
            f"{len(made)} 份台账 {rows:,} 行，提醒 {warnings} 处\n"
        )
    if not document["imports"]:
        yield "演示数据已在库中，没有再次导入。\n"
    yield f"\n绵阳市 {document['at']} 的数字（所知截至变更 {document['known_at']}），"
    yield "每个都能打开到名单：\n"
    if shutil.which("gongjian") is None:
        yield f"（先执行 export PATH={Path(sys.executable).parent}:$PATH，再运行下面的命令）\n"
    for figure in document["figures"]:
        yield f"\n{_figure_said(figure)}\n  {figure['command']}\n"
    yield from _then_said(document["known_then"])


def _then_said(example: dict[str, Any]) -> Iterator[str]:
    yield (
        f"\n{example['at']} 的数字，按{THEN}月报表报完时（变更 {example['known_at']}）的所知，"
        f"与现在的所知不同：其后补报了当时的情况。\n"
    )
    for then, now in zip(example["then"], example["now"], strict=True):
        yield f"\n{_figure_said(then)}；现在所知：{now['value']:,} {now['unit']}"
    yield f"\n  {example['command']}\n"


def _figure_said(figure: dict[str, Any]) -> str:
    value = figure["value"]
    if "numerator" in figure:
        rate = "—" if value is None else f"{value:.2%}"
        return f"{figure['name']}：{rate}（{figure['numerator']:,}/{figure['denominator']:,}）"
    return f"{figure['name']}：{value:,} {figure['unit']}"
