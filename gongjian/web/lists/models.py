"""What a person keeps of a list: a saved view."""

from typing import ClassVar

from django.db.models import (
    CASCADE,
    BaseConstraint,
    CharField,
    DateTimeField,
    ForeignKey,
    Model,
    TextField,
    UniqueConstraint,
)

from gongjian.accounts.models import User
from gongjian.core.days import now


class ListView(Model):
    """A view of a ledger that one person saved under a name, for themselves.

    ``address`` is the query string of the list: side, area, tab, filters, columns, size; never a
    day, a state of knowledge or a page, so that a view opened next month shows next month.
    """

    owner = ForeignKey(User, on_delete=CASCADE, related_name="+")
    ledger = CharField("台账", max_length=40)
    name = CharField("名称", max_length=40)
    address = TextField("条件和列")
    created = DateTimeField("保存时间", default=now)

    class Meta:
        verbose_name = "我的视图"
        constraints: ClassVar[list[BaseConstraint]] = [
            UniqueConstraint(fields=["owner", "ledger", "name"], name="list_view_has_its_name")
        ]

    def __str__(self) -> str:
        return self.name
