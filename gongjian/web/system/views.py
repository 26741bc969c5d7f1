"""The pages of jobs, and papers to download."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongjian.core.access import Permission
from gongjian.files.actions import open_file
from gongjian.jobs import actions
from gongjian.jobs.keeping import under_way, working
from gongjian.jobs.models import Job
from gongjian.web.digests.queries import number_unsent
from gongjian.web.people import may
from gongjian.web.rendering import page, part_wanted
from gongjian.web.staff.queries import manager
from gongjian.web.system.presenters import shown
from gongjian.web.system.queries import own_file, own_job, own_jobs


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest jobs of whoever asks."""
    works = working()
    rows = [shown(job, working=works) for job in own_jobs(_me(request))]
    keeps_people = may(request, Permission.MANAGE_PEOPLE)
    unsent = number_unsent(manager(request)) if keeps_people else 0
    context = {"jobs": rows, "keeps_people": keeps_people, "unsent": unsent}
    return page(request, "system/jobs.html", context)


@require_safe
def jobs_under_way(request: HttpRequest) -> HttpResponse:
    """The mark in the frame: how many go on; it asks again only while one does."""
    context = {"going": under_way(_me(request)), "told": True}
    return page(request, "system/under_way.html", context, fragment="mark")


@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far a job is; the page asks again each second until it is over."""
    return _shown(request, own_job(job_id, _me(request)))


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop a job that has written nothing yet."""
    return _done(request, own_job(job_id, _me(request)), actions.cancel)


@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try a job again."""
    return _done(request, own_job(job_id, _me(request)), actions.retry)


@require_safe
def file(request: HttpRequest, file_id: int) -> FileResponse:
    """Download a paper of one's own."""
    stored = own_file(file_id, _me(request))
    return FileResponse(open_file(stored.pk), as_attachment=True, filename=stored.name)


def _done(request: HttpRequest, mine: Job, deed: actions.Deed) -> HttpResponse:
    deed(mine)
    return _shown(request, mine) if part_wanted(request) else redirect("job", mine.pk)


def _shown(request: HttpRequest, mine: Job) -> HttpResponse:
    return page(request, "system/job.html", {"job": shown(mine, working=working())}, fragment="job")


def _me(request: HttpRequest) -> int | None:
    user = request.user
    return user.pk if isinstance(user, AbstractBaseUser) else None
