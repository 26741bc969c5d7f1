"""The paper under work: an uploaded file on its way into a ledger, and what was done about it."""

from typing import ClassVar

from django.db.models import (
    CASCADE,
    PROTECT,
    BaseConstraint,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    IntegerField,
    JSONField,
    Model,
    Q,
    TextField,
    UniqueConstraint,
)

from gongjian.accounts.models import User
from gongjian.core.days import now


class Paper(Model):
    """One import of one person: the file, the choices made on the way, what came of it.

    revision  goes up with each choice or mended cell; what was worked out names the one it is of
    pointing  header in the file → header of the ledger, as pointed by hand
    only      the rows that this paper is about, where it takes up those an earlier one left
    batch     the first of the papers that were brought together with it; its own number if alone
    pending   rows altered since the last check, which looks at them first of all
    rows_file the table as it was read, kept so that a few of its rows can be had alone
    summary   what reading gave: sheet, header row, columns, samples; or why it cannot be read
    counted   what the last check gave, in numbers, and the revision it is of
    trial     what the last dry run gave, likewise
    result    what was written: counts, and the rows left over
    """

    owner = ForeignKey(User, on_delete=PROTECT, related_name="+")
    ledger = CharField("台账", max_length=40)
    file_id = BigIntegerField("文件")
    name = CharField("文件名", max_length=300)
    sha256 = CharField("文件摘要", max_length=64)
    sheet = CharField("工作表", max_length=200, blank=True)
    pointing = JSONField("指定的列", default=dict)
    only = JSONField("只办这些行", null=True)
    parent = ForeignKey("self", on_delete=PROTECT, null=True, related_name="follow_ups")
    batch = BigIntegerField("同一批", null=True)
    pending = JSONField("待检查的行", default=list)
    rows_file = BigIntegerField("读出的行", null=True)
    on = DateField("生效日", null=True)
    skip_bad = BooleanField("坏行留在待改", default=True)
    reason = TextField("说明", blank=True)
    revision = IntegerField("修订", default=1)
    revealed_at = DateTimeField("显示完整号码的时间", null=True)
    summary = JSONField("读到了什么", null=True)
    counted = JSONField("检查结果", null=True)
    trial = JSONField("试算结果", null=True)
    job_id = BigIntegerField("后台作业", null=True)
    claimed_at = DateTimeField("提交入库的时间", null=True)
    change = BigIntegerField("变更号", null=True)
    result = JSONField("入库结果", null=True)
    created = DateTimeField("上传时间", default=now)

    class Meta:
        verbose_name = "导入"
        indexes: ClassVar[list[Index]] = [
            Index(fields=["owner", "-id"], name="paper_of_owner"),
            Index(fields=["batch"], name="paper_of_batch"),
        ]
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(
                fields=["change"], name="paper_made_its_change", condition=Q(change__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mend(Model):
    """A cell that was written anew; the file itself stays as it came. Sealed like any secret."""

    paper = ForeignKey(Paper, on_delete=CASCADE, related_name="mends")
    row = IntegerField("行")
    header = CharField("列", max_length=40)
    sealed = BinaryField("内容")

    class Meta:
        verbose_name = "改过的单元格"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["paper", "row", "header"], name="mend_of_a_cell")
        ]

    def __str__(self) -> str:
        return f"第 {self.row} 行 {self.header}"


class Aside(Model):
    """A row that stays out of the ledger for now."""

    paper = ForeignKey(Paper, on_delete=CASCADE, related_name="asides")
    row = IntegerField("行")

    class Meta:
        verbose_name = "待改的行"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["paper", "row"], name="aside_of_a_row")
        ]

    def __str__(self) -> str:
        return f"第 {self.row} 行"


class Finding(Model):
    """A problem that the check found; ``value`` is masked where the column is sensitive."""

    paper = ForeignKey(Paper, on_delete=CASCADE, related_name="findings")
    row = IntegerField("行")
    header = CharField("列", max_length=40, blank=True)
    level = CharField("级别", max_length=10)
    code = CharField("原因", max_length=40)
    label = CharField("是谁", max_length=200, blank=True)
    value = TextField("内容", blank=True)
    message = TextField("说明")

    class Meta:
        verbose_name = "问题"
        indexes: ClassVar[list[Index]] = [
            Index(fields=["paper", "level", "header", "code", "row"], name="finding_by_cause")
        ]

    def __str__(self) -> str:
        return self.message


class Line(Model):
    """What one row would come to: its cells before and after."""

    paper = ForeignKey(Paper, on_delete=CASCADE, related_name="lines")
    row = IntegerField("行")
    outcome = CharField("结果", max_length=10)
    entry_id = BigIntegerField("记录", null=True)
    label = CharField("是谁", max_length=200, blank=True)
    cells = JSONField("单元格", default=list)

    class Meta:
        verbose_name = "试算的行"
        indexes: ClassVar[list[Index]] = [
            Index(fields=["paper", "outcome", "row"], name="line_by_outcome")
        ]

    def __str__(self) -> str:
        return f"第 {self.row} 行"


class Pointing(Model):
    """A header that a person pointed to a column once, for the next paper of the same hand."""

    owner = ForeignKey(User, on_delete=PROTECT, related_name="+")
    ledger = CharField("台账", max_length=40)
    header = CharField("表头", max_length=200)
    column = CharField("列", max_length=40)

    class Meta:
        verbose_name = "记住的列"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["owner", "ledger", "header"], name="pointing_of_a_header")
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
