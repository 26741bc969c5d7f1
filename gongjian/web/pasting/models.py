"""What keeps a form that is handed in twice from becoming two papers."""

from typing import ClassVar

from django.db.models import (
    CASCADE,
    BaseConstraint,
    BigIntegerField,
    CharField,
    DateTimeField,
    ForeignKey,
    Model,
    UniqueConstraint,
)

from gongjian.accounts.models import User
from gongjian.core.days import now


class Handing(Model):
    """A form with the ``word`` it carried, and the paper made of it once that stands.

    ``paper_id`` is a bare number: the paper may be thrown away.
    """

    owner = ForeignKey(User, on_delete=CASCADE, related_name="+")
    word = CharField("表单标记", max_length=40)
    paper_id = BigIntegerField("导入", null=True)
    created = DateTimeField("提交时间", default=now)

    class Meta:
        verbose_name = "交来的表单"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["owner", "word"], name="form_is_handed_in_once")
        ]

    def __str__(self) -> str:
        return self.word
