"""One digest of one person on one day."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    BaseConstraint,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    Model,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    TextField,
    UniqueConstraint,
)

from gongjian.accounts.models import User


class DigestState(TextChoices):
    """Where a digest is."""

    WAITING = "waiting", "等着发"
    SENDING = "sending", "正在发"
    SENT = "sent", "已发出"
    NOTHING = "nothing", "没有要说的"
    FAILED = "failed", "没有发出"
    UNKNOWN = "unknown", "不知道发没发出"


TROUBLE = (DigestState.FAILED, DigestState.UNKNOWN)
"""What an administrator should know of."""


class Digest(Model):
    """A person gets one digest a day at most: the row is there before anything is sent.

    ``tries`` counts the attempts that failed, ``next_at`` is when it is tried (again), None
    once it is over. ``worker`` is the process that took it and ``taken_at`` when it did;
    ``sentence`` says why it did not go out.
    """

    person = ForeignKey(User, on_delete=PROTECT, related_name="+", verbose_name="收件人")
    day = DateField("日期")
    state = CharField("状态", max_length=10, choices=DigestState, default=DigestState.WAITING)
    tries = PositiveSmallIntegerField("没有发成几次", default=0)
    next_at = DateTimeField("下次发送", null=True)
    worker = CharField("办理进程", max_length=120, blank=True)
    taken_at = DateTimeField("发送时间", null=True)
    sentence = TextField("说明", blank=True)

    class Meta:
        verbose_name = "邮件汇总"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")
        ]
        indexes: ClassVar[list[Index]] = [
            Index(fields=["next_at"], name="digest_open", condition=Q(next_at__isnull=False)),
            Index(fields=["state", "day"], name="digest_of_state"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"
