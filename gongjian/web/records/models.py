"""Who opened the record of a person."""

from typing import ClassVar

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Index,
    Model,
)

from gongjian.core.days import now


class Opening(Model):
    """One look at one record of a person: whose record, who looked, when, whether in full.

    Beside the trail, not in it: looking is far more frequent than changing, and must wait for
    nobody. ``reader_id`` is a bare number, so that a person who leaves does not take it along.
    """

    ledger = CharField("台账", max_length=40)
    entry = BigIntegerField("系统编号")
    reader_id = BigIntegerField("看的人", null=True)
    name = CharField("姓名", max_length=200)
    unmasked = BooleanField("完整号码", default=False)
    at = DateTimeField("时间", default=now)

    class Meta:
        verbose_name = "看过的记录"
        indexes: ClassVar[list[Index]] = [
            Index(fields=["ledger", "entry"], name="opening_of_entry"),
            Index(fields=["name"], name="opening_by"),
            Index(fields=["at"], name="opening_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"
