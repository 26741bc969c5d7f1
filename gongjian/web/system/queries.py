"""Jobs and papers, as far as they are the own ones of whoever asks."""

from gongjian.core.errors import NotInScope
from gongjian.files.actions import file_of
from gongjian.files.models import StoredFile
from gongjian.jobs.models import Job

LATEST = 50
"""Jobs on the list."""


def own_job(job_id: int, owner_id: int | None) -> Job:
    """A job of this person; NotInScope for anybody else's."""
    job = Job.objects.filter(pk=job_id, owner_id=owner_id, owner_id__isnull=False).first()
    if job is None:
        raise NotInScope(f"没有编号为 {job_id} 的作业。")
    return job


def own_jobs(owner_id: int | None) -> list[Job]:
    """The latest jobs of this person, newest first."""
    own = Job.objects.filter(owner_id=owner_id, owner_id__isnull=False)
    return list(own.order_by("-pk").defer("payload")[:LATEST])


def own_file(file_id: int, owner_id: int | None) -> StoredFile:
    """A paper of this person; NotInScope for anybody else's."""
    stored = file_of(file_id)
    if owner_id is None or stored.owner_id != owner_id:
        raise NotInScope(f"没有编号为 {file_id} 的文件。")
    return stored
