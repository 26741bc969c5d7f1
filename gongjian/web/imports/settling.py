"""What became of a commit whose process died before it could say."""

from gongjian.web.imports.models import Paper
from gongjian.web.imports.queries import job_of, written_by


def settle(paper: Paper) -> None:
    """Note the change of a paper whose commit is over and told nothing of it."""
    job = job_of(paper)
    if job is None or job.over:
        adopt(paper)


def adopt(paper: Paper) -> bool:
    """Note the change the paper made, though not what each of its rows came to.

    False where it made none.
    """
    if paper.claimed_at is None or paper.result is not None:
        return paper.result is not None
    number = written_by(paper)
    if number is None:
        return False
    errors = paper.findings.filter(level="error").values_list("row", flat=True)
    result = {
        "counts": (paper.trial or {}).get("counts", {}),
        "left": sorted({*paper.asides.values_list("row", flat=True), *errors}),
        "refused": False,
        "day": "",
        "undated": 0,
    }
    Paper.objects.filter(pk=paper.pk, change=None).update(change=number, result=result)
    return True
