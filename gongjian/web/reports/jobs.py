"""The whole difference sheet of a month, written in the background."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from gongjian.areas.queries import tree_on
from gongjian.core.access import Actor, Permission
from gongjian.core.errors import NotInScope
from gongjian.files.actions import tidy
from gongjian.history.record import newest
from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.reporting.models import LockedMonth
from gongjian.reporting.queries import difference_sheet
from gongjian.web import exporting
from gongjian.web.reports.book import write_book

KIND: Final = "difference-sheet"


def hand_in(month: LockedMonth, *, by: Actor) -> Job:
    """Have the sheet written; what waits to be written already is not written twice.

    The export goes on the trail with whoever asked for it. Raises NotNow where many of theirs are
    under way.
    """
    tree = tree_on(month.at)
    said = {
        "difference": month.period,
        "at": month.at.isoformat(),
        "version": month.version,
        "known": newest(),
        "place": tree.code(month.area_id),
        "actor": by.id,
        "name": by.name,
    }
    title = f"写差异表：{tree.name(month.area_id)} {month.period}"
    asked = {"month": month.pk, "by": by.name}
    return exporting.hand_in(KIND, title, asked, by=by, noted=said)


@handler(KIND)
def write(job: Job) -> dict[str, Any]:
    """Write and keep the workbook, as the difference is now.

    Within what its owner may export now: the area may have left their scope since they asked.
    """
    actor = exporting.writer(job, Permission.EXPORT_LEDGER, "差异表")
    month = LockedMonth.objects.get(pk=job.payload["month"])
    tree = tree_on(month.at)
    name = tree.name(month.area_id)
    if not actor.scope.covers([("areas", month.area_id)]):
        raise NotInScope(f"“{name}”已不在您可以导出的范围内，请换一个地方。")
    found = difference_sheet(month)
    with TemporaryDirectory() as folder:
        path = Path(folder) / tidy(f"{name}_{month.period}_差异表.xlsx")
        rows = write_book(path, found, month.at)
        kept = exporting.store(path, job, "report-difference-download", actor)
    return {**kept, "figures": len(found), "rows": rows}
