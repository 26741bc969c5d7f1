"""What the worker does once a day."""

import os
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from gongjian.core.days import now
from gongjian.files.actions import keep
from gongjian.files.models import StoredFile
from gongjian.jobs.models import Job, State, Worker
from gongjian.jobs.worker import keep_order

pytestmark = pytest.mark.django_db


def test_what_is_long_over_goes_and_the_rest_stays() -> None:
    past, long_ago = now() - timedelta(minutes=1), now() - timedelta(days=91)
    old, fresh = keep(b"old", "a.xlsx", days=0), keep(b"fresh", "b.xlsx")
    StoredFile.objects.filter(pk=old.pk).update(expires=past)
    os.utime(old.path, (time.time() - 7200,) * 2)
    for key, ends in (("ended", past), ("lasting", now() + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="x", expire_date=ends)
    for title, ended in (("旧的", long_ago), ("新的", past)):
        Job.objects.create(kind="x", title=title, state=State.DONE, finished=ended)
    Job.objects.create(kind="x", title="没办完的")
    Worker.objects.create(identity="far/1/1", heartbeat=long_ago)

    keep_order()

    assert set(StoredFile.objects.all()) == {fresh}
    assert (old.path.exists(), fresh.path.exists()) == (False, True)
    assert [s.session_key for s in Session.objects.all()] == ["lasting"]
    assert {job.title for job in Job.objects.all()} == {"新的", "没办完的"}
    assert Worker.objects.count() == 0
