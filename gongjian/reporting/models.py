"""Months that were locked, with the figures that were printed then."""

from typing import ClassVar

from django.db.models import (
    CASCADE,
    BaseConstraint,
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Model,
    PositiveSmallIntegerField,
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
