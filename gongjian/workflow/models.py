"""Cases of flows, what happened to each, what is to be done next, and the numbers they go by."""

from typing import Any, ClassVar, NoReturn

from django.db.models import (
    PROTECT,
    BaseConstraint,
    BigIntegerField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextField,
    UniqueConstraint,
)

from gongjian.core.days import now
from gongjian.files.models import StoredFile


class RulePack(Model):
    """Numbers of one flow, from one source, for a place and all below it, on certain days.

    ``values`` holds them by name, as texts. ``place_id`` None is everywhere. ``read``: the source
    was read in its own words, not recalled. Never changed but for ``valid_to``.
    """

    flow = CharField("流程", max_length=40)
    place_id = BigIntegerField("适用地方", null=True)
    valid_from = DateField("起")
    valid_to = DateField("止", null=True)
    law = CharField("出处", max_length=200)
    article = CharField("条款", max_length=100, blank=True)
    read = BooleanField("已核原文")
    values = JSONField("数值")

    class Meta:
        verbose_name = "规则包"
        constraints: ClassVar[list[BaseConstraint]] = [
            CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="pack_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


class Case(Model):
    """One piece of work. ``subject`` is what it is about, in the words of its flow.

    ``opened`` is the day by which its rules were looked up; ``rules`` holds them for good, by
    name: ``{"value": "3wd", "pack": 7}``. ``paused_on`` is set while its clocks stand still.
    """

    flow = CharField("流程", max_length=40)
    subject = CharField("事由", max_length=100)
    title = CharField("名称", max_length=200)
    place_id = BigIntegerField("所在地方")
    state = CharField("状态", max_length=40)
    opened = DateField("开始日")
    opened_at = DateTimeField("开始时间")
    closed_at = DateTimeField("办结时间", null=True)
    paused_on = DateField("中止日", null=True)
    rules = JSONField("规则")
    passed = PositiveIntegerField("经过数", default=0)

    class Meta:
        verbose_name = "事项"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(
                fields=["flow", "subject", "place_id"],
                condition=Q(closed_at__isnull=True),
                name="case_open_once",
            )
        ]
        indexes: ClassVar[list[Index]] = [
            Index(fields=["flow", "subject", "place_id"], name="case_of_subject"),
            Index(fields=["place_id"], name="case_at"),
        ]

    def __str__(self) -> str:
        return self.title


