"""A doubt about a figure as it was seen, and what was said about it."""

from typing import ClassVar

from django.db.models import (
    CASCADE,
    PROTECT,
    BaseConstraint,
    BigIntegerField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    FloatField,
    ForeignKey,
    Index,
    Model,
    Q,
    TextChoices,
    UniqueConstraint,
)

from gongjian.accounts.models import User
from gongjian.core.days import now

MOST_WORDS = 500
"""Letters of one thing said."""


class State(TextChoices):
    """Where a doubt is."""

    OPEN = "open", "等答复"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已了结"


class Deed(TextChoices):
    """What somebody did to a doubt."""

    ASK = "ask", "提出"
    ANSWER = "answer", "答复"
    REOPEN = "reopen", "再问"
    CLOSE = "close", "了结"


class Doubt(Model):
    """Somebody doubts a figure of a place on a day, as known at a change, or one row behind it.

    ``value`` and a rate's two sums are what was seen. ``entry`` of ``ledger`` is the row doubted,
    ``row`` what it was called there; without one the whole figure is doubted. ``area_id`` and
    ``union_id`` are whose data it is: of a row its area. ``word`` keeps a form that is sent twice
    from becoming two doubts. Numbers of areas, unions and entries are bare: the record has them.
    """

    asker = ForeignKey(User, on_delete=PROTECT, related_name="+")
    word = CharField("表单标记", max_length=40)
    figure = CharField("指标代码", max_length=60)
    day = DateField("日期")
    known = BigIntegerField("所知变更")
    tree = CharField("统计口径", max_length=20)
    node = BigIntegerField("统计的区划或工会")
    place = CharField("代码", max_length=300)
    place_name = CharField("名称", max_length=300)
    year_start = CharField("年度起始日", max_length=5)
    value = FloatField("当时的数", null=True)
    numerator = BigIntegerField("当时的分子", null=True)
    denominator = BigIntegerField("当时的分母", null=True)
    ledger = CharField("台账", max_length=40, blank=True)
    entry = BigIntegerField("系统编号", null=True)
    row = CharField("行", max_length=400, blank=True)
    area_id = BigIntegerField("数据所在区划", null=True)
    union_id = BigIntegerField("数据所在工会", null=True)
    state = CharField("状态", max_length=10, choices=State, default=State.OPEN)
    reopened = BooleanField("再问过", default=False)
    at = DateTimeField("提出时间", default=now)

    class Meta:
        verbose_name = "对数的疑问"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["asker", "word"], name="doubt_is_asked_once"),
            CheckConstraint(condition=Q(state__in=State.values), name="doubt_has_a_known_state"),
        ]
        indexes: ClassVar[list[Index]] = [
            Index(fields=["area_id"], name="doubt_of_area"),
            Index(fields=["union_id"], name="doubt_of_union"),
        ]

    def __str__(self) -> str:
        return f"疑问 {self.pk}"


class DoubtStep(Model):
    """One thing done to a doubt: asked, answered, asked again, closed; who, when, in what words."""

    doubt = ForeignKey(Doubt, on_delete=CASCADE, related_name="steps")
    deed = CharField("办了什么", max_length=10, choices=Deed)
    word = CharField("表单标记", max_length=40)
    by = ForeignKey(User, on_delete=PROTECT, related_name="+")
    text = CharField("写了什么", max_length=MOST_WORDS, blank=True)
    at = DateTimeField("时间", default=now)

    class Meta:
        verbose_name = "疑问的办理"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["doubt", "word"], name="step_of_doubt_is_done_once")
        ]

    def __str__(self) -> str:
        return f"{Deed(self.deed).label} {self.at:%Y-%m-%d}"
