"""Handing in, running, cancelling and retrying, in one process."""

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from gongjian.core.errors import NotNow, Refused, WrongUse
from gongjian.core.progress import Progress
from gongjian.jobs import registry
from gongjian.jobs.actions import cancel, enqueue, retry
from gongjian.jobs.keeping import reap
from gongjian.jobs.living import identity, is_alive
from gongjian.jobs.models import Job, State
from gongjian.jobs.registry import handler
from gongjian.jobs.running import Reporter, carry_out, written
from gongjian.jobs.tasks import Broken, run_job
from gongjian.jobs.worker import run_pending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers that only these tests have."""
    registry.chores()  # finds every handler first: what is found inside a test is lost after it
    monkeypatch.setattr(registry, "_KINDS", dict(registry._KINDS))
    handler("count")(_count)
    handler("refuse")(_refuse)
    handler("break")(_break)
    handler("write-then-break")(_write_then_break)


def _count(job: Job) -> dict[str, Any]:
    with Progress(job.payload["steps"], "数数") as progress:
        for _ in range(job.payload["steps"]):
            progress.advance()
    return {"address": "/changes/7/", "counted": job.payload["steps"]}


def _refuse(job: Job) -> dict[str, Any]:
    raise Refused("表头里没有“单位名称”，请补上。")


def _break(job: Job) -> dict[str, Any]:
    raise ZeroDivisionError("private 510703199001011234")


def _write_then_break(job: Job) -> dict[str, Any]:
    written()
    raise ZeroDivisionError


def hand_in(kind: str = "count", **payload: Any) -> Job:
    return enqueue(kind, title="导入“6月.xlsx”", owner_id=3, payload=payload or {"steps": 4})


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_job_waits_then_runs_and_keeps_its_result() -> None:
    job = hand_in()
    assert (job.state, job.over, job.owner_id) == (State.QUEUED, False, 3)

    assert run_pending() == 1

    job = again(job)
    assert (job.state, job.over) == (State.DONE, True)
    assert (job.label, job.done, job.total) == ("数数", 4, 4)
    assert job.result == {"address": "/changes/7/", "counted": 4}
    assert job.worker == identity()
    assert job.started is not None
    assert job.finished is not None
    assert run_pending() == 0


def test_unknown_kind_is_refused_when_handed_in() -> None:
    with pytest.raises(WrongUse, match=r"^没有“sing”这种后台作业。$"):
        hand_in("sing")


def test_refusal_of_the_handler_is_the_sentence_of_the_job() -> None:
    job = hand_in("refuse")

    run_pending()

    assert (again(job).state, again(job).sentence) == (
        State.FAILED,
        "表头里没有“单位名称”，请补上。",
    )


def test_unforeseen_error_ends_the_job_and_is_raised() -> None:
    job = hand_in("break")

    with pytest.raises(ZeroDivisionError):
        run_pending()

    assert again(job).state == State.FAILED
    assert again(job).sentence.startswith("系统遇到没有料到的错误，没有写入任何内容")


def test_unforeseen_error_after_the_write_does_not_say_that_nothing_is_written() -> None:
    job = hand_in("write-then-break")

    with pytest.raises(ZeroDivisionError):
        run_pending()

    assert again(job).sentence.startswith("内容已经写入")


def test_queue_keeps_no_word_of_an_unforeseen_error(caplog: pytest.LogCaptureFixture) -> None:
    job = hand_in("break")

    with pytest.raises(Broken, match=r"^ZeroDivisionError$") as caught:
        run_job.func(job.pk, 1)

    assert caught.value.__suppress_context__


def test_waiting_job_is_cancelled_at_once_and_not_run() -> None:
    job = hand_in()

    cancel(job)

    assert (job.state, job.sentence) == (State.CANCELLED, "已按要求取消，没有写入任何内容。")
    assert run_pending() == 0
    carry_out(job.pk, job.attempt, beating=False)
    assert again(job).state == State.CANCELLED


def test_finished_job_cannot_be_cancelled_or_tried_again() -> None:
    job = hand_in()
    run_pending()

    with pytest.raises(NotNow, match=r"已经结束（已办完），不能再取消。$"):
        cancel(job)
    with pytest.raises(NotNow, match=r"已办完，不能再办一次。$"):
        retry(job)


def test_cancelling_twice_is_once() -> None:
    job = hand_in()
    cancel(job)

    cancel(job)

    assert job.state == State.CANCELLED


def test_failed_job_is_tried_again_under_its_number() -> None:
    job = hand_in("refuse")
    run_pending()
    _as_mended(job)

    retry(job)

    assert (job.state, job.attempt, job.sentence, job.finished) == (State.QUEUED, 2, "", None)
    assert run_pending() == 1
    assert again(job).state == State.DONE
    assert DBTaskResult.objects.count() == 2


def _as_mended(job: Job) -> None:
    handler("refuse")(lambda _: {})


def test_a_run_of_an_earlier_attempt_does_nothing() -> None:
    job = hand_in("refuse")
    run_pending()
    retry(job)

    carry_out(job.pk, 1, beating=False)

    assert again(job).state == State.QUEUED


def test_same_task_twice_in_the_queue_runs_once() -> None:
    job = hand_in()
    run_pending()
    finished = again(job).finished

    carry_out(job.pk, 1, beating=False)

    assert again(job).finished == finished


def test_progress_of_the_innermost_part_is_told() -> None:
    reporter = Reporter()
    reporter.begin("导入", 10)
    reporter.advance(3)
    reporter.begin("核对单元格", None)
    reporter.advance(2)
    inner = (reporter.told.label, reporter.told.done, reporter.told.total)
    reporter.end()

    assert inner == ("核对单元格", 2, None)
    assert (reporter.told.label, reporter.told.done, reporter.told.total) == ("导入", 3, 10)


def test_wish_to_cancel_is_heard_only_before_the_write() -> None:
    reporter = Reporter()
    reporter.begin("核对", 10)
    reporter.cancel.set()

    with pytest.raises(Refused, match=r"^已按要求取消"):
        reporter.advance(1)
    reporter.written = True
    reporter.advance(1)

    assert reporter.told.done == 1


def test_second_handler_of_a_kind_is_a_mistake() -> None:
    def other(job: Job) -> dict[str, Any]:
        return {}

    other.__module__ = "gongjian.elsewhere"

    with pytest.raises(ValueError, match=r"two handlers for jobs of kind 'count'"):
        handler("count")(other)


def test_a_job_that_nobody_can_settle_is_lost_and_others_are_looked_at() -> None:
    handler("cannot-settle", settle=_refuse)(_count)
    gone = identity().rpartition("/")[0] + "/1"
    kinds = ["a-kind-of-old", "cannot-settle", "count"]
    for kind in kinds:
        Job.objects.create(kind=kind, title=kind, state=State.RUNNING, worker=gone)

    assert [job.kind for job in reap()] == kinds

    assert set(Job.objects.values_list("state", flat=True)) == {State.LOST}


@pytest.mark.parametrize("named", ["", "nobody", "a/b", identity().split("/")[0] + "/x/1"])
def test_of_what_is_no_process_nothing_is_known(named: str) -> None:
    assert is_alive(named) is None
