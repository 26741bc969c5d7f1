"""People and the posts they hold."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db.models import (
    PROTECT,
    BaseConstraint,
    BigIntegerField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    EmailField,
    F,
    ForeignKey,
    Model,
    PositiveIntegerField,
    Q,
)

from gongjian.accounts.enums import MailWish, Role
from gongjian.areas.models import Area
from gongjian.core.days import now


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Never deleted: the record names people by their numbers.

    ``email`` is where the digest goes that ``mail_wish`` asks for; nothing else is mailed. ``stops``
    counts how often the account was taken out of use: what was signed in before is so no more when
    it comes back.
    """

    username = CharField("用户名", max_length=150, unique=True)
    email = EmailField("邮箱", blank=True)
    phone = CharField("办公电话", max_length=30, blank=True)
    mail_wish = CharField("邮件汇总", max_length=10, choices=MailWish, default=MailWish.NONE)
    is_active = BooleanField("在用", default=True)
    must_change_password = BooleanField("须改密码", default=False)
    joined_at = DateTimeField("添加时间", default=now)
    stops = PositiveIntegerField("停用次数", default=0)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a sign-in keeps of its account: another password, or a stop, ends it."""
        own: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{own}.{self.stops}" if self.stops else own


class Post(Model):
    """What a person is, where, and on which days ``[valid_from, valid_to)``.

    A post stands at an area or at a union, never both. ``union_id`` is a bare number: unions
    stand above this room. ``stands_in_for`` names whose leave the post covers; such a post ends.
    """

    user = ForeignKey(User, on_delete=PROTECT, related_name="posts")
    role = CharField("角色", max_length=20, choices=Role)
    area = ForeignKey(Area, on_delete=PROTECT, related_name="+", null=True, blank=True)
    union_id = BigIntegerField("工会", null=True, blank=True)
    valid_from = DateField("任职起")
    valid_to = DateField("任职止", null=True, blank=True)
    stands_in_for = ForeignKey(User, on_delete=PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "岗位"
        constraints: ClassVar[list[BaseConstraint]] = [
            CheckConstraint(
                condition=Q(area__isnull=True, union_id__isnull=False)
                | Q(area__isnull=False, union_id__isnull=True),
                name="post_stands_at_an_area_or_a_union",
            ),
            CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
            CheckConstraint(condition=Q(role__in=Role.values), name="post_has_a_known_role"),
            CheckConstraint(
                condition=Q(stands_in_for__isnull=True)
                | Q(Q(valid_to__isnull=False) & ~Q(stands_in_for=F("user"))),
                name="post_in_place_of_another_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {Role(self.role).label}"
