"""The job row, and the processes that work."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import (
    BaseConstraint,
    BigIntegerField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateTimeField,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    TextChoices,
    TextField,
)

from gongjian.core.days import now


class State(TextChoices):
    """Where a job is."""

    QUEUED = "queued", "排队等候"
    RUNNING = "running", "正在办理"
    DONE = "done", "已办完"
    FAILED = "failed", "没有办成"
    CANCELLED = "cancelled", "已取消"
    LOST = "lost", "中断"


OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED, State.LOST})
"""States in which nothing happens any more."""

AGAIN = frozenset({State.FAILED, State.CANCELLED, State.LOST})
"""States from which a job can be tried once more."""


class Job(Model):
    """One piece of work that goes on in the background.

    ``owner_id`` is a bare number: no person is known at this height. ``done`` of ``total`` are
    steps of the part ``label``; ``total`` is None where the part counts none. ``payload`` is what
    the handler needs, ``result`` what it gave back. ``attempt`` tells a run from the one before.
    """

    kind = CharField("种类", max_length=40)
    title = CharField("名称", max_length=200)
    owner_id = BigIntegerField("所属人", null=True, db_index=True)
    state = CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    done = BigIntegerField("已办", default=0)
    total = BigIntegerField("共计", null=True)
    label = CharField("正在做", max_length=100, blank=True)
    heartbeat = DateTimeField("最近一次报到", null=True)
    cancel_wanted = BooleanField("要求取消", default=False)
    attempt = PositiveIntegerField("第几次", default=1)
    worker = CharField("办理进程", max_length=120, blank=True)
    payload = JSONField("要办的事", default=dict, encoder=DjangoJSONEncoder)
    result = JSONField("结果", null=True, encoder=DjangoJSONEncoder)
    sentence = TextField("说明", blank=True)
    created = DateTimeField("提交时间", default=now)
    started = DateTimeField("开始时间", null=True)
    finished = DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "后台作业"
        indexes: ClassVar[list[Index]] = [
            Index(
                fields=["state"],
                name="job_not_over",
                condition=Q(state__in=[State.QUEUED, State.RUNNING]),
            )
        ]
        constraints: ClassVar[list[BaseConstraint]] = [
            CheckConstraint(condition=Q(state__in=State.values), name="job_has_a_known_state")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def over(self) -> bool:
        """Nothing happens to it any more unless it is tried again."""
        return self.state in OVER


class Worker(Model):
    """One process that runs jobs, and when it last said that it lives."""

    identity = CharField("进程", max_length=120, primary_key=True)
    heartbeat = DateTimeField("最近一次报到")

    class Meta:
        verbose_name = "后台进程"

    def __str__(self) -> str:
        return self.identity
