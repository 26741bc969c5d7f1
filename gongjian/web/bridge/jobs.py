"""The bridge of an area and a month as a workbook, written in the background."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope
from gongjian.files.actions import tidy
from gongjian.history.record import newest
from gongjian.indicators.declare import TERRITORY
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.reporting.bridge import lines_of, totals_of
from gongjian.reporting.rules import Period
from gongjian.web import exporting
from gongjian.web.bridge.book import write_book
from gongjian.web.figures.presenters.common import node_code, node_name

KIND: Final = "opening-bridge"


def hand_in(period: Period, area_id: int, *, by: Actor) -> Job:
    """Have the bridge written; the export goes on the trail with whoever asked for it.

    Raises NotNow where many of theirs are under way.
    """
    tree = tree_on(period.cut_off)
    said = {
        "bridge": str(period),
        "at": period.cut_off.isoformat(),
        "known": newest(),
        "place": node_code(TERRITORY, tree, area_id),
        "actor": by.id,
        "name": by.name,
    }
    title = f"写期初衔接：{node_name(TERRITORY, tree, area_id)} {period}"
    asked = {"area": area_id, "period": str(period), "by": by.name}
    return exporting.hand_in(KIND, title, asked, by=by, noted=said)


@handler(KIND)
def write(job: Job) -> dict[str, Any]:
    """Write and keep the workbook, as the bridge is now.

    Within what its owner may export now: the area may have left their scope since they asked.
    """
    actor = exporting.writer(job, Permission.EXPORT_LEDGER, "期初衔接")
    area, period = int(job.payload["area"]), Period.read(job.payload["period"])
    name = node_name(TERRITORY, tree_on(period.cut_off), area)
    if not actor.scope.covers([("areas", area)]):
        raise NotInScope(f"“{name}”已不在您可以导出的范围内，请换一个地方。")
    totals = totals_of(period, area)
    lines = lines_of([total for total in totals if total.stands])
    with TemporaryDirectory() as folder:
        path = Path(folder) / tidy(f"{name}_{period}_期初衔接.xlsx")
        rows = write_book(path, lines, totals)
        kept = exporting.store(path, job, "bridge-download", actor)
    return {**kept, "figures": len(lines), "rows": rows}
