"""The one task of the queue: run a job."""

import logging

from django_tasks import task

from gongjian.jobs.running import carry_out

logger = logging.getLogger(__name__)


class Broken(Exception):
    """A job ended in an error that nobody foresaw; what it was is in the log."""


@task
def run_job(job_id: int, attempt: int) -> None:
    """Run a job as its row says; arguments are numbers only, so the queue holds no one's data."""
    try:
        carry_out(job_id, attempt)
    except Exception as error:
        logger.exception("job %d broke at attempt %d", job_id, attempt)
        # The queue keeps the words of an error; those of this one may be somebody's data.
        raise Broken(type(error).__name__) from None
