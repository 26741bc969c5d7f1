"""What lists have done in the background."""

from typing import Any

from gongjian.jobs.models import Job
from gongjian.jobs.registry import handler
from gongjian.web.lists import exporting


@handler(exporting.KIND)
def export(job: Job) -> dict[str, Any]:
    """Write the workbook; the result says where it can be fetched and how many rows it has."""
    return exporting.write(job)
