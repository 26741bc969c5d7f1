"""Months that were locked with the figures printed then, and what the last papers said."""

from typing import ClassVar

from django.db.models import (
    CASCADE,
    PROTECT,
    BaseConstraint,
    BigIntegerField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    ForeignKey,
    Model,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    TextField,
    UniqueConstraint,
)


class LockedMonth(Model):
    """The figures of an area for a month, as known at one change. Never changed, never deleted.

    ``period`` is YYYY-MM, ``at`` its cut-off day. Locked again, the month gets a further
    ``version``. ``head`` is the digest of the newest link of the trail then.
    """

    area_id = BigIntegerField("区划")
    period = CharField("月份", max_length=7)
    version = PositiveSmallIntegerField("第几次锁定")
    at = DateField("截止日")
    known_at = BigIntegerField("所知截至变更")
    head = CharField("链头", max_length=64)
    locked_at = DateTimeField("锁定时间")
    actor_id = BigIntegerField(null=True)
    actor_name = CharField("锁定人", max_length=200)
    reason = TextField("理由", blank=True)

    class Meta:
        verbose_name = "锁定的月份"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["area_id", "period", "version"], name="locked_once")
        ]

    def __str__(self) -> str:
        return f"{self.period} 第 {self.version} 次锁定"


class LockedFigure(Model):
    """One figure as it was printed; of a rate ``denominator`` is what it was divided by."""

    month = ForeignKey(LockedMonth, on_delete=CASCADE, related_name="figures")
    code = CharField("指标", max_length=60)
    definition = PositiveSmallIntegerField("定义版本")
    numerator = BigIntegerField("值或分子", null=True)
    denominator = BigIntegerField("分母", null=True)

    class Meta:
        verbose_name = "锁定的指标"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["month", "code"], name="figure_locked_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.numerator}"

    @property
    def value(self) -> int | float | None:
        """The number itself; of a rate its share of 1, None where nothing was divided by."""
        if self.denominator is None or self.numerator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


class Cause(TextChoices):
    """Why a figure is another than the last paper said.

    The bulletin counts by kind whoever stands under two (重复计数), its units count off late what
    closed or merged (撤并未减) and leave out what nobody reported (漏报未计).
    """

    REPEATED = "repeated", "重复计数"
    ENDED = "ended", "撤并未减"
    MISSED = "missed", "漏报未计"
    MEANING = "meaning", "口径不同"
    DAY = "day", "时点不同"
    OTHER = "other", "其他"


class Withdrawable(Model):
    """What somebody entered: never changed, but it may be withdrawn, once and with a reason."""

    actor_id = BigIntegerField(null=True)
    actor_name = CharField("填报人", max_length=200)
    entered_at = DateTimeField("填报时间")
    withdrawn_at = DateTimeField("撤销时间", null=True)
    withdrawer_id = BigIntegerField(null=True)
    withdrawer_name = CharField("撤销人", max_length=200, blank=True)
    withdrawn_reason = TextField("撤销理由", blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        """Was it not withdrawn?"""
        return self.withdrawn_at is None


class PaperTotal(Withdrawable):
    """What the last paper said a figure of an area was. Never published, and never a figure.

    ``at`` is the cut-off day of the month ``period``, ``known_at`` the newest change when it was
    entered; ``definition`` the version of the figure it was held against then.
    """

    area_id = BigIntegerField("区划")
    period = CharField("月份", max_length=7)
    at = DateField("截止日")
    code = CharField("指标", max_length=60)
    definition = PositiveSmallIntegerField("定义版本")
    value = BigIntegerField("纸面数")
    source = CharField("纸面来源", max_length=200)
    known_at = BigIntegerField("所知截至变更")

    class Meta:
        verbose_name = "纸面合计"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(
                fields=["area_id", "period", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="paper_total_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.code} {self.value}"


class Explanation(Withdrawable):
    """A part of the difference between a paper total and the figure, with its cause.

    ``amount`` is what the figure has more (+) or less (−) by it. Named by an ``entry`` of a
    ``ledger``, called ``row`` then, or in ``words`` alone. ``link`` is the link of the trail that
    tells of it: those given together have the same.
    """

    total = ForeignKey(PaperTotal, on_delete=PROTECT, related_name="explanations")
    link = BigIntegerField("留痕编号")
    cause = CharField("原因", max_length=10, choices=Cause)
    amount = BigIntegerField("差额")
    ledger = CharField("台账", max_length=40, blank=True)
    entry = BigIntegerField("系统编号", null=True)
    row = CharField("行", max_length=400, blank=True)
    words = TextField("说明", blank=True)

    class Meta:
        verbose_name = "差额的说明"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(
                fields=["total", "cause", "ledger", "entry"],
                condition=Q(withdrawn_at__isnull=True, entry__isnull=False),
                name="entry_explains_once",
            ),
            CheckConstraint(condition=Q(cause__in=Cause.values), name="explanation_has_a_cause"),
            CheckConstraint(condition=~Q(amount=0), name="explanation_explains_something"),
        ]

    def __str__(self) -> str:
        return f"{Cause(self.cause).label} {self.amount}"
