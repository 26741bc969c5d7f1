"""The token of a program."""

from django.db.models import (
    PROTECT,
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    JSONField,
    Model,
)

from gongjian.accounts.models import User
from gongjian.core.days import now


class ApiToken(Model):
    """What a program says instead of signing in; it may never do more than its owner at that moment.

    digest      of the token; the token itself is shown once and kept nowhere
    seal        of the owner's password when it was made: with another one, or a stop, it is over
    expires     the first day on which it is no longer taken
    permissions which deeds it may do, of those that its owner may
    post        the one post of its owner by which it works; None: all of them
    area        the area it reaches at most; None: as far as the posts
    used        the last day on which it was used
    """

    owner = ForeignKey(User, on_delete=PROTECT, related_name="+")
    name = CharField("名称", max_length=60)
    digest = CharField("摘要", max_length=64, unique=True)
    seal = CharField("密码的摘要", max_length=64, default="")
    permissions = JSONField("能办的事", default=list)
    post = BigIntegerField("只凭这个岗位", null=True)
    area = BigIntegerField("只到这个区划", null=True)
    made = DateTimeField("生成时间", default=now)
    expires = DateField("到期日")
    used = DateField("最近使用", null=True)
    revoked = DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "接口令牌"

    def __str__(self) -> str:
        return self.name