class Passage(Model):
    """One thing that happened to a case. Written once, never changed, never deleted.

    ``due`` is the last day on which the step was in time (None: no clock ran), ``body`` what the
    flow keeps of it, ``change`` the number of the change if the step wrote rows, ``link`` that of
    the link of the trail that tells of it.
    """

    case = ForeignKey(Case, on_delete=PROTECT, related_name="passages", verbose_name="事项")
    number = PositiveIntegerField("第几次")
    step = CharField("步骤", max_length=40)
    from_state = CharField("原状态", max_length=40, blank=True)
    to_state = CharField("新状态", max_length=40)
    actor_id = BigIntegerField("经办人编号", null=True)
    actor_name = CharField("经办人", max_length=200)
    at = DateTimeField("时间")
    day = DateField("日期")
    due = DateField("期限", null=True)
    remark = TextField("说明", blank=True)
    body = JSONField("内容", default=dict)
    change = BigIntegerField("变更", null=True)
    link = BigIntegerField("留痕", null=True)

    class Meta:
        verbose_name = "经过"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["case", "number"], name="passage_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.step}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it for the first and only time."""
        if not self._state.adding:
            raise TypeError("a passage is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        """Never."""
        raise TypeError("a passage is never deleted")

    @property
    def late(self) -> bool:
        """Was it taken after its last day?"""
        return self.due is not None and self.day > self.due


class Todo(Model):
    """A step that somebody at ``place_id`` who holds ``permission`` is to take.

    The clock counts ``days`` (``working``: working days) after ``since``, those added by pauses
    included; ``due`` is the last day, moved off rest days where ``roll``; ``published`` says
    whether the calendar was known so far. On ``raise_on`` it also goes to the next level up,
    ``raised_to`` in the end. ``warned_at``: those who are to do it were told that the day is near.
    ``closed_at`` is set as soon as it need not be done any more.
    """

    case = ForeignKey(Case, on_delete=PROTECT, related_name="todos", verbose_name="事项")
    step = CharField("步骤", max_length=40)
    permission = CharField("权限", max_length=40)
    place_id = BigIntegerField("由谁办")
    since = DateField("从哪天起", null=True)
    days = PositiveSmallIntegerField("多久", default=0)
    working = BooleanField("按工作日", default=False)
    roll = BooleanField("遇休息日顺延", default=False)
    due = DateField("期限", null=True)
    published = BooleanField("放假安排已公布", default=True)
    raise_on = DateField("上报日", null=True)
    raised_to = BigIntegerField("上报到", null=True)
    warned_at = DateTimeField("提醒时间", null=True)
    closed_at = DateTimeField("了结时间", null=True)

    class Meta:
        verbose_name = "待办"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(
                fields=["case", "step"], condition=Q(closed_at__isnull=True), name="todo_once"
            )
        ]
        indexes: ClassVar[list[Index]] = [
            Index(fields=["place_id"], name="todo_place", condition=Q(closed_at__isnull=True)),
            Index(
                fields=["raised_to"],
                name="todo_raised",
                condition=Q(closed_at__isnull=True, raised_to__isnull=False),
            ),
            Index(
                fields=["raise_on"],
                name="todo_raise_on",
                condition=Q(closed_at__isnull=True, raise_on__isnull=False),
            ),
            Index(
                fields=["due"],
                name="todo_unwarned",
                condition=Q(closed_at__isnull=True, warned_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.due or ''}"


class Urge(Model):
    """Somebody above asked that a case be got on with (催办): once in a day, written once."""

    case = ForeignKey(Case, on_delete=PROTECT, related_name="urges", verbose_name="事项")
    step = CharField("催哪一步", max_length=40)
    actor_id = BigIntegerField("催办人编号", null=True)
    actor_name = CharField("催办人", max_length=200)
    day = DateField("日期")
    at = DateTimeField("时间")
    text = TextField("说明", blank=True)

    class Meta:
        verbose_name = "催办"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["case", "day"], name="urged_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.step}"


class Notice(Model):
    """Somebody (``for_id``) is told of one thing: a passage, an urge, or a to-do whose day is near.

    ``seen_at`` is set once it was looked at.
    """

    for_id = BigIntegerField("告诉谁")
    at = DateTimeField("时间", default=now)
    passage = ForeignKey(
        Passage, on_delete=PROTECT, null=True, related_name="+", verbose_name="经过"
    )
    urge = ForeignKey(Urge, on_delete=PROTECT, null=True, related_name="+", verbose_name="催办")
    todo = ForeignKey(Todo, on_delete=PROTECT, null=True, related_name="+", verbose_name="待办")
    seen_at = DateTimeField("看过时间", null=True)

    class Meta:
        verbose_name = "通知"
        indexes: ClassVar[list[Index]] = [
            Index(fields=["for_id"], name="notice_unseen", condition=Q(seen_at__isnull=True))
        ]
        constraints: ClassVar[list[BaseConstraint]] = [
            CheckConstraint(
                condition=Q(passage__isnull=False, urge__isnull=True, todo__isnull=True)
                | Q(passage__isnull=True, urge__isnull=False, todo__isnull=True)
                | Q(passage__isnull=True, urge__isnull=True, todo__isnull=False),
                name="notice_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.passage or self.urge or self.todo)

    @property
    def case(self) -> Case:
        """What it is about."""
        (of,) = (one for one in (self.passage, self.urge, self.todo) if one is not None)
        return of.case


class CasePaper(Model):
    """A paper that was handed in for a case, under the code its flow has for it.

    ``link`` is the number of the link of the trail that tells of it.
    """

    case = ForeignKey(Case, on_delete=PROTECT, related_name="papers", verbose_name="事项")
    code = CharField("材料", max_length=40)
    file = ForeignKey(StoredFile, on_delete=PROTECT, related_name="+", verbose_name="文件")
    actor_id = BigIntegerField("交件人编号", null=True)
    actor_name = CharField("交件人", max_length=200)
    at = DateTimeField("时间")
    link = BigIntegerField("留痕", null=True)

    class Meta:
        verbose_name = "事项材料"

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"
