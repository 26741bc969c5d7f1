"""A form of others that exports are written into."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    BaseConstraint,
    BigIntegerField,
    CharField,
    CheckConstraint,
    DateTimeField,
    ForeignKey,
    JSONField,
    Model,
    Q,
    UniqueConstraint,
)

from gongjian.accounts.models import User
from gongjian.core.days import now


class ExportProfile(Model):
    """The columns of somebody else's form, each with the column of a ledger that fills it.

    sheet    the name of its sheet
    head     its rows of titles and headers, as texts; nothing of what stood below them
    spans    cells merged in the head: first row, first column, last row, last column, from 0
    columns  for each column of the sheet [header, field of the ledger or ""]
    area_id, union_id
             the unit whose people may use it; with neither it is the owner's alone
    """

    owner = ForeignKey(User, on_delete=PROTECT, related_name="+")
    ledger = CharField("台账", max_length=40)
    name = CharField("名称", max_length=40)
    area_id = BigIntegerField("区划", null=True)
    union_id = BigIntegerField("工会", null=True)
    sheet = CharField("工作表", max_length=31)
    head = JSONField("标题和表头")
    spans = JSONField("合并的单元格", default=list)
    columns = JSONField("列")
    created = DateTimeField("保存时间", default=now)

    class Meta:
        verbose_name = "导出模板"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(
                fields=["owner", "ledger", "name"], name="export_profile_has_its_name"
            ),
            CheckConstraint(
                condition=Q(area_id__isnull=True) | Q(union_id__isnull=True),
                name="export_profile_is_of_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name
