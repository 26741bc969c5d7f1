"""The member ledger's tables."""

from typing import ClassVar

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    ForeignKey,
    Index,
    Q,
    SmallIntegerField,
)

from gongjian.employers.models import Employer
from gongjian.history.models import Entry, Version, believed, version_meta
from gongjian.unions.models import Union


class Member(Entry):
    """A person who is or was a member."""

    class Meta:
        verbose_name = "会员"


class MemberVersion(Version):
    """What was known of a member during the days of a membership."""

    entry = ForeignKey(
        Member, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="versions"
    )
    identity_kind = CharField(max_length=20)
    identity_blind = CharField(max_length=32)
    identity_sealed = BinaryField()
    name = CharField(max_length=200)
    sex = CharField(max_length=1, null=True)
    birth = DateField(null=True)
    ethnicity = CharField(max_length=200, null=True)
    education = CharField(max_length=200, null=True)
    skill_grade = CharField(max_length=200, null=True)
    politics = CharField(max_length=200, null=True)
    household = CharField(max_length=200, null=True)
    migrant = SmallIntegerField(null=True)
    dispatched = SmallIntegerField(null=True)
    newform = CharField(max_length=10, null=True)
    phone_blind = CharField(max_length=32, null=True)
    phone_sealed = BinaryField(null=True)
    union = ForeignKey(
        Union, on_delete=PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    employer = ForeignKey(
        Employer,
        on_delete=PROTECT,
        db_index=False,
        db_constraint=False,
        related_name="+",
        null=True,
    )
    workplace = CharField(max_length=200, null=True)
    status = CharField(max_length=10)
    status_since = DateField(null=True)
    status_reason = CharField(max_length=200, null=True)
    end_status = CharField(max_length=10, null=True)
    end_reason = CharField(max_length=200, null=True)

    class Meta:
        verbose_name = "会员记录"
        constraints, _indexes = version_meta("member")
        indexes: ClassVar = [
            *_indexes,
            believed("member", "identity_blind"),
            # Search by the beginning of a name.
            believed("member", "name"),
            # Search by a whole telephone number.
            believed("member", "phone_blind"),
            # Membership figures read this index alone and leave the wide table be; a page of the
            # list of a union of ten thousand members comes from it without sorting them.
            Index(
                fields=[
                    "union",
                    "entry",
                    "status",
                    "valid_from",
                    "valid_to",
                    "sex",
                    "migrant",
                    "dispatched",
                    "newform",
                    # SQLite reads the condition itself again, so that it must be there too.
                    "removed_in",
                ],
                name="member_now_counted",
                condition=Q(removed_in__isnull=True),
            ),
        ]
